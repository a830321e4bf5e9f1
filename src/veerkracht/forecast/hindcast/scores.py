"""How good a forecast was: error, CRPS and whether what came lies inside the ranges.

CRPS: the continuous ranked probability score of the runs, E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007, JASA
102), in the unit of the series; for one value without a range it is the absolute error, so that a forecast with ranges
and a yardstick without can be set side by side. Lower is better.
"""

import numpy as np

from veerkracht.forecast.arrays import Real

# The ranges that are scored, in percent: the middle so many of the runs.
RANGES = (50, 80, 95)


def crps(runs: Real, observed: float) -> float:
    """CRPS of the spread of the runs as they are, for what was observed."""
    ordered = np.sort(runs)
    size = len(ordered)
    ranks = 2.0 * np.arange(1, size + 1) - size - 1
    return float(np.abs(ordered - observed).mean() - (ranks * ordered).sum() / size**2)


def inside(runs: Real, observed: float) -> dict[int, bool]:
    """For each of `RANGES` whether what was observed lies in it, its ends included."""
    found = {}
    for percent in RANGES:
        low, high = np.quantile(runs, [0.5 - percent / 200, 0.5 + percent / 200])
        found[percent] = bool(low <= observed <= high)
    return found
