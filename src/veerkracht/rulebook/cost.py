"""What a grant costs: exact to the cent, in whole numbers, half a cent up."""

from datetime import date

import polars as pl

from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.errors import TableFault
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.types import Programme

_MILLION = 1_000_000
_PARTS = 10_000


def cents_per_point(programme: Programme, on: date) -> int:
    """The value of one care point on a date, in cents a year."""
    return value_on(programme.point_values, on, f"value of a point of {programme.id}").cents


def full_cost(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series:
    """As `cost`, but for the whole of what is asked, whatever partial budgets hold."""
    return cost(table, programme, on, pl.repeat(1.0, table.height, eager=True))


def cost(table: pl.DataFrame, programme: Programme, on: date, part: pl.Series | None = None) -> pl.Series:
    """What granting each row on a date takes: int64, named "cost"; null when the points are unknown.

    Money: cents a year, (points - points held) x the part that partial budgets leave x the value of a point.
    Places and cases: 1 each. `part`: what `partials.share` gave, when it is known already.
    Raises `TableFault` when a request holds more points than it asks.
    """
    if programme.resource != "money":
        return pl.repeat(1, table.height, eager=True, dtype=pl.Int64).alias("cost")
    part = share(table, programme, on) if part is None else part
    # Whole millionths of a point, ten-thousandths of a share: every product below is exact in 64 bits.
    micro_points = _millionths("points") - _millionths("points_held").fill_null(0)
    whole = micro_points * (part * _PARTS).round().cast(pl.Int64) * cents_per_point(programme, on)
    unit = _MILLION * _PARTS
    costs = table.select(((whole + unit // 2) // unit).alias("cost")).to_series()
    _refuse_negative(table, costs)
    return costs


def _millionths(column: str) -> pl.Expr:
    return (pl.col(column) * _MILLION).round().cast(pl.Int64)


def _refuse_negative(table: pl.DataFrame, costs: pl.Series) -> None:
    if (costs < 0).any():
        row = table.filter(costs < 0)
        raise TableFault(
            f"Request {row.item(0, 'id')} holds {row.item(0, 'points_held')} points and asks "
            f"{row.item(0, 'points')}: expected at least as many as it holds."
        )
