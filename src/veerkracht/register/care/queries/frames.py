"""From database to columns: what a select gives as a polars frame, a million rows in seconds.

The database writes each row as one line of text and polars reads the lines at once: no Python object per cell. It goes
over Django's own connection, so it sees the open transaction. (A reader with an SQLite library of its own would be
faster still, but closing its file drops the locks that Python's SQLite holds on it in the same process.)
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection

# ASCII's own separator of fields: no code, number or date has it in it.
SEPARATOR = "\x1f"
NOT_SET = "\x1e"
_LINES = 100_000
_READ_AS = {pl.Boolean: pl.Int8(), pl.Datetime: pl.String()}


@dataclass(frozen=True)
class Out:
    """A column of the result: the SQL that gives it and the type it has in the frame.

    Only for codes, numbers, dates and flags, never for text that people write. Empty text is read as empty,
    `nullable_text` tells it apart from null.
    """

    name: str
    sql: str
    dtype: pl.DataType
    nullable_text: bool = False


def frame(columns: Sequence[Out], rest: str, parameters: Sequence[Any] = (), *, by: str = "") -> pl.DataFrame:
    """The rows of `SELECT columns rest` (rest begins with FROM), with the given columns and types.

    `by`: the column by which they are in sequence; without it in any.
    """
    # SQLite then walks the table as it lies on disk; PostgreSQL would sort the whole in files, polars sorts in memory.
    in_database = connection.vendor == "sqlite" and by
    if in_database:
        rest += " ORDER BY " + next(column.sql for column in columns if column.name == by)
    parts = [_parsed(columns, lines) for lines in _lines(_select(columns, rest), parameters) if lines]
    found = pl.concat(parts) if parts else pl.DataFrame(schema={c.name: c.dtype for c in columns})
    return found.sort(by) if by and not in_database else found


def _select(columns: Sequence[Out], rest: str) -> str:
    # A percent sign is doubled: Django and psycopg fill in parameters.
    pattern = SEPARATOR.join(["%%s"] * len(columns))
    function = "format" if connection.vendor == "postgresql" else "printf"
    return f"SELECT {function}('{pattern}', {', '.join(map(_expression, columns))}) {rest}"


def _expression(column: Out) -> str:
    if column.dtype == pl.Boolean:
        return f"CAST({column.sql} AS integer)"
    if column.dtype == pl.Datetime and connection.vendor == "postgresql":
        return f"to_char({column.sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return f"coalesce({column.sql}, '{NOT_SET}')" if column.nullable_text else column.sql


def _lines(select: str, parameters: Sequence[Any]) -> Iterator[bytes]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY ({select}) TO STDOUT", tuple(parameters)) as copy:
                yield b"".join(copy)
            return
        # Always with parameters: without them Django leaves the doubled percent signs as they are.
        cursor.execute(f"{select} LIMIT %s", [*parameters, -1])
        while rows := cursor.fetchmany(_LINES):
            yield "\n".join([line for (line,) in rows]).encode()


def _parsed(columns: Sequence[Out], lines: bytes) -> pl.DataFrame:
    read = pl.read_csv(
        io.BytesIO(lines),
        separator=SEPARATOR,
        has_header=False,
        quote_char=None,
        schema={c.name: _READ_AS.get(c.dtype.base_type(), c.dtype) for c in columns},
    )
    return read.select(_value(column) for column in columns)


def _value(column: Out) -> pl.Expr:
    cell = pl.col(column.name)
    if column.dtype == pl.Boolean:
        return cell.cast(pl.Boolean)
    if column.dtype == pl.Datetime:
        return cell.str.to_datetime("%Y-%m-%d %H:%M:%S%.f", time_zone="UTC")
    if column.dtype == pl.String:
        text = cell.fill_null("")
        return pl.when(text != NOT_SET).then(text).alias(column.name) if column.nullable_text else text
    return cell
