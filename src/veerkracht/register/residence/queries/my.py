"""Where somebody lives, what happened there, and what it costs, for themself and who speaks for them."""

from dataclasses import dataclass
from datetime import date, timedelta

from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.residence import access
from veerkracht.register.residence.models import Residence
from veerkracht.register.residence.prices import standing
from veerkracht.register.residence.queries.bills import Bill, bill_of
from veerkracht.register.residence.queries.one import Happened, happened


@dataclass(frozen=True)
class MyPrice:
    """A price a day that holds from a day on, in cents."""

    from_date: date
    cents: int


@dataclass(frozen=True)
class MyStay:
    """`bills`: of this month and the one before, the last first; of a stay that ended, of its last month.

    `prices`: those that held or will hold while they stay, the last first.
    """

    service: str
    place: str
    from_date: date
    until_date: date | None
    away_since: date | None
    happened: tuple[Happened, ...]
    bills: tuple[Bill, ...]
    prices: tuple[MyPrice, ...]


def my_stays(actor: Actor, number: str = "") -> list[MyStay]:
    """Somebody's stays, the last first. Raises `Refused` for anybody but them and who speaks for them."""
    return [_mine(one) for one in access.my_residences(actor, number)]


def has_stays(person: Person) -> bool:
    """Whether somebody lives or lived in a home; for who may see their pages."""
    return Residence.objects.filter(person=person).exists()


def _mine(residence: Residence) -> MyStay:
    return MyStay(
        service=residence.service.name,
        place=residence.stay.unit.name,
        from_date=residence.from_date,
        until_date=residence.until_date,
        away_since=residence.away_since,
        happened=happened(residence),
        bills=_bills(residence),
        prices=_prices(residence),
    )


def _bills(residence: Residence) -> tuple[Bill, ...]:
    last = residence.until_date or clock.today()
    this_month = last.replace(day=1)
    before = this_month - timedelta(days=1)
    spans = [(this_month, last)]
    if residence.until_date is None and before >= residence.from_date:
        spans.append((before.replace(day=1), before))
    return tuple(bill_of(residence, *span) for span in spans)


def _prices(residence: Residence) -> tuple[MyPrice, ...]:
    """Of the kind of place that they have now."""
    known, unit = standing([residence.service_id]), residence.stay.unit
    first = known.on(residence.service_id, unit.kind, residence.from_date)
    later = [
        row
        for row in known.rows
        if row.from_date > residence.from_date
        and (residence.until_date is None or row.from_date < residence.until_date)
        and known.on(residence.service_id, unit.kind, row.from_date) == row
    ]
    held = [*([first] if first else []), *sorted(later, key=lambda row: row.from_date)]
    return tuple(MyPrice(row.from_date, row.cents) for row in reversed(held))
