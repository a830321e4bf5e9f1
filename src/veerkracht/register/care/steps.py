"""What a request is: the fold of its steps. Pure columns; no database."""

from datetime import date, datetime

import polars as pl

# The columns of a request that steps set.
FOLDED = (
    "state",
    "request_date",
    "priority_group",
    "priority_date",
    "route",
    "scheme",
    "category",
    "points",
    "points_held",
    "partial",
    "recognised",
    "plan_approved_on",
    "complete",
    "converted",
    "register_date",
    "bundle",
    "respond_by",
)
# What a column is before any step sets it; the others are null.
AT_FIRST = {
    "priority_group": 0,
    "route": "",
    "scheme": "",
    "category": "",
    "points": 0,
    "points_held": 0,
    "partial": False,
    "complete": False,
    "converted": False,
}
# After these nothing is on offer any more, so there is no day to respond by.
CLOSES_OFFER = ("started", "declined", "lapsed", "withdrawn", "died", "ended", "refused")
_NO_DAY = date(1, 1, 1)


def fold(steps: pl.DataFrame, on: date | None = None, known: datetime | None = None) -> pl.DataFrame:
    """One row per request, `request_id` and the columns of `FOLDED`: the last value that was set of each.

    `steps`: request_id, id, kind, holds_from, recorded_at and the columns of `FOLDED` (null: not set), in any
    order. Last is by (holds_from, recorded_at, id). `on`: only what holds by that day; `known`: only what was
    recorded by that moment.
    """
    if on is not None:
        steps = steps.filter(pl.col("holds_from") <= on)
    if known is not None:
        steps = steps.filter(pl.col("recorded_at") <= known)
    closes = pl.col("kind").is_in(CLOSES_OFFER)
    respond_by = pl.when(closes).then(pl.lit(_NO_DAY)).otherwise(pl.col("respond_by"))
    last = [pl.col(name).drop_nulls().last() for name in FOLDED]
    folded = (
        steps.with_columns(respond_by.alias("respond_by"))
        .sort("request_id", "holds_from", "recorded_at", "id")
        .group_by("request_id", maintain_order=True)
        .agg(last)
    )
    at_first = [pl.col(name).fill_null(value) for name, value in AT_FIRST.items()]
    offered = pl.when(pl.col("respond_by") != _NO_DAY).then(pl.col("respond_by")).alias("respond_by")
    return folded.with_columns(*at_first, offered)
