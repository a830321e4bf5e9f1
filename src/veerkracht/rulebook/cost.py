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
    return _cost(table, programme, on, pl.Series("share", [1.0]).new_from_index(0, table.height))


def cost(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series:
    """What granting each row on a date takes: int64, named "cost"; null when the points are unknown.

    Money: cents a year, (points - points held) x the part that partial budgets leave x the value of a point.
    Places and cases: 1 each. Raises `TableFault` when a request holds more points than it asks.
    """
    return _cost(table, programme, on, share(table, programme, on))


def _cost(table: pl.DataFrame, programme: Programme, on: date, part: pl.Series) -> pl.Series:
    if programme.resource != "money":
        return pl.Series("cost", [1], dtype=pl.Int64).new_from_index(0, table.height)
    held = pl.col("points_held").fill_null(0.0)
    # Whole millionths of a point, ten-thousandths of a share: every product below is exact in 64 bits.
    micro_points = ((pl.col("points") - held) * _MILLION).round().cast(pl.Int64)
    parts = (pl.lit(part) * _PARTS).round().cast(pl.Int64)
    whole = micro_points * cents_per_point(programme, on) * parts
    unit = _MILLION * _PARTS
    costs = table.select(((whole + unit // 2) // unit).alias("cost"), micro_points.alias("points"))
    negative = table.filter(costs.get_column("points") < 0)
    if negative.height:
        raise TableFault(
            f"Request {negative.item(0, 'id')} holds {negative.item(0, 'points_held')} points and asks "
            f"{negative.item(0, 'points')}: expected at least as many as it holds."
        )
    return costs.get_column("cost")
