"""Writes the good rows of a file: persons, requests and their steps, in the transaction that checked them."""

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
from django.db import connection

from veerkracht.register import bulk, clock
from veerkracht.register.care.models import ImportedRow, Request, Step
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import search_name

# From so many rows on the databases' statistics are worth renewing: without them lists are planned badly.
_MANY = 1_000
# What a request has when the file doesn't say.
_EMPTY = {"priority_group": 0, "route": "", "scheme": "", "category": "", "points": 0.0, "points_held": 0.0}
# What the second step of a request sets: all that the file knows of it beyond that it was asked.
_KNOWN = (
    "priority_group",
    "priority_date",
    "route",
    "scheme",
    "category",
    "points",
    "partial",
    "recognised",
    "plan_approved_on",
    "complete",
)

Tick = Callable[[int, int], None]


def write(
    rows: pl.DataFrame,
    persons: dict[str, int],
    *,
    programme_id: str,
    file: str,
    by: Actor,
    tick: Tick | None = None,
) -> tuple[int, int]:
    """Write new rows; only inside the transaction in which they were checked. Returns requests and persons added.

    Who is in `persons` (id by the file's mark) is not made again.
    """
    at = clock.now()
    new = _new_persons(rows, persons)
    requests = _requests(rows, _ids_of_persons(new, persons), programme_id, at)
    steps = _steps(requests, by, at)
    tables = (
        (Person, new.drop("mark")),
        (Request, requests.select(_REQUEST)),
        (Step, steps.with_columns(bulk.next_ids(Step, steps.height))),
        (ImportedRow, _marks(requests, file)),
    )
    count = _Count(tick, sum(table.height for _, table in tables))
    for model, table in tables:
        bulk.write(model, table, count)
    if rows.height >= _MANY:
        _renew_statistics()
    return rows.height, new.height


class _Count:
    """Adds up what several tables report, for one progress."""

    def __init__(self, tick: Tick | None, total: int):
        self._tick, self._total, self._done = tick, total, 0

    def __call__(self, more: int) -> None:
        self._done += more
        if self._tick:
            self._tick(self._done, self._total)


def _new_persons(rows: pl.DataFrame, persons: dict[str, int]) -> pl.DataFrame:
    """The persons that are not in the register, by the sequence of the file; `mark` is the file's own."""
    new = rows.unique("person", keep="first", maintain_order=True).filter(
        ~pl.col("person").is_in(list(persons))
    )
    names = zip(new["given_name"], new["family_name"], strict=True)
    searched = [search_name(given, family) for given, family in names]
    return new.select(
        bulk.next_ids(Person, new.height),
        pl.Series("number", numbers.take(numbers.PERSON, new.height), dtype=pl.String),
        "given_name",
        "family_name",
        pl.Series("search_name", searched, dtype=pl.String),
        "birth_date",
        "area",
        "language",
        pl.col("person").alias("mark"),
    )


def _ids_of_persons(new: pl.DataFrame, persons: dict[str, int]) -> pl.DataFrame:
    known = {"person": list(persons), "person_id": list(persons.values())}
    return pl.concat(
        [
            pl.DataFrame(known, schema={"person": pl.String, "person_id": pl.Int64}),
            new.select(pl.col("mark").alias("person"), pl.col("id").alias("person_id")),
        ]
    )


_REQUEST = (
    "id",
    "number",
    "person_id",
    "programme",
    "kind",
    "state",
    "live",
    "request_date",
    "area",
    "points_held",
    "converted",
    "register_date",
    "bundle",
    "version",
    "updated_at",
    *_KNOWN,
)


def _requests(rows: pl.DataFrame, persons: pl.DataFrame, programme_id: str, at: datetime) -> pl.DataFrame:
    """The rows as requests, still with the file's marks. A bundle is named by the id of its first request."""
    made = (
        rows.join(persons, on="person", how="left", maintain_order="left")
        .with_columns(
            bulk.next_ids(Request, rows.height),
            pl.Series("number", numbers.take(numbers.REQUEST, rows.height), dtype=pl.String),
            pl.col("points_held").cast(pl.Float64),
            programme=pl.lit(programme_id),
            live=pl.lit(value=True),
            version=pl.lit(1),
            updated_at=pl.lit(at.astimezone(UTC)),
        )
        .with_columns(
            bundle=pl.when(pl.col("bundle").is_not_null()).then(pl.col("id").first().over("bundle")),
            known_since=pl.max_horizontal("request_date", "priority_date"),
        )
    )
    return made.with_columns(pl.col(name).fill_null(value) for name, value in _EMPTY.items())


def _steps(requests: pl.DataFrame, by: Actor, at: datetime) -> pl.DataFrame:
    """Two steps for each request: it was asked, and was then taken over as it stood in the file.

    A file says where a request stands, not since when: it is taken to be since its priority date, or the request.
    """
    said = {
        "recorded_at": pl.lit(at.astimezone(UTC)),
        "by_id": pl.lit(by.user_id, dtype=pl.Int64),
        "by_name": pl.lit(by.name),
        "role": pl.lit(by.role),
        "reason": pl.lit("import"),
    }
    asked = requests.select(
        pl.col("id").alias("request_id"),
        pl.col("request_date").alias("holds_from"),
        pl.lit("asked").alias("state"),
        "request_date",
        "points_held",
        _set("converted", False),
        "register_date",
        "bundle",
        kind=pl.lit(Step.Kind.ASKED.value),
        **said,
    )
    empty = {**_EMPTY, "partial": False, "complete": False}
    known = requests.select(
        pl.col("id").alias("request_id"),
        pl.col("known_since").alias("holds_from"),
        _set("state", "asked"),
        *(_set(name, empty[name]) if name in empty else pl.col(name) for name in _KNOWN),
        kind=pl.lit(Step.Kind.TAKEN_OVER.value),
        **said,
    )
    says_something = pl.any_horizontal(pl.col("state", *_KNOWN).is_not_null())
    return pl.concat([asked, known.filter(says_something)], how="diagonal")


def _set(name: str, empty: object) -> pl.Expr:
    """What a step sets: nothing where the request has what it has anyway."""
    return pl.when(pl.col(name) != empty).then(pl.col(name)).alias(name)


def _marks(requests: pl.DataFrame, file: str) -> pl.DataFrame:
    return requests.select(
        bulk.next_ids(ImportedRow, requests.height),
        "programme",
        "reference",
        pl.col("person").alias("person_reference"),
        pl.col("id").alias("request_id"),
        "content",
        file=pl.lit(file),
    )


def _renew_statistics() -> None:
    with connection.cursor() as cursor:
        for table in ("people_person", "care_request", "care_step"):
            cursor.execute(f"ANALYZE {table}")
