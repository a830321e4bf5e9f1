"""From text columns to values: every cell that can't be read is a fault with line, field, found and expected."""

import polars as pl

from veerkracht.register.care.exchange.faults import Faults
from veerkracht.register.care.exchange.fields import FIELDS


def parse(text: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Typed columns of all rows, bad cells null. Which lines are bad is in `faults.lines`."""
    values = text.select(
        "line",
        *(field.parse(_filled(field.name, field.default)).alias(field.name) for field in FIELDS),
    )
    for field in FIELDS:
        unread = text.filter(text[field.name].is_not_null() & values[field.name].is_null())
        faults.add_rows(unread, field.name, field.expected)
        if field.required:
            empty = text.filter(pl.col(field.name).is_null())
            faults.add_rows(empty, field.name, field.expected)
    return values


def _filled(name: str, default: str | None) -> pl.Expr:
    return pl.col(name) if default is None else pl.col(name).fill_null(default)
