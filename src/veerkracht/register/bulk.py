"""Writes whole tables into the database at once: COPY on PostgreSQL, one statement for many rows on SQLite."""

import io
from collections.abc import Callable, Sequence

import polars as pl
from django.db import connection, models

_BATCH = 20_000
Tick = Callable[[int], None]


def write(model: type[models.Model], frame: pl.DataFrame, tick: Tick = lambda done: None) -> None:
    """Add the rows of a frame, whose columns are named as the model's fields (a foreign key as its column).

    Dates are Date, moments are Datetime in UTC, points are millionths named as the field. What the frame lacks gets the
    field's default. Only inside a transaction; raises `IntegrityError` when a row breaks a rule of the database.
    """
    frame = _with_defaults(model, frame)
    if connection.vendor == "postgresql":
        _copy(model, frame, tick)
    else:
        _insert(model, frame, tick)


def _with_defaults(model: type[models.Model], frame: pl.DataFrame) -> pl.DataFrame:
    missing = [
        pl.lit(field.get_default()).alias(field.column)
        for field in model._meta.local_concrete_fields
        if field.column not in frame.columns and not field.primary_key and field.has_default()
    ]
    return frame.with_columns(missing)


def _copy(model: type[models.Model], frame: pl.DataFrame, tick: Tick) -> None:
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    statement = f"COPY \"{model._meta.db_table}\" ({columns}) FROM STDIN WITH (FORMAT csv, NULL '\\N')"
    # Django doesn't know of COPY, so it is asked to turn the driver's errors into its own.
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.cursor.copy(statement) as copy,
    ):
        for part in frame.iter_slices(_BATCH):
            text = io.BytesIO()
            part.write_csv(
                text, include_header=False, null_value="\\N", quote_style="non_numeric", datetime_format="%+"
            )
            copy.write(text.getvalue())
            tick(part.height)


def _insert(model: type[models.Model], frame: pl.DataFrame, tick: Tick) -> None:
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    marks = ", ".join(["%s"] * frame.width)
    statement = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'  # noqa: S608  our own tables  # nosec B608
    with connection.cursor() as cursor:
        for part in frame.iter_slices(_BATCH):
            cursor.executemany(statement, _as_text(part).rows())
            tick(part.height)


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Dates and moments as SQLite keeps them."""
    return frame.with_columns(
        pl.col(pl.Date).dt.to_string("%Y-%m-%d"),
        pl.selectors.datetime().dt.to_string("%Y-%m-%d %H:%M:%S%.6f"),
        pl.col(pl.Boolean).cast(pl.Int8),
    )


def numbers_follow(models_: Sequence[type[models.Model]]) -> None:
    """Let what is added later get the next id: PostgreSQL counts by itself, and did not see ours."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_):
            cursor.execute(statement)


def next_ids(model: type[models.Model], count: int) -> pl.Series:
    """Ids for so many new rows, that nobody else gets: Int64, rising. Only inside a transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            found = sorted(id for (id,) in cursor.fetchall())
            return pl.Series("id", found, dtype=pl.Int64)
        # On SQLite a transaction is the only writer from its first line on.
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
    return pl.int_range(last + 1, last + 1 + count, dtype=pl.Int64, eager=True).alias("id")
