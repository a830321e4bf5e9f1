"""Money through the years: the path that was announced, and what was voted, committed and paid."""

from dataclasses import dataclass

from veerkracht.region.money import Envelope
from veerkracht.register.money.queries import Totals, totals_by_measure
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.spending.books import NOTHING, years_of
from veerkracht.register.spending.measures import region_money

_LEVELS = ("voted_commitment", "voted_payment", "committed", "requested", "paid", "recurrent_yearly")


@dataclass(frozen=True)
class YearOfMoney:
    """What is booked in a budget year for one kind of money."""

    year: int
    booked: Totals


@dataclass(frozen=True)
class ThroughTime:
    """One kind of money: new or planned, every year or once. `paths`: envelopes whose growth path is known."""

    new_money: bool
    recurrent: bool
    years: tuple[YearOfMoney, ...]
    paths: tuple[Envelope, ...]


def through_time(actor: Actor) -> tuple[ThroughTime, ...]:
    """Each kind of money that has anything to show. Two queries and two for each budget year. Raises `Refused`."""
    require("money.read", actor, actor.programme)
    money = region_money()
    by_year = {year: totals_by_measure(year=year) for year in years_of()}
    found = []
    for new in (True, False):
        for recurrent in (True, False):
            ids = {
                one.id
                for one in money.measures.values()
                if (money.is_new(one), one.recurrent) == (new, recurrent)
            }
            years = tuple(
                YearOfMoney(year, _sum([one for id, one in totals.items() if id in ids]))
                for year, totals in by_year.items()
            )
            paths = tuple(
                one
                for one in money.envelopes.values()
                if (one.new_money, one.recurrent) == (new, recurrent) and one.path
            )
            found.append(
                ThroughTime(new, recurrent, tuple(one for one in years if one.booked != NOTHING), paths)
            )
    return tuple(one for one in found if one.years or one.paths)


def _sum(totals: list[Totals]) -> Totals:
    return Totals(**{level: sum(getattr(one, level) for one in totals) for level in _LEVELS})
