"""Who lives in a home now: with the place, since when, whether they are away, and how heavy their care is."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register.assessments.queries import Latest, latest
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import access
from veerkracht.register.residence.models import Residence
from veerkracht.register.residence.rules import instrument_for
from veerkracht.register.supply.models import Service


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


def residents(actor: Actor, service: Service) -> list[Resident]:
    """Who lives in a home now, by family name. Raises `Refused` for another's home."""
    rows = list(access.list_residents(actor, service))
    instrument = instrument_for(service.programme)
    needs = latest([row.person_id for row in rows], instrument=instrument.id) if instrument else {}
    return [_resident(row, needs.get(row.person_id)) for row in rows]


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
