"""How a series lies over the runs: its quantiles and mean on every date."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real

QUANTILES = {
    "p2_5": 0.025,
    "p10": 0.1,
    "p25": 0.25,
    "p50": 0.5,
    "p75": 0.75,
    "p90": 0.9,
    "p97_5": 0.975,
}
SCHEMA = pl.Schema(
    {
        "series": pl.String(),
        "date": pl.Date(),
        **{name: pl.Float64() for name in (*QUANTILES, "mean")},
    }
)


def spread(values: dict[str, Real], dates: tuple[date, ...]) -> pl.DataFrame:
    """One row a series and date: series, date, p2_5 … p97_5, mean. `values`: series to float64[runs, dates]."""
    shares = list(QUANTILES.values())
    frames = []
    for name, runs in values.items():
        quantiles = np.quantile(runs, shares, axis=0)
        columns = dict(zip(QUANTILES, quantiles, strict=True))
        frames.append(
            pl.DataFrame({"date": list(dates), **columns, "mean": runs.mean(axis=0)}).select(
                pl.lit(name).alias("series"), "date", *QUANTILES, "mean"
            )
        )
    return pl.concat(frames).cast(SCHEMA) if frames else pl.DataFrame(schema=SCHEMA)


def plain_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them: dates in ISO 8601, numbers with at most two decimals."""
    dates = [name for name, kind in frame.schema.items() if kind == pl.Date]
    numbers = [name for name, kind in frame.schema.items() if kind == pl.Float64]
    return frame.with_columns(pl.col(dates).dt.to_string("%Y-%m-%d"), pl.col(numbers).round(2)).to_dicts()
