"""From residents to staff and money, for one home or for many together. Pure functions on counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import TypeVar

from veerkracht.region.assessments import ALL
from veerkracht.register.intensity.rules import Rules
from veerkracht.rulebook.care_gap import DAYS_A_YEAR, Span, normed_staff, yearly


@dataclass(frozen=True)
class Residents:
    """Who lives there. `unknown`: of whom nobody measured; `expired`: whose last result counts no more, and who are
    counted by it until there is a newer one.
    """

    by_category: Mapping[str, int] = field(default_factory=dict)
    unknown: int = 0
    expired: int = 0

    @property
    def total(self) -> int:
        return sum(self.by_category.values()) + self.unknown

    @property
    def measured(self) -> int:
        return sum(self.by_category.values())


@dataclass(frozen=True)
class Intensity:
    """What a home's residents ask and what it gets for them; of several homes their sums.

    `without_norm`: residents with heavy care for whom there is no money at that norm. `norm_staff`, `staff`: full-time
    equivalents by the norm and as counted, `staff_short`: what lacks (below zero: what is more). `allowance`: euro a
    year by the norm for `paid` residents; `gap_cost`: what bringing the others to it costs a year. None: not known.
    Residents whom nobody measured are in no norm and no amount.
    `unknown_places`, `unknown_staff`: homes of which that is not known; the sums are of the others.
    """

    residents: Residents
    heavy: int = 0
    without_norm: int | None = None
    norm_staff: Span | None = None
    staff: float | None = None
    staff_short: Span | None = None
    allowance: Span | None = None
    paid: int = 0
    gap_cost: Span | None = None
    homes: int = 0
    unknown_places: int = 0
    unknown_staff: int = 0

    @property
    def light(self) -> int:
        return self.residents.measured - self.heavy

    @property
    def heavy_share(self) -> float | None:
        return self.heavy / self.residents.measured if self.residents.measured else None

    @property
    def day_amount(self) -> Span | None:
        """Euro a day for each resident who is paid for, the same for all of a home."""
        if self.allowance is None or not self.paid:
            return None
        return self.allowance.times(1 / (self.paid * DAYS_A_YEAR))


def intensity(residents: Residents, rules: Rules, *, extra: int | None, staff: float | None) -> Intensity:
    """What follows for one home by what counts on a day. `extra`: its places with extra recognition; None: unknown."""
    heavy = sum(count for category, count in residents.by_category.items() if category in rules.heavy)
    at_norm, norms = _at_norm(heavy, rules, extra), rules.norms
    norm_staff = normed_staff(residents.by_category, norms) if norms else None
    knows_both = norm_staff is not None and staff is not None
    allowance = _allowance(residents, rules, at_norm)
    return Intensity(
        residents=residents,
        heavy=heavy,
        without_norm=None if at_norm is None else heavy - at_norm,
        norm_staff=norm_staff,
        staff=staff,
        staff_short=norm_staff - Span.exactly(staff) if knows_both else None,
        allowance=allowance,
        paid=0 if allowance is None else residents.measured,
        gap_cost=_gap_cost(heavy, rules, at_norm),
        homes=1,
        unknown_places=int(at_norm is None),
        unknown_staff=int(staff is None),
    )


def together(ones: Iterable[Intensity]) -> Intensity:
    """Of several homes together. What is not known of some is the sum of the others, and they are counted."""
    return reduce(_plus, ones, Intensity(Residents()))


def _at_norm(heavy: int, rules: Rules, extra: int | None) -> int | None:
    if rules.pays is None:
        return None
    if rules.pays.heavy == ALL:
        return heavy
    return None if extra is None else min(heavy, extra)


def _allowance(residents: Residents, rules: Rules, at_norm: int | None) -> Span | None:
    day, step = rules.day, rules.step
    if day is None or step is None or at_norm is None:
        return None
    return yearly(Span.exactly(residents.measured), day) + yearly(Span.exactly(at_norm), step)


def _gap_cost(heavy: int, rules: Rules, at_norm: int | None) -> Span | None:
    step = rules.step
    return None if step is None or at_norm is None else yearly(Span.exactly(heavy - at_norm), step)


def _plus(one: Intensity, other: Intensity) -> Intensity:
    return Intensity(
        residents=_all(one.residents, other.residents),
        heavy=one.heavy + other.heavy,
        without_norm=_sum(one.without_norm, other.without_norm),
        norm_staff=_sum(one.norm_staff, other.norm_staff),
        staff=_sum(one.staff, other.staff),
        staff_short=_sum(one.staff_short, other.staff_short),
        allowance=_sum(one.allowance, other.allowance),
        paid=one.paid + other.paid,
        gap_cost=_sum(one.gap_cost, other.gap_cost),
        homes=one.homes + other.homes,
        unknown_places=one.unknown_places + other.unknown_places,
        unknown_staff=one.unknown_staff + other.unknown_staff,
    )


def _all(one: Residents, other: Residents) -> Residents:
    categories = {*one.by_category, *other.by_category}
    counted = {id: one.by_category.get(id, 0) + other.by_category.get(id, 0) for id in categories}
    return Residents(counted, one.unknown + other.unknown, one.expired + other.expired)


Number = TypeVar("Number", int, float, Span)


def _sum(one: Number | None, other: Number | None) -> Number | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other
