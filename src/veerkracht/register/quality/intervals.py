"""How sure a figure is: intervals of 95% around a share, a rate, a mean, and around the difference of two of them.

Pure functions on counts: they stand with the register's quality and not in the rulebook or the forecast, since neither
a rule of a region nor a forecast asks for them (as `disclosure` does).

Sources: Wilson 1927 for a share; Garwood 1936 for a rate (exact Poisson); Student's t for a mean; Newcombe 1998, method
10, for the difference of two shares, and the same squaring and adding of the two intervals for the other kinds (Zou and
Donner 2008).
"""

from dataclasses import dataclass
from math import inf, sqrt

from scipy.special import chdtri, ndtri, stdtrit

from veerkracht.region.quality import MEAN, PROPORTION

LEVEL = 0.95


@dataclass(frozen=True)
class Counted:
    """How many (or the sum of scores) among how many. `spread`: the standard deviation of the scores of a mean."""

    numerator: float
    denominator: int
    spread: float | None = None

    @property
    def value(self) -> float:
        return self.numerator / self.denominator


@dataclass(frozen=True)
class Interval:
    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Difference:
    """A change from before to after, with its interval."""

    change: float
    interval: Interval

    @property
    def is_told_from_chance(self) -> bool:
        return not self.interval.holds(0)


def interval(kind: str, counted: Counted, level: float = LEVEL) -> Interval:
    """Where the figure behind what was counted may lie. Of a mean without a spread nothing is known."""
    if kind == PROPORTION:
        return wilson(counted.numerator, counted.denominator, level)
    if kind == MEAN:
        return _around_mean(counted, level)
    low, high = _poisson(counted.numerator, level)
    return Interval(low / counted.denominator, high / counted.denominator)


def wilson(numerator: float, denominator: int, level: float = LEVEL) -> Interval:
    """Wilson's score interval of a share."""
    z = _normal(level)
    share = numerator / denominator
    middle = share + z * z / (2 * denominator)
    half = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator**2))
    below = 1 + z * z / denominator
    return Interval(max((middle - half) / below, 0.0), min((middle + half) / below, 1.0))


def difference(kind: str, before: Counted, after: Counted, level: float = LEVEL) -> Difference:
    """How much more the figure is after than before, and between what the difference may lie."""
    old, new = interval(kind, before, level), interval(kind, after, level)
    change = after.value - before.value
    down = sqrt((after.value - new.low) ** 2 + (old.high - before.value) ** 2)
    up = sqrt((new.high - after.value) ** 2 + (before.value - old.low) ** 2)
    return Difference(change, Interval(change - down, change + up))


def _poisson(count: float, level: float) -> tuple[float, float]:
    """The exact interval of a count. `chdtri` takes the chance above."""
    tail = (1 - level) / 2
    low = float(chdtri(2 * count, 1 - tail)) / 2 if count else 0.0
    return low, float(chdtri(2 * count + 2, tail)) / 2


def _around_mean(counted: Counted, level: float) -> Interval:
    if counted.spread is None or counted.denominator < 2:
        return Interval(-inf, inf)
    t = float(stdtrit(counted.denominator - 1, (1 + level) / 2))
    half = t * counted.spread / sqrt(counted.denominator)
    return Interval(counted.value - half, counted.value + half)


def _normal(level: float) -> float:
    return float(ndtri((1 + level) / 2))
