"""Heavy care and its money: who is not financed at the norm for it, and what it would cost. Pure arithmetic.

A resident with heavy care costs a step more a day than one with light care. Where money at the norm is given for a
number of places only, the residents beyond that number are the gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Span:
    """A number with the range within which it lies."""

    low: float
    value: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Span:
        return cls(value, value, value)

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.value + other.value, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        """Less another number of which nothing says that it moves with this one."""
        return Span(self.low - other.high, self.value - other.value, self.high - other.low)

    def times(self, other: Span | float) -> Span:
        """Times another number, neither below zero."""
        by = other if isinstance(other, Span) else Span.exactly(other)
        return Span(self.low * by.low, self.value * by.value, self.high * by.high)

    def at_least(self, least: float) -> Span:
        return Span(max(self.low, least), max(self.value, least), max(self.high, least))

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


NOTHING = Span.exactly(0)


def heavy_residents(places: Span, occupancy: Span, heavy_share: Span) -> Span:
    """How many residents with heavy care live on so many places."""
    return places.times(occupancy).times(heavy_share)


def without_norm(heavy: Span, places_at_norm: Span) -> Span:
    """Residents with heavy care beyond the places for which there is money at the norm; none when there are enough."""
    return (heavy - places_at_norm).at_least(0)


def yearly(residents: Span, a_day: Span) -> Span:
    """Euro a year for so many residents at so much a day."""
    return residents.times(a_day).times(DAYS_A_YEAR)


def normed_staff(residents: Mapping[str, int], norms: Mapping[str, Span]) -> Span:
    """Full-time equivalents that the norm asks for residents by category. Raises `KeyError` for a category without a
    norm: never a guess.
    """
    total = NOTHING
    for category, count in residents.items():
        total += norms[category].times(count)
    return total
