"""Scores of many points together: by series, by how far ahead, and overall."""

import polars as pl

from veerkracht.forecast.hindcast.scores import RANGES

_NAIVE = ("same", "trend", "yardstick")


def summary(points: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Mean scores of the points that share `by`, in their order.

    `points`: how many. `error`: mean absolute error of the middle run; `bias`: mean error. `crps`: mean. `inside_N`:
    how many of them lay inside the range of N %. `than_same`, `than_trend`, `than_yardstick`: the CRPS of the forecast
    divided by the absolute error of the yardstick, over the points where both are (below 1: better; null: no such
    point or a yardstick without error). `size`: mean size of what was observed.
    """
    return points.group_by(*by, maintain_order=True).agg(
        pl.len().alias("points"),
        pl.col("error").abs().mean(),
        pl.col("error").mean().alias("bias"),
        pl.col("crps").mean(),
        *[pl.col(f"inside_{percent}").sum().cast(pl.Int64) for percent in RANGES],
        pl.col("observed").abs().mean().alias("size"),
        *[_than(name) for name in _NAIVE],
    )


def _than(name: str) -> pl.Expr:
    there = pl.col(name).is_not_null()
    theirs = (pl.col(name) - pl.col("observed")).abs().filter(there).sum()
    ours = pl.col("crps").filter(there).sum()
    return pl.when(theirs > 0).then(ours / theirs).alias(f"than_{name}")
