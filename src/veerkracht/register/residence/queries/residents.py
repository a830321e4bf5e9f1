"""Who lives in a home now: with the place, since when, whether they are away, and how heavy their care is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from veerkracht.register.assessments.queries import Latest, latest
from veerkracht.register.paging import last_seen
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import access
from veerkracht.register.residence.models import Residence
from veerkracht.register.residence.rules import instrument_for
from veerkracht.register.supply.models import Service

SHOWN, MOST = 50, 100


@dataclass(frozen=True)
class Resident:
    """`category`: the outcome of the last measurement of their need; "" where there is none. `expired`: it counts no
    more.
    """

    id: int
    version: int
    number: str
    name: str
    place: str
    ward: str
    since: date
    away_since: date | None
    category: str
    expired: bool


@dataclass(frozen=True)
class Residents:
    """A page of who lives in a home. `how_many`: in all, or of those looked for.

    `after`: what to ask for the next page; "" on the last.
    """

    rows: tuple[Resident, ...]
    how_many: int
    after: str


def residents(
    actor: Actor, service: Service, *, name: str = "", after: str = "", size: int = SHOWN
) -> Residents:
    """Who lives in a home now, by family name, page by page, in as many queries for however many. `name`: part of it.

    Raises `Refused` for another's home, and `Invalid` for a page that isn't there.
    """
    found = access.list_residents(actor, service, name)
    how_many = found.count()
    rows = list(_beyond(found, after)[: min(size, MOST) + 1])
    shown = rows[: min(size, MOST)]
    instrument = instrument_for(service.programme)
    needs = latest([row.person_id for row in shown], instrument=instrument.id) if instrument else {}
    return Residents(
        rows=tuple(_resident(row, needs.get(row.person_id)) for row in shown),
        how_many=how_many,
        after=str(shown[-1].pk) if len(rows) > len(shown) else "",
    )


def _beyond(found: QuerySet[Residence], after: str) -> QuerySet[Residence]:
    """Those after the one with this number, by name."""
    last = last_seen(found, after)
    if last is None:
        return found
    name = last.person.search_name
    return found.filter(Q(person__search_name__gt=name) | Q(person__search_name=name, pk__gt=last.pk))


def _resident(row: Residence, need: Latest | None) -> Resident:
    return Resident(
        id=row.pk,
        version=row.version,
        number=row.person.number,
        name=str(row.person),
        place=row.stay.unit.name,
        ward=row.stay.unit.ward,
        since=row.from_date,
        away_since=row.away_since,
        category=need.outcome if need else "",
        expired=bool(need and need.expired),
    )
