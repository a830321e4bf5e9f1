"""Where the value of an uncertain number in every run comes from.

Without more, a number is drawn from its own range. A calibrated ensemble gives sets of values that were found
together, and somebody who asks "what if this were higher" pins one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.inputs import Uncertain


@dataclass(frozen=True)
class Draws:
    """`sets`: for the name of a number its value in each set of an ensemble, float64[m]; run r uses set r modulo m, so
    that two plans meet the same sets. `pinned`: for a name the value that it has in every run.
    """

    seed: int
    runs: int
    sets: Mapping[str, Real] = field(default_factory=dict)
    pinned: Mapping[str, float] = field(default_factory=dict)

    def of(self, number: Uncertain) -> Real:
        """The value of a number in every run, float64[runs]."""
        if number.name in self.pinned:
            return np.full(self.runs, float(self.pinned[number.name]))
        if number.name in self.sets:
            return np.asarray(self.sets[number.name], np.float64)[
                np.arange(self.runs) % len(self.sets[number.name])
            ]
        return number.draw(self.seed, self.runs)
