"""What an agreement costs as computed here beside what was published; and what a measure of the money costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from veerkracht.forecast.pay.cost import USUAL, Numbers, Range, RiseCost, cost, pay_of
from veerkracht.region import Region
from veerkracht.region.pay import Agreement, Rise


@dataclass(frozen=True)
class Compared:
    """An agreement. `ours`: a full year in the prices of the file; None when no group is known, `unknown` what is then
    missing. `each_cents`: what was published, for each full-time equivalent of the region's total."""

    agreement: Agreement
    cost: RiseCost
    ours: Range | None
    written_cents: int | None
    each_cents: int | None
    our_each_cents: int | None

    @property
    def inside(self) -> bool | None:
        """Whether what was published lies where eight of ten runs lie; None when either is unknown."""
        if self.ours is None or self.agreement.cents is None:
            return None
        return self.ours.low <= self.agreement.cents <= self.ours.high

    @property
    def more(self) -> float | None:
        """How much more than published is computed here, as a share; None when either is unknown."""
        if self.ours is None or not self.agreement.cents:
            return None
        return self.ours.median / self.agreement.cents - 1


def compared(region: Region, agreement_id: str, years: Sequence[int] = ()) -> Compared:
    """Raises `KeyError` for no such agreement and `ForecastFault` for a region without pay."""
    pay = pay_of(region)
    agreement, rises = pay.agreements[agreement_id], pay.rises_of(agreement_id)
    found = cost(region, rises, years or _first_years(rises, agreement.on))
    full = found.full()
    total = _total(region, agreement.on)
    written = None if full is None else int(full[0])
    return Compared(
        agreement,
        found,
        None if full is None else Range.of(full),
        written,
        _for_each(agreement.cents, total),
        _for_each(written, sum((one.fte for one in found.groups if one.fte), Fraction(0))),
    )


def cost_of_measure(region: Region, measure_id: str) -> Range | None:
    """What a measure of the region's money costs in a full year as computed from pay; None when pay doesn't tell."""
    rises = [rise for rise in region.pay.rises if measure_id in rise.measures] if region.pay else []
    full = cost(region, rises, _first_years(rises, rises[0].from_)[:1]).full() if rises else None
    return None if full is None else Range.of(full)


def _first_years(rises: Sequence[Rise], otherwise: date) -> tuple[int, ...]:
    """The year in which the first rise begins and the four after it."""
    first = min((rise.from_.year for rise in rises), default=otherwise.year)
    return tuple(range(first, first + 5))


def _total(region: Region, on: date) -> Fraction:
    """Full-time equivalents of all groups in the region's total, as written; 0 when that is unknown."""
    pay = pay_of(region)
    numbers = Numbers(region, pay, on, USUAL)
    known = [numbers.fte(group) for group in pay.groups.values() if group.in_total]
    return sum((amount.written for amount in known if amount), Fraction(0))


def _for_each(cents: int | None, fte: Fraction) -> int | None:
    return None if cents is None or not fte else round(cents / fte)
