"""Where the value of an uncertain number in every run comes from.

Without more, a number is drawn from its own range. A calibrated ensemble gives sets of values that were found
together, and somebody who asks "what if this were higher" pins one, at a value or at an end of its range.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.inputs import Uncertain

LOW, HIGH = 0, 1
_NINE_OF_TEN = (0.05, 0.95)


@dataclass(frozen=True)
class Draws:
    """`sets`: for the name of a number its value in each set of an ensemble, float64[m]; run r uses set r modulo m, so
    that two plans meet the same sets. None: the sets of the region's calibration that fits the start. `pinned`: for a
    name the value that it has in every run. `ends`: for a name the end of its range (`LOW` or `HIGH`) that it has in
    every run; measures that share a name each have their own.
    """

    seed: int
    runs: int
    sets: Mapping[str, Real] | None = None
    pinned: Mapping[str, float] = field(default_factory=dict)
    ends: Mapping[str, int] = field(default_factory=dict)

    def of(self, number: Uncertain) -> Real:
        """The value of a number in every run, float64[runs]."""
        if number.name in self.pinned:
            return np.full(self.runs, float(self.pinned[number.name]))
        if number.name in self.ends:
            return np.full(self.runs, self.range_of(number)[self.ends[number.name]])
        if number.name in (self.sets or {}):
            found = self._set(number.name)
            return found[np.arange(self.runs) % len(found)]
        return number.draw(self.seed, self.runs)

    def range_of(self, number: Uncertain) -> tuple[float, float]:
        """Between what a number lies nine times out of ten: in the ensemble where it is in one, else as it says."""
        if number.name not in (self.sets or {}):
            return number.low, number.high
        low, high = np.quantile(self._set(number.name), _NINE_OF_TEN)
        return float(low), float(high)

    def _set(self, name: str) -> Real:
        return np.asarray((self.sets or {})[name], np.float64)
