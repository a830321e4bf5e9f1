"""Between two goals: the splits of which no other is better at both; and what the next million brings."""

from __future__ import annotations

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.choices.trials import Split, Trials

MARGINAL = pl.Schema(
    {
        "use": pl.String(),
        "goal": pl.String(),
        "brought": pl.Float64(),
        "p10": pl.Float64(),
        "p90": pl.Float64(),
        "error": pl.Float64(),
    }
)


def frontier(trials: Trials, goals: tuple[str, ...]) -> pl.DataFrame:
    """One row a split, from best at the first goal to best at the other: euro by use, and the mean of both goals.

    Only of the splits that were played, with the runs of the search.
    """
    points = {
        split: tuple(float(trials.values(split, goal).mean()) for goal in goals) for split in trials.splits
    }
    kept = [split for split, point in points.items() if not _beaten(point, list(points.values()))]
    kept.sort(key=lambda split: points[split])
    rows = [_row(trials, split, goals, points[split]) for split in kept]
    return pl.DataFrame(rows)


def _beaten(point: tuple[float, ...], others: list[tuple[float, ...]]) -> bool:
    """Whether another is at least as good at every goal and better at one."""
    return any(
        other != point and all(theirs <= mine for theirs, mine in zip(other, point, strict=True))
        for other in others
    )


def _row(trials: Trials, split: Split, goals: tuple[str, ...], point: tuple[float, ...]) -> dict[str, float]:
    euro = {use.id: float(amount) for use, amount in zip(trials.uses, split, strict=True)}
    return euro | dict(zip(goals, point, strict=True))


def marginal_row(use: str, goal: str, more: Real) -> tuple[str, str, float, float, float, float]:
    """What one million more for a use changes a goal by: mean, p10, p90 over the runs, standard error of the mean."""
    low, high = np.quantile(more, [0.1, 0.9])
    error = float(more.std(ddof=1) / np.sqrt(len(more))) if len(more) > 1 else 0.0
    return use, goal, float(more.mean()), float(low), float(high), error
