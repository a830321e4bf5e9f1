"""What rises in pay cost in each year: full-time equivalents × pay × percent, with what the employer pays on top.

What several rises of a group cost is what its people cost with them less without them, so a later one comes on top of
an earlier one. A year in which a rise or a step of the index begins is counted by its days. Staff stays as many as
the file says; after the last known step the index stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from itertools import pairwise

import numpy as np

from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Parameters, Uncertain
from veerkracht.forecast.pay.amounts import Amount, Cents
from veerkracht.forecast.plans.cost import WAGE_COST
from veerkracht.forecast.staff.drawn import OWNER as STAFF
from veerkracht.region import Region
from veerkracht.region.pay import MOST_PERCENT, Group, IndexStep, Pay, Rise
from veerkracht.rulebook.types import Text

OWNER = "pay"
USUAL = Draws(1, 1000)
# What a range holds: eight runs of ten.
_LOW, _HIGH = 0.1, 0.9
_NO_PAY = Text("Deze regio heeft geen gegevens over loon.", "This region has no file on pay.")
_NO_GROUP = Text(
    "Er is geen groep “{group}”. Verwacht: {known}.", "There is no group “{group}”. Expected one of: {known}."
)
_NO_PERCENT = Text(
    "Een stijging van {percent} procent kan niet. Verwacht: meer dan 0, ten hoogste {most}.",
    "A rise of {percent} per cent can't be. Expected: above 0, at most {most}.",
)
_NO_DATE = Text(
    "Een loonsverhoging zonder begindag kost niets dat men kan berekenen. Geef de dag.",
    "A rise without a first day has no cost that can be computed. Give the day.",
)
_NO_YEARS = Text("Geef minstens één jaar.", "Give at least one year.")


@dataclass(frozen=True, slots=True)
class Range:
    """Cents: the middle of the runs, and between what eight of ten lie."""

    low: int
    median: int
    high: int

    @classmethod
    def of(cls, cents: Cents) -> Range:
        """Of int64[1 + runs]; what is written is not one of the runs."""
        low, median, high = np.quantile(cents[1:], (_LOW, 0.5, _HIGH))
        return cls(round(low), round(median), round(high))


@dataclass(frozen=True)
class GroupCost:
    """What the cost is a product of, as written: full-time equivalents, cents a year of one with what the employer pays
    on top (`gross_cents`: without it), percent of all rises together. None is unknown.

    `cents`: int64[1 + runs, years], first as written; `full`: int64[1 + runs], a full year of all rises that stay, in
    the prices of the file. Both None when it is unknown.
    """

    group: Group
    rises: tuple[Rise, ...]
    fte: Fraction | None
    each_cents: int | None
    gross_cents: int | None
    percent: Fraction
    cents: Cents | None
    full: Cents | None


@dataclass(frozen=True)
class RiseCost:
    """What rises cost in each of `years`. What is unknown is in no sum; `unknown` names its groups."""

    years: tuple[int, ...]
    groups: tuple[GroupCost, ...]

    @property
    def unknown(self) -> tuple[Group, ...]:
        return tuple(one.group for one in self.groups if one.cents is None)

    def full(self) -> Cents | None:
        """A full year of all groups in the prices of the file, int64[1 + runs]; None when no group is known."""
        known = [one.full for one in self.groups if one.full is not None]
        return np.sum(known, axis=0) if known else None

    def total(self, year: int) -> Cents | None:
        """All groups in a year, int64[1 + runs]; None when no group is known."""
        at = self.years.index(year)
        known = [one.cents[:, at] for one in self.groups if one.cents is not None]
        return np.sum(known, axis=0) if known else None


def pay_of(region: Region) -> Pay:
    """Raises `ForecastFault` for a region without a file on pay."""
    if region.pay is None:
        raise ForecastFault(_NO_PAY)
    return region.pay


def rise_of(region: Region, group: str, percent: float, from_: date | None) -> Rise:
    """A rise that somebody asks about. Raises `ForecastFault` for an unknown group, no day, or no possible percent."""
    known = pay_of(region).groups
    if group not in known:
        raise ForecastFault(_NO_GROUP.fill(group=group, known=", ".join(known)))
    if not 0 < percent <= MOST_PERCENT:
        raise ForecastFault(_NO_PERCENT.fill(percent=f"{percent:g}", most=f"{MOST_PERCENT:g}"))
    if from_ is None:
        raise ForecastFault(_NO_DATE)
    return Rise(f"asked-{group}", group, percent, percent, percent, from_, name=known[group].name)


def cost(region: Region, rises: Iterable[Rise], years: Sequence[int], draws: Draws = USUAL) -> RiseCost:
    """What rises cost in years, by group. Raises `ForecastFault` for no pay or no years, and for
    a number that does not hold then."""
    pay = pay_of(region)
    if not years:
        raise ForecastFault(_NO_YEARS)
    by_group: dict[str, list[Rise]] = {}
    for rise in rises:
        by_group.setdefault(rise.group, []).append(rise)
    found = [_group_cost(region, pay, pay.groups[id], of, years, draws) for id, of in by_group.items()]
    return RiseCost(tuple(years), tuple(found))


def _group_cost(
    region: Region, pay: Pay, group: Group, rises: Sequence[Rise], years: Sequence[int], draws: Draws
) -> GroupCost:
    numbers = Numbers(region, pay, min(rise.from_ for rise in rises), draws)
    fte, each, gross = numbers.fte(group), numbers.each(group), numbers.gross(group)
    rates = {rise.id: Amount.of(_number(rise), draws).times(Fraction(1, 100)) for rise in rises}
    staying = _together([rates[rise.id] for rise in rises if rise.until is None], draws.runs)
    known = fte is not None and each is not None
    base = fte * each if fte is not None and each is not None else None
    by_year = [_of_year(base, year, rises, rates, pay) for year in years] if base else []
    return GroupCost(
        group,
        tuple(rises),
        fte.written if fte else None,
        int(each.cents()[0]) if each else None,
        int(gross.cents()[0]) if gross else None,
        staying.written * 100,
        np.stack([one.cents() for one in by_year], axis=1) if known else None,
        (base * staying).cents() if base else None,
    )


def _of_year(base: Amount, year: int, rises: Sequence[Rise], rates: dict[str, Amount], pay: Pay) -> Amount:
    """Euro in a year: the sum over the days between one change of pay or index and the next."""
    total = base.times(0)
    days = [day for rise in rises for day in (rise.from_, rise.until) if day]
    for first, share in _pieces(year, [*days, *(step.from_ for step in pay.index)]):
        holding = [
            rates[rise.id] for rise in rises if rise.from_ <= first and (not rise.until or first < rise.until)
        ]
        if holding:
            more = base * _together(holding, base.drawn.size)
            total = total + more.times(share * index_on(pay, first))
    return total


def _together(rates: Sequence[Amount], runs: int) -> Amount:
    """What rises on top of each other give, as a share of what was earned before all of them."""
    one = Amount.sure(1, runs)
    return reduce(lambda so_far, rate: so_far * rate.plus(1), rates, one).plus(-1)


def index_on(pay: Pay, on: date) -> Fraction:
    """How many times the wages of the price basis are on a day, by the index alone."""
    steps: Iterator[IndexStep] = (step for step in pay.index if pay.basis.on < step.from_ <= on)
    return reduce(lambda so_far, step: so_far * (1 + Fraction(str(step.percent)) / 100), steps, Fraction(1))


def _pieces(year: int, days: Iterable[date]) -> Iterator[tuple[date, Fraction]]:
    """The first day of each stretch of a year in which nothing changes, and its part of the year."""
    begin, end = date(year, 1, 1), date(year + 1, 1, 1)
    cuts = sorted({begin, end, *(day for day in days if begin < day < end)})
    for first, last in pairwise(cuts):
        yield first, Fraction((last - first).days, (end - begin).days)


def _number(rise: Rise) -> Uncertain:
    """The percent of a rise, drawn under its own name: rises of different groups go up and down apart."""
    return Uncertain(f"rise.{rise.id}", rise.percent, rise.low, rise.high, "percent", rise.name, owner=OWNER)


class Numbers:
    """Full-time equivalents and pay of groups, as they hold on a day. None is unknown."""

    def __init__(self, region: Region, pay: Pay, on: date, draws: Draws) -> None:
        self._pay, self._draws = pay, draws
        self._own = Parameters(OWNER, pay.parameters, on)
        self._staff = Parameters(STAFF, region.staff.parameters, on) if region.staff else None

    def fte(self, group: Group) -> Amount | None:
        """Full-time equivalents of a group."""
        if group.count == "sectors":
            return self._of_sectors(group)
        if group.count == "rest":
            return self._rest(group)
        return self._given(f"fte.{group.id}")

    def each(self, group: Group) -> Amount | None:
        """Euro a year of one full-time worker, with what the employer pays on top of gross pay."""
        given = self._given(f"pay.{group.id}")
        if not group.gross:
            return given or self._of_staff(WAGE_COST)
        contributions = self._given("contributions")
        return given * contributions.plus(1) if given and contributions else None

    def gross(self, group: Group) -> Amount | None:
        """Euro a year that one full-time worker earns before tax."""
        if group.gross:
            return self._given(f"pay.{group.id}")
        each, contributions = self.each(group), self._given("contributions")
        if each is None or contributions is None:
            return None
        share = contributions.plus(1)
        return Amount(each.written / share.written, each.drawn / share.drawn)

    def _rest(self, group: Group) -> Amount | None:
        total = self._given("fte.total")
        for other in self._pay.groups.values():
            if other.in_total and other.id != group.id:
                theirs = self.fte(other)
                if total is None or theirs is None:
                    return None
                total = total - theirs
        return total.at_least_nothing() if total else None

    def _of_sectors(self, group: Group) -> Amount | None:
        known = [self._of_staff(f"fte.{sector}") for sector in group.sectors]
        found = [amount for amount in known if amount is not None]
        return reduce(Amount.__add__, found) if len(found) == len(known) else None

    def _given(self, id: str) -> Amount | None:
        return Amount.of(self._own.need(id), self._draws).at_least_nothing() if self._own.has(id) else None

    def _of_staff(self, id: str) -> Amount | None:
        staff = self._staff
        if staff is None or not staff.has(id):
            return None
        return Amount.of(staff.need(id), self._draws).at_least_nothing()
