"""Narrows an ensemble with figures: an ensemble smoother with multiple data assimilation.

After Emerick and Reynolds (2013, Computers & Geosciences 55: 3-15). Each uncertain number is counted in standard
deviations of its own range (z), so that the ensemble begins as independent standard normals. A pass plays the past with
every set, and moves each set towards the figures by as much as the figures say something of it; the figures are used
in `PASSES` passes, each as if they were `PASSES` times less certain, because the past is not a straight line in them.

Two things differ from the paper, because every set is played once and chance then hides what the set does:
- what the sets do to the figures is read from a least-squares plane through all runs, not from each run itself;
- how far the runs lie from that plane is the simulation's own chance (arrivals, good and bad years, money that was not
  known exactly), and goes into the likelihood beside the uncertainty of the figures. Without it the ranges would be far
  too narrow.
"""

from typing import NamedTuple

import numpy as np
from scipy.linalg import block_diag

from veerkracht.forecast.arrays import Real

PASSES = 3
# Every figure counts half: a model leaves things out, and what it leaves out is often wrong in all figures of a year.
_WEIGHT = 0.5
# A number that moves no figure more than chance could is left as it was: correlations beyond this many times 1/√m.
_BEYOND_CHANCE = 3.5


class Played(NamedTuple):
    """One stretch of the past, played with m sets, and its figures.

    `runs` [m, d]; `observed` [d]; `deviation` [d]: the standard deviation of the figures themselves; `fades`: how many
    times its variance counts, more for a stretch of long ago.
    """

    runs: Real
    observed: Real
    deviation: Real
    fades: float = 1.0


def moving(z: Real, stretches: list[Played]) -> Real:
    """Which numbers move some figure: bool [p]. `z` [m, p]."""
    runs = np.column_stack([stretch.runs for stretch in stretches])
    runs = runs[:, runs.std(axis=0) > 0]
    if not runs.shape[1]:
        return np.zeros(z.shape[1], np.bool_)
    theirs = (runs - runs.mean(axis=0)) / runs.std(axis=0)
    ours = (z - z.mean(axis=0)) / z.std(axis=0)
    strongest = np.abs(ours.T @ theirs / len(z)).max(axis=1)
    return np.asarray(strongest > _BEYOND_CHANCE / np.sqrt(len(z)))


def one_pass(z: Real, stretches: list[Played], random: np.random.Generator) -> Real:
    """The sets [m, p] after one of `PASSES` passes."""
    planes = [_plane(z, stretch) for stretch in stretches]
    slopes = np.column_stack([plane.slopes for plane in planes])
    noise = PASSES / _WEIGHT * block_diag(*(plane.noise for plane in planes))
    between = np.atleast_2d(np.cov(z, rowvar=False)) @ slopes
    gain = np.linalg.solve(slopes.T @ between + noise, between.T).T
    observed = np.concatenate([stretch.observed for stretch in stretches])
    seen = observed + random.multivariate_normal(np.zeros(len(noise)), noise, len(z), method="eigh")
    return np.asarray(z + (seen - np.column_stack([plane.middle for plane in planes])) @ gain.T)


class _Plane(NamedTuple):
    """`slopes` [p, d]; `middle` [m, d]: on the plane for each set; `noise` [d, d]: of figures and chance together."""

    slopes: Real
    middle: Real
    noise: Real


def _plane(z: Real, stretch: Played) -> _Plane:
    design = np.column_stack([np.ones(len(z)), z])
    found, *_ = np.linalg.lstsq(design, stretch.runs, rcond=None)
    middle = design @ found
    off = stretch.runs - middle
    chance = off.T @ off / max(1, len(z) - design.shape[1])
    noise = (np.diag(stretch.deviation**2) + chance) * stretch.fades
    return _Plane(np.asarray(found[1:], np.float64), np.asarray(middle, np.float64), noise)
