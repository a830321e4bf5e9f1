"""What a rise, places in training or money for posts buys in staff and open places, and for how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.pay.asked import PAY, Asked, check, for_all, measures_of, sectors_of
from veerkracht.forecast.pay.playing import Values, play
from veerkracht.forecast.plans.cost import cost as cost_of
from veerkracht.region import Region

_MILLION = 1_000_000
_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of the runs, between what five of ten lie (p25 to p75), and eight of ten (p10 to p90)."""

    p10: float
    p25: float
    p50: float
    p75: float
    p90: float

    @classmethod
    def of(cls, runs: Real) -> Spread:
        return cls(*(float(one) for one in np.quantile(runs, _QUANTILES)))


@dataclass(frozen=True)
class Bought:
    """What comes of what is asked, run by run the difference with doing nothing.

    `more`: by sector (`playing.ALL` is all of them) and what (`playing.WHAT`), float64[runs, years]. `together`: the
    same when every sector's pay rises as much; None where pay is not what is asked. `usual`: what there is without it.
    `euro`: what it costs in its first full year, in prices of the file, float64[runs]; None when that is unknown.
    """

    asked: Asked
    sectors: tuple[str, ...]
    years: tuple[int, ...]
    more: Values
    together: Values | None
    usual: Values
    euro: Real | None

    def spread(self, sector: str, what: str, year: int, *, together: bool = False) -> Spread | None:
        """None when it is not known, or not asked."""
        values = self.together if together else self.more
        if values is None or (sector, what) not in values:
            return None
        return Spread.of(values[sector, what][:, self.years.index(year)])

    def within(
        self, sectors: Sequence[str], what: str, year: int, *, together: bool = False
    ) -> Spread | None:
        """Of some sectors together; None when it is known of none of them."""
        runs = self._sum(sectors, what, year, (self.together or {}) if together else self.more)
        return None if runs is None else Spread.of(runs)

    def per_million(self, what: str, year: int) -> Spread | None:
        """What each million euro a year buys in the sectors that it is for; None when cost or outcome is unknown."""
        runs = self._sum(self.sectors, what, year, self.more)
        if self.euro is None or runs is None or (self.euro <= 0).any():
            return None
        return Spread.of(runs / self.euro * _MILLION)

    def _sum(self, sectors: Sequence[str], what: str, year: int, of: Values) -> Real | None:
        values = [of[sector, what] for sector in sectors if (sector, what) in of]
        return np.asarray(np.sum(values, axis=0)[:, self.years.index(year)], np.float64) if values else None


def buys(region: Region, asked: Asked) -> Bought:
    """Play what is asked beside doing nothing. Raises `ForecastFault` for what can't be asked or played."""
    check(region, asked)
    draws = Draws(asked.seed, asked.runs)
    usual = play(region, (), asked, draws).values
    more = play(region, measures_of(region, asked), asked, draws).values
    together = play(region, for_all(asked), asked, draws).values if asked.kind == PAY else None
    return Bought(
        asked,
        sectors_of(region, asked),
        tuple(asked.start.year + 1 + year for year in range(asked.years)),
        _less(more, usual),
        None if together is None else _less(together, usual),
        usual,
        _euro(region, asked, draws),
    )


def _less(one: Values, other: Values) -> Values:
    return {key: one[key] - other[key] for key in one}


def _euro(region: Region, asked: Asked, draws: Draws) -> Real | None:
    """What it costs in its first full year in every run, float64[runs]."""
    year = asked.start.year + 2
    costs = cost_of(region, measures_of(region, asked), (year,), draws).measures
    known = [one.euro for one in costs if one.euro is not None]
    return np.sum(known, axis=0)[1:, 0] if len(known) == len(costs) else None
