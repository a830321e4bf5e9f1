"""When a request's turn comes: a distribution over the runs, never a promise.

A request that leaves the list before its turn (death, withdrawal) says only that its turn had not come by then. So
the share of runs in which the turn has come by a round is the product-limit estimate (Kaplan and Meier 1958,
JASA 53): at each round, of the runs in which the request still waits, the part that is served.
"""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from veerkracht.forecast.arrays import Real, Small

Counts = NDArray[np.int32] | NDArray[np.int64]

SHOWN = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}


def chances(served: Counts, gone: Counts, runs: int | Counts) -> Real:
    """The chance that a turn has come by each round. `served`, `gone`: [n, R] numbers of runs; `runs`: at the start."""
    ended = np.cumsum(served + gone, axis=1)
    before = np.zeros_like(ended)
    before[:, 1:] = ended[:, :-1]
    # Who had gone before a round was not there to be served in it.
    waiting = np.reshape(runs, (-1, 1)) - before - gone
    kept = 1.0 - np.divide(served, waiting, out=np.zeros(served.shape), where=waiting > 0)
    return np.asarray(1.0 - np.cumprod(kept, axis=1), np.float64)


def counts(outcome: Small, rounds: int) -> tuple[Counts, Counts]:
    """In how many runs each request was served in each round, and had gone before it: [n, R] each."""
    requests = outcome.shape[1]
    served: Counts = np.zeros((requests, rounds), np.int32)
    gone: Counts = np.zeros((requests, rounds), np.int32)
    row = np.arange(requests)
    for of_run in outcome:
        was_served, had_gone = of_run > 0, of_run < 0
        served[row[was_served], of_run[was_served] - 1] += 1
        gone[row[had_gone], -of_run[had_gone] - 1] += 1
    return served, gone


def turns(outcome: Small, table: pl.DataFrame, rounds: tuple[date, ...], horizon: date) -> pl.DataFrame:
    """One row a request; see `Forecast.turns`."""
    served, gone = counts(outcome, len(rounds))
    chance = chances(served, gone, outcome.shape[0])
    return table.select("id", "priority_group", "priority_date").with_columns(
        **_dates(chance, rounds), **_share(chance, table.height), horizon=pl.lit(horizon)
    )


def turn_by_priority_date(
    outcome: Small, table: pl.DataFrame, rounds: tuple[date, ...], horizon: date
) -> pl.DataFrame:
    """One row a group and year of the priority date; see `Forecast.turn_by_priority_date`."""
    served, gone = counts(outcome, len(rounds))
    keys = table.select("priority_group", pl.col("priority_date").dt.year().alias("year"))
    groups = (
        keys.with_row_index("row")
        .group_by("priority_group", "year")
        .agg("row")
        .sort("priority_group", "year")
    )
    rows = groups.get_column("row").to_list()
    sums = [
        np.array([array[of].sum(axis=0) for of in rows], np.int64).reshape(len(rows), len(rounds))
        for array in (served, gone)
    ]
    sizes = np.array([len(of) for of in rows], np.int64)
    chance = chances(sums[0], sums[1], sizes * outcome.shape[0])
    return groups.select("priority_group", "year", requests=pl.Series(sizes, dtype=pl.Int64)).with_columns(
        **_dates(chance, rounds), **_share(chance, len(rows)), horizon=pl.lit(horizon)
    )


def _dates(chance: Real, rounds: tuple[date, ...]) -> dict[str, pl.Series]:
    """For each share the first round by which the chance is at least so large; null when it is in none."""
    days = pl.Series(rounds, dtype=pl.Date)
    columns = {}
    for name, share in SHOWN.items():
        reached = chance >= share
        first = pl.Series(np.argmax(reached, axis=1), dtype=pl.UInt32)
        columns[name] = pl.select(
            pl.when(pl.Series(reached.any(axis=1))).then(days.gather(first)).alias(name)
        ).to_series()
    return columns


def _share(chance: Real, size: int) -> dict[str, pl.Series]:
    last = chance[:, -1] if chance.shape[1] else np.zeros(size)
    return {"served_share": pl.Series(last, dtype=pl.Float64)}
