"""What is paid beside the day price for who lives in a home: supplements, discounts, and what others pay."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.paging import last_seen
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import access
from veerkracht.register.residence.models import Contribution
from veerkracht.register.residence.queries.residents import MOST, SHOWN
from veerkracht.register.residence.rules import rules
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class ToldContribution:
    """`stay`: of whom it is paid; `effect`: whether it lowers or raises what they pay, or "" where the region no longer
    has this kind. `payer`: who pays it, where somebody does.
    """

    id: int
    stay: int
    person: str
    kind: str
    name: Text
    effect: str
    payer: str
    cents_a_day: int
    from_date: date
    until_date: date | None


@dataclass(frozen=True)
class Contributions:
    """`after`: what to ask for the next page; "" on the last."""

    rows: tuple[ToldContribution, ...]
    after: str


def contributions(
    actor: Actor, service: Service, on: date | None = None, *, after: str = "", size: int = SHOWN
) -> Contributions:
    """What is paid beside the day price on a day (today) for who lives in a home, as it was written down, page by page;
    one query, two after the first page.

    Raises `Refused` for another's home, and `Invalid` for a page that isn't there.
    """
    found = access.list_contributions(actor, service, on or clock.today())
    if last := last_seen(found, after):
        found = found.filter(pk__gt=last.pk)
    rows = list(found[: min(size, MOST) + 1])
    shown = rows[: min(size, MOST)]
    return Contributions(tuple(map(_told, shown)), str(shown[-1].pk) if len(rows) > len(shown) else "")


def _told(row: Contribution) -> ToldContribution:
    kind = rules().contributions.get(row.kind)
    return ToldContribution(
        id=row.pk,
        stay=row.residence_id,
        person=row.residence.person.number,
        kind=row.kind,
        name=kind.name if kind else Text(row.kind, row.kind),
        effect=kind.effect if kind else "",
        payer=row.payer,
        cents_a_day=row.cents_a_day,
        from_date=row.from_date,
        until_date=row.until_date,
    )
