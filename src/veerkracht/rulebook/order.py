"""Who is before whom: total, and the same for the same facts in whatever sequence the rows come."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.errors import RuleFault, TableFault
from veerkracht.rulebook.ranking import Positions, as_filed, rank
from veerkracht.rulebook.tables import on_date
from veerkracht.rulebook.types import Order, Programme

# Millionths: care points are published with six decimals.
DECIMALS = 1_000_000
_LAST = np.iinfo(np.int64).max


def order_on(programme: Programme, on: date) -> Order:
    """The order that holds on a date."""
    return value_on(programme.orders, on, f"order of {programme.id}")


def key_columns(table: pl.DataFrame, programme: Programme, on: date) -> NDArray[np.int64]:
    """What rows are compared by: int64, one row a request, one column a key, the most important first.

    Dates are days since 1970-01-01, numbers millionths, descending keys negated. What is unknown, and a
    priority group of 0 (none yet), comes last whatever the direction. The last column is always the id.
    """
    prepared = on_date(table, on)
    keys = order_on(programme, on).by
    columns = [key_column(prepared, key) for key in keys]
    return (
        np.ascontiguousarray(np.stack(columns, axis=1)) if columns else np.empty((table.height, 0), np.int64)
    )


def positions(
    table: pl.DataFrame, programme: Programme, on: date, start: Positions | None = None
) -> Positions:
    """The row numbers of the table in order: the first element is the row of who is first."""
    keys = key_columns(table, programme, on)
    return np.asarray(rank(keys, as_filed(table.height) if start is None else start), dtype=np.int64)


def order(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series:
    """The place of each row in the whole table, 1 for the first: int64, named "place"."""
    rows = positions(table, programme, on)
    places = np.empty(table.height, dtype=np.int64)
    places[rows] = np.arange(1, table.height + 1)
    return pl.Series("place", places)


def key_column(table: pl.DataFrame, key: str) -> NDArray[np.int64]:
    """One key of an order ("-" before it for descending) as whole numbers; what is unknown comes last.

    Raises `TableFault` when the table has no such column, `RuleFault` when it has no order.
    """
    name = key.removeprefix("-")
    if name not in table.columns:
        raise TableFault(f"The order needs the column {name}, and the table of requests has no such column.")
    values = _whole_numbers(table.get_column(name))
    if name == "priority_group":
        values = values.replace(0, None)
    if key.startswith("-"):
        values = -values
    return values.fill_null(_LAST).to_numpy()


def _whole_numbers(values: pl.Series) -> pl.Series:
    kind = values.dtype
    if kind == pl.Date:
        return values.cast(pl.Int32).cast(pl.Int64)
    if kind.is_float():
        return (values.fill_nan(None) * DECIMALS).round().cast(pl.Int64)
    if kind.is_integer() or kind == pl.Boolean:
        return values.cast(pl.Int64)
    raise RuleFault(
        f"The order can't use the column {values.name}: it holds text, expected dates or numbers."
    )
