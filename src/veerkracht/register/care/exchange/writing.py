"""Writes the good rows of a file: persons, requests and their steps, in the transaction that checked them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db import connection

from veerkracht.register import clock
from veerkracht.register.care.models import ImportedRow, Request, Step
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import search_name

_BATCH = 5_000
# From so many rows on the databases' statistics are worth renewing: without them lists are planned badly.
_MANY = 10_000

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
    added = _write_persons(rows, persons)
    at = clock.now()
    bundles: dict[str, int] = {}
    done = 0
    for some in rows.iter_slices(_BATCH):
        batch = list(some.iter_rows(named=True))
        requests = _write_requests(batch, persons, bundles, programme_id, at)
        Step.objects.bulk_create(_steps(batch, requests, by, at), batch_size=_BATCH)
        ImportedRow.objects.bulk_create(
            [
                ImportedRow(
                    programme=programme_id,
                    reference=row["reference"],
                    person_reference=row["person"],
                    request=request,
                    content=row["content"],
                    file=file,
                )
                for row, request in zip(batch, requests, strict=True)
            ]
        )
        done += len(batch)
        if tick:
            tick(done, rows.height)
    if rows.height >= _MANY:
        _renew_statistics()
    return rows.height, added


def _write_persons(rows: pl.DataFrame, persons: dict[str, int]) -> int:
    """Make the persons that are new, and put their ids in `persons`."""
    new = rows.unique("person", keep="first", maintain_order=True).filter(
        ~pl.col("person").is_in(list(persons))
    )
    for some in new.iter_slices(_BATCH):
        batch = list(some.iter_rows(named=True))
        made = Person.objects.bulk_create(
            Person(
                number=number,
                given_name=row["given_name"],
                family_name=row["family_name"],
                search_name=search_name(row["given_name"], row["family_name"]),
                birth_date=row["birth_date"],
                area=row["area"],
                language=row["language"],
            )
            for number, row in zip(numbers.take(numbers.PERSON, len(batch)), batch, strict=True)
        )
        persons.update((row["person"], person.pk) for row, person in zip(batch, made, strict=True))
    return new.height


def _write_requests(
    batch: list[dict[str, Any]],
    persons: dict[str, int],
    bundles: dict[str, int],
    programme_id: str,
    at: datetime,
) -> list[Request]:
    taken = numbers.take(numbers.REQUEST, len(batch))
    requests = Request.objects.bulk_create(
        Request(
            number=number,
            person_id=persons[row["person"]],
            programme=programme_id,
            kind=row["kind"],
            state=row["state"],
            live=True,
            request_date=row["request_date"],
            area=row["area"],
            points_held=row["points_held"],
            converted=row["converted"],
            register_date=row["register_date"],
            version=1,
            updated_at=at,
            **_set(row),
        )
        for number, row in zip(taken, batch, strict=True)
    )
    _bundle(batch, requests, bundles)
    return requests


def _bundle(batch: list[dict[str, Any]], requests: list[Request], bundles: dict[str, int]) -> None:
    """A bundle is named by the id of its first request."""
    bundled = []
    for row, request in zip(batch, requests, strict=True):
        if row["bundle"] is not None:
            request.bundle = bundles.setdefault(row["bundle"], request.pk)
            bundled.append(request)
    Request.objects.bulk_update(bundled, ["bundle"], batch_size=500)


def _set(row: dict[str, Any]) -> dict[str, Any]:
    """What the file knows of a request, with the register's values for what it doesn't."""
    empty = {"priority_group": 0, "route": "", "scheme": "", "category": "", "points": 0}
    return {name: empty.get(name) if row[name] is None else row[name] for name in _KNOWN}


def _steps(batch: list[dict[str, Any]], requests: list[Request], by: Actor, at: datetime) -> Iterator[Step]:
    """Two steps for each request: it was asked, and later taken over as it stood in the file."""
    for row, request in zip(batch, requests, strict=True):
        said = {
            "request": request,
            "recorded_at": at,
            "by_id": by.user_id,
            "by_name": by.name,
            "role": by.role,
        }
        yield Step(
            kind=Step.Kind.ASKED,
            holds_from=row["request_date"],
            reason="import",
            state="asked",
            request_date=row["request_date"],
            points_held=row["points_held"],
            converted=row["converted"] or None,
            register_date=row["register_date"],
            bundle=request.bundle,
            **said,
        )
        known = {name: row[name] for name in _KNOWN if row[name] not in (None, False)}
        if known or row["state"] != "asked":
            yield Step(
                kind=Step.Kind.TAKEN_OVER,
                holds_from=_since(row),
                reason="import",
                state=row["state"] if row["state"] != "asked" else None,
                **known,
                **said,
            )


def _since(row: dict[str, Any]) -> date:
    """A file says where a request stands, not since when: taken to be since its priority date, or the request."""
    return max(row["request_date"], row["priority_date"] or row["request_date"])


def _renew_statistics() -> None:
    with connection.cursor() as cursor:
        for table in ("people_person", "care_request", "care_step"):
            cursor.execute(f"ANALYZE {table}")
