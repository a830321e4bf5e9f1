"""Every figure that came after a start, beside what the forecast of that start said of it."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calendar import YEAR
from veerkracht.forecast.flows import is_whole
from veerkracht.forecast.hindcast.naive import Naive, naive
from veerkracht.forecast.hindcast.scores import RANGES, crps, inside
from veerkracht.forecast.spread import QUANTILES
from veerkracht.forecast.whole import RegionForecast
from veerkracht.region import Figures
from veerkracht.region.hindcast import Yardstick

SCHEMA = pl.Schema(
    {
        "series": pl.String(),
        "start": pl.Date(),
        "variant": pl.String(),
        "date": pl.Date(),
        "horizon_years": pl.Float64(),
        "observed": pl.Float64(),
        **{name: pl.Float64() for name in (*QUANTILES, "mean")},
        "error": pl.Float64(),
        "crps": pl.Float64(),
        **{f"inside_{percent}": pl.Boolean() for percent in RANGES},
        "same": pl.Float64(),
        "trend": pl.Float64(),
        "yardstick": pl.Float64(),
    }
)


def points(
    made: RegionForecast, variant: str, figures: Figures, yardsticks: tuple[Yardstick, ...]
) -> pl.DataFrame:
    """One row a series and date with a figure after the start, columns of `SCHEMA`.

    `error`: the middle run (p50) less what was observed. `same`, `trend`: what the naive yardsticks say; `yardstick`:
    what a forecast of others says, from the day on which it was made. Null where there is none.
    """
    rows = []
    for series, runs in made.values.items():
        known = naive(figures, series, made.start)
        observed = dict(figures.series(series).select("date", "value").iter_rows())
        for place, day in enumerate(made.records):
            if day in observed and day > made.start and is_whole(series, made.start, day):
                row = _row(runs[:, place], float(observed[day]), known, (day - made.start).days / YEAR)
                others = _of_others(yardsticks, series, made.start, day)
                rows.append({"series": series, "date": day, "yardstick": others, **row})
    fixed = {"start": made.start, "variant": variant}
    return pl.DataFrame([{**row, **fixed} for row in rows], schema=SCHEMA)


def _row(runs: Real, observed: float, known: Naive | None, years: float) -> dict[str, Any]:
    quantiles = dict(zip(QUANTILES, np.quantile(runs, list(QUANTILES.values())).tolist(), strict=True))
    return {
        "horizon_years": round(2 * years) / 2,
        "observed": observed,
        **quantiles,
        "mean": float(runs.mean()),
        "error": quantiles["p50"] - observed,
        "crps": crps(runs, observed),
        **{f"inside_{percent}": lies for percent, lies in inside(runs, observed).items()},
        "same": known.same() if known else None,
        "trend": known.on_trend(years) if known else None,
    }


def _of_others(yardsticks: tuple[Yardstick, ...], series: str, start: date, day: date) -> float | None:
    """What others said of a series on a day, when they said it on or before the start."""
    said = [one for one in yardsticks if one.series == series and one.start <= start]
    return said[-1].on(day) if said else None
