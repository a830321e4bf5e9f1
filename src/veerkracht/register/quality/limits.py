"""The funnel: between which limits an organisation's figure lies by chance alone, when it is no other than the rest.

Pure functions on counts, beside `intervals` and for the same reason. Source: Spiegelhalter 2005, Funnel plots for
comparing institutional performance, Statistics in Medicine 24: 1185-1202, appendix A. Exact limits, interpolated
between whole counts, for shares (binomial) and rates (Poisson); normal limits for means. Over-dispersion is a factor,
from z-scores of which the outermost tenth on either side is drawn in (winsorised).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, chdtri, ndtri, pdtr

from veerkracht.region.quality import MEAN, PROPORTION
from veerkracht.register.quality.intervals import Counted, Interval

# Two limits: beyond the first lies one of twenty by chance, beyond the second one of five hundred.
WARNING, ALARM = 0.95, 0.998
_DRAWN_IN = 0.1
_SURELY = 0.05


@dataclass(frozen=True)
class Funnel:
    """What the rest has together. `spread`: the pooled standard deviation of scores, of means only.

    `dispersion`: how much more the figures differ than chance explains; 1 when no more than that.
    """

    kind: str
    target: float
    spread: float = 0.0
    dispersion: float = 1.0

    def limits(self, denominator: int, level: float) -> Interval:
        """Between what a figure of so many lies, by chance alone, with this probability."""
        tail = (1 - level) / 2
        if self.kind == MEAN:
            return self._normal(denominator, level, 1.0)
        low, high = (self._exact(denominator, p) for p in (tail, 1 - tail))
        return self._possible(low, high)

    def widened(self, denominator: int, level: float) -> Interval:
        """As `limits`, when organisations differ more than by chance for reasons that nobody measured."""
        exact = self.limits(denominator, level)
        if self.dispersion <= 1:
            return exact
        wide = self._normal(denominator, level, self.dispersion)
        return self._possible(min(wide.low, exact.low), max(wide.high, exact.high))

    def z(self, counted: Counted) -> float:
        """How many standard deviations a figure lies from the target; 0 where nothing can differ."""
        deviation = sqrt(self._variance() / counted.denominator)
        return (counted.value - self.target) / deviation if deviation else 0.0

    def _possible(self, low: float, high: float) -> Interval:
        """What is left of limits that a figure of this kind can have at all."""
        if self.kind == MEAN:
            return Interval(low, high)
        return Interval(max(low, 0.0), max(min(high, 1.0) if self.kind == PROPORTION else high, 0.0))

    def _variance(self) -> float:
        """Of one of the denominator."""
        if self.kind == MEAN:
            return self.spread**2
        return self.target * (1 - self.target) if self.kind == PROPORTION else self.target

    def _normal(self, denominator: int, level: float, dispersion: float) -> Interval:
        half = float(ndtri((1 + level) / 2)) * sqrt(dispersion * self._variance() / denominator)
        return Interval(self.target - half, self.target + half)

    def _exact(self, denominator: int, chance: float) -> float:
        """Where the chance of a figure that low is `chance`, between the two whole counts around it."""
        below = self._cumulative(denominator, chance)
        count = int(np.searchsorted(below, chance))
        count = min(count, len(below) - 1)
        step = below[count] - (below[count - 1] if count else 0.0)
        over = (below[count] - chance) / step if step > 0 else 0.0
        return float((count - over) / denominator)

    def _cumulative(self, denominator: int, chance: float) -> NDArray[np.float64]:
        """The chance of each count or fewer, up to one that is surely above the limit."""
        if self.kind == PROPORTION:
            return np.asarray(bdtr(np.arange(denominator + 1), denominator, self.target))
        expected = self.target * denominator
        most = int(expected + 8 * sqrt(expected) + 20)
        return np.asarray(pdtr(np.arange(most + 1), expected))


def funnel(kind: str, counted: Sequence[Counted]) -> Funnel:
    """The funnel around what some organisations have together. Raises `ValueError` without any."""
    if not counted:
        raise ValueError("a funnel is drawn around at least one figure")
    target = sum(one.numerator for one in counted) / sum(one.denominator for one in counted)
    plain = Funnel(kind, target, _pooled(counted) if kind == MEAN else 0.0)
    return Funnel(kind, target, plain.spread, _dispersion([plain.z(one) for one in counted]))


def verdict(funnel: Funnel, counted: Counted) -> str:
    """Where a figure lies: `within`, `low` or `high` beyond the first limits, `very-low` or `very-high` beyond the
    second ones, widened for over-dispersion.
    """
    for level, prefix in ((ALARM, "very-"), (WARNING, "")):
        limits = funnel.widened(counted.denominator, level)
        if not limits.holds(counted.value):
            return f"{prefix}{'low' if counted.value < limits.low else 'high'}"
    return "within"


def _pooled(counted: Sequence[Counted]) -> float:
    """The standard deviation of scores inside organisations, of all together."""
    known = [one for one in counted if one.spread is not None and one.denominator > 1]
    free = sum(one.denominator - 1 for one in known)
    return (
        sqrt(sum((one.denominator - 1) * (one.spread or 0.0) ** 2 for one in known) / free) if free else 0.0
    )


def _dispersion(scores: Sequence[float]) -> float:
    """The mean of the squared scores, the outermost drawn in; 1 when chance could explain it."""
    if len(scores) < 2:
        return 1.0
    low, high = np.quantile(scores, [_DRAWN_IN, 1 - _DRAWN_IN])
    found = float(np.mean(np.clip(scores, low, high) ** 2))
    is_more = found * len(scores) > float(chdtri(len(scores) - 1, _SURELY))
    return found if is_more and found > 1 else 1.0
