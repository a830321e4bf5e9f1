"""The list on a day, as known on a day: folded from the steps, in columns."""

import hashlib
import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import get_ident

import polars as pl
from django.utils.timezone import make_aware

from veerkracht.register.care import steps
from veerkracht.register.care.queries.frames import Out, frame
from veerkracht.register.care.queries.freshness import fingerprint, folder, may_keep, tidy
from veerkracht.register.care.queries.table import NAMES
from veerkracht.register.clock import today
from veerkracht.register.people.moves import area_on_day

TYPES: dict[str, pl.DataType] = {
    "state": pl.String(),
    "request_date": pl.Date(),
    "priority_group": pl.Int64(),
    "priority_date": pl.Date(),
    "route": pl.String(),
    "scheme": pl.String(),
    "category": pl.String(),
    "points": pl.Float64(),
    "points_held": pl.Float64(),
    "partial": pl.Boolean(),
    "recognised": pl.Boolean(),
    "plan_approved_on": pl.Date(),
    "complete": pl.Boolean(),
    "converted": pl.Boolean(),
    "register_date": pl.Date(),
    "bundle": pl.Int64(),
    "respond_by": pl.Date(),
}
STEPS = (
    Out("request_id", "s.request_id", pl.Int64()),
    Out("id", "s.id", pl.Int64()),
    Out("kind", "s.kind", pl.String()),
    Out("holds_from", "s.holds_from", pl.Date()),
    Out("recorded_at", "s.recorded_at", pl.Datetime("us", "UTC")),
    # Empty text is something that a step sets; null is what it doesn't set.
    *(Out(name, f"s.{name}", TYPES[name], TYPES[name] == pl.String) for name in steps.FOLDED),
)
# What a request is from its first day to its last.
FIXED = (
    Out("id", "r.id", pl.Int64()),
    Out("number", "r.number", pl.String()),
    Out("person", "r.person_id", pl.Int64()),
    Out("kind", "r.kind", pl.String()),
    Out("birth_date", "p.birth_date", pl.Date()),
)
_KEPT = 12


def snapshot(programme_id: str, on: date | None = None, known: date | None = None) -> pl.DataFrame:
    """All requests that existed on `on` (default: today), as known at the moment or the end of the day `known`
    (default: now).

    One row a request, by id: the columns of the rulebook's table, and `number` and `respond_by`; `area` is where the
    person lived then. A day's list takes a while to fold, so it is kept on disk until another step or move is recorded.
    """
    on = on or today()
    if not may_keep():
        return _folded(programme_id, on, known)
    file = _file(programme_id, on, known)
    if not file.exists():
        _keep(_folded(programme_id, on, known), file)
    return pl.read_parquet(file)


def _folded(programme_id: str, on: date, known: date | None) -> pl.DataFrame:
    moment = None if known is None else _moment(known)
    folded = steps.fold(all_steps(programme_id), on, moment)
    lived, parameters = area_on_day(on, moment)
    requests = frame(
        (*FIXED, Out("area", lived, pl.String())),
        "FROM care_request r JOIN people_person p ON p.id = r.person_id WHERE r.programme = %s",
        [*parameters, programme_id],
        by="id",
    )
    return (
        requests.join(folded, left_on="id", right_on="request_id", how="inner", maintain_order="left")
        .with_columns(pl.coalesce("bundle", "id").alias("bundle"))
        .select(*NAMES, "number", "respond_by")
    )


def all_steps(programme_id: str) -> pl.DataFrame:
    """Every step of a programme's requests, as `steps.fold` reads them."""
    return frame(
        STEPS,
        "FROM care_step s JOIN care_request r ON r.id = s.request_id WHERE r.programme = %s",
        [programme_id],
    )


def _moment(day: date) -> datetime:
    """A moment as it is, of a day its last one in the region's time zone."""
    if isinstance(day, datetime):
        return day.astimezone(UTC)
    midnight = make_aware(datetime.combine(day + timedelta(days=1), time()))
    return midnight.astimezone(UTC) - timedelta(microseconds=1)


def _file(programme_id: str, on: date, known: date | None) -> Path:
    key = hashlib.sha256(repr((programme_id, on, known, fingerprint())).encode()).hexdigest()
    return folder("as-of") / f"{programme_id}-{on}-{key[:24]}.parquet"


def _keep(table: pl.DataFrame, file: Path) -> None:
    # Not named .parquet until it is whole.
    draft = file.with_suffix(f".{os.getpid()}-{get_ident()}")
    table.write_parquet(draft)
    draft.replace(file)
    tidy(file.parent, _KEPT)
