"""Which number moves what is bought most, and how much of it is an assumption: how little is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.choices.sensitivity import candidates, screened
from veerkracht.forecast.draws import HIGH, LOW, Draws
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.pay.asked import Asked, check, measures_of, sectors_of
from veerkracht.forecast.pay.playing import FTE, Played, play
from veerkracht.region import Region

# Numbers are found over as many runs as are asked; at their ends they are held over fewer.
MOST, RUNS = 6, 40
# What moves less than this part of what the first does, moves it by chance or hardly.
_HARDLY = 0.03


@dataclass(frozen=True)
class Moved:
    """The mean of what is bought when a number is held at the low and the high end of its range, all others drawn;
    `middle`: when none is held."""

    number: Uncertain
    low: float
    high: float
    low_outcome: float
    high_outcome: float
    middle: float

    @property
    def swing(self) -> float:
        return abs(self.high_outcome - self.low_outcome)

    @property
    def is_assumed(self) -> bool:
        """Whether no source says it, or a source only in part."""
        return self.number.assumption is not None


def moved(region: Region, asked: Asked, most: int = MOST) -> tuple[Moved, ...]:
    """The numbers that move the full-time equivalents of the last year most, the widest first.

    Only those that go most with the outcome over the runs are held at their ends. Raises `ForecastFault` as `buys`.
    """
    check(region, asked)
    draws = Draws(asked.seed, asked.runs)
    usual = play(region, (), asked, draws)
    tried = screened(candidates(usual.numbers, draws), _difference(region, asked, draws, usual), draws, most)
    few = replace(draws, runs=min(asked.runs, RUNS))

    def held(name: str, end: int) -> float:
        return float(_difference(region, asked, replace(few, ends={name: end})).mean())

    middle = float(_difference(region, asked, few).mean())
    found = [
        Moved(one.number, one.low, one.high, held(one.name, LOW), held(one.name, HIGH), middle)
        for one in tried
    ]
    widest = max((one.swing for one in found), default=0.0)
    told = (one for one in found if one.swing > _HARDLY * widest)
    return tuple(sorted(told, key=lambda one: -one.swing))


def assumed_part(found: Sequence[Moved]) -> float | None:
    """The part of all swings together that belongs to numbers that rest on an assumption; None when nothing moves."""
    total = sum(one.swing for one in found)
    return sum(one.swing for one in found if one.is_assumed) / total if total else None


def _difference(region: Region, asked: Asked, draws: Draws, usual: Played | None = None) -> Real:
    """Full-time equivalents more in the sectors that it is for, at the end of the last year, float64[runs]."""
    before = usual or play(region, (), asked, draws)
    after = play(region, measures_of(region, asked), asked, draws)
    more = [after.values[sector, FTE] - before.values[sector, FTE] for sector in sectors_of(region, asked)]
    return np.asarray(np.sum(more, axis=0)[:, -1], np.float64)
