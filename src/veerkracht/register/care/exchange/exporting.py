"""Export: the list as a file that import accepts; and steps, budgets and rounds for who works on with them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from veerkracht.register import clock
from veerkracht.register.care.access import list_requests
from veerkracht.register.care.exchange import fields
from veerkracht.register.care.models import ON_LIST, Budget, RoundLine, Step
from veerkracht.register.care.queries.columns import list_table
from veerkracht.register.care.queries.filters import ListFilters, in_columns
from veerkracht.register.care.queries.seen import OF_BUDGET, OF_ROUND_LINE, OF_STEP, seen
from veerkracht.register.care.steps import FOLDED
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import scope
from veerkracht.rulebook.types import Text

FORMATS = ("csv", "parquet")


@dataclass(frozen=True)
class Exported:
    """`rows` without the header. `file`: where they were written."""

    what: str
    rows: int
    file: Path


def export_file(
    path: Path,
    *,
    by: Actor,
    programme: str,
    what: str = "requests",
    format: str = "",
    on: date | None = None,
    known: date | None = None,
) -> Exported:
    """Write requests (the list), steps, budgets or rounds to a file; the export is logged.

    `format`: csv or parquet; by default what the file's name ends in, else csv. `on`, `known`: the list of that day, as
    known on that day; steps up to then. Nothing half-written is left. Raises `Refused` and `Invalid`.
    """
    write = _writer(format or (path.suffix.lstrip(".") if path.suffix.lstrip(".") in FORMATS else "csv"))
    _check_what(what, on, known)
    detail = {
        "what": what,
        "file": path.name,
        "on": on and on.isoformat(),
        "known": known and known.isoformat(),
    }
    list_requests(by, programme, verb="export", detail=detail)
    table = KINDS[what](by, programme, on, known)
    _write_whole(path, lambda draft: write(table, draft))
    return Exported(what, table.height, path)


def _check_what(what: str, on: date | None, known: date | None) -> None:
    if what not in KINDS:
        raise _no_choice("what", what, KINDS)
    if what in ("budgets", "rounds") and (on or known):
        raise Invalid(
            Text(
                nl=f"“{what}” kan alleen zoals het nu is; een dag kan bij requests en steps.",
                en=f"“{what}” is exported as it stands; a day goes with requests and steps.",
            ),
            "on",
        )


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file beside `path` that takes its place when all of it is there; else nothing of it is left."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        # For its owner's eyes, whatever the machine gives to new files.
        draft.touch(mode=0o600)
        write(draft)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        # Polars gives its errors no `strerror`.
        why = error.strerror or str(error).split(" (os error")[0]
        raise Invalid(
            Text(
                nl=f"{path} kan niet geschreven worden: {why}.",
                en=f"{path} can't be written: {why}.",
            ),
            "out",
        ) from error


def export_csv(actor: Actor, filters: ListFilters) -> bytes:
    """The filtered list as CSV, in order; the export is logged. For the list page. Raises `Refused`."""
    detail = {"filters": repr(filters)}
    list_requests(actor, filters.programme, verb="export", detail=detail)
    table = list_table(filters.programme, filters.on, filters.known, filters.all_states)
    table = seen(table, actor, filters.programme, "request.export")
    found = in_columns(table, filters, clock.today()).sort(
        "priority_group", "priority_date", "id", nulls_last=True
    )
    return guarded(_as_fields(found)).write_csv().encode()


def list_of(programme_id: str, on: date | None = None, known: date | None = None) -> pl.DataFrame:
    """The list in the columns of an import file, as text, by number.

    Only who asks or waits: what was granted came about by a decision with money behind it, and no file brings that.
    """
    return _as_fields(list_table(programme_id, on, known, ON_LIST))


def _requests(actor: Actor, programme: str, on: date | None, known: date | None) -> pl.DataFrame:
    return _as_fields(seen(list_table(programme, on, known, ON_LIST), actor, programme, "request.export"))


def guarded(table: pl.DataFrame) -> pl.DataFrame:
    """Text that a spreadsheet would run as a formula is kept from it."""
    return table.with_columns(
        fields.guarded(name) for name, kind in table.schema.items() if kind == pl.String
    )


def _as_fields(table: pl.DataFrame) -> pl.DataFrame:
    several = pl.len().over("bundle") > 1
    shown = table.join(_people(table), on="person", how="left", maintain_order="left").select(
        pl.col("number").alias("reference"),
        pl.col("person_number").alias("person"),
        "given_name",
        "family_name",
        "birth_date",
        "area",
        "language",
        "kind",
        "request_date",
        "state",
        _yes("recognised"),
        "plan_approved_on",
        _yes("complete"),
        pl.when(pl.col("priority_group") > 0).then(pl.col("priority_group")).alias("priority_group"),
        "priority_date",
        "route",
        "scheme",
        "category",
        pl.col("points_held").round(6).cast(pl.Decimal(12, 6)),
        _yes("partial"),
        _yes("converted"),
        "register_date",
        pl.when(several).then(pl.col("number").sort_by("id").first().over("bundle")).alias("bundle"),
    )
    return shown.select(pl.col(name).cast(pl.String).fill_null("").alias(name) for name in fields.NAMES)


def _yes(name: str) -> pl.Expr:
    cell = pl.col(name)
    return pl.when(cell).then(pl.lit("yes")).when(~cell).then(pl.lit("no")).alias(name)


def _people(table: pl.DataFrame) -> pl.DataFrame:
    """Names are what people write, so they come one by one and not as lines of text."""
    ids = table.get_column("person").unique()
    columns = {
        "person": pl.Int64,
        "person_number": pl.String,
        "given_name": pl.String,
        "family_name": pl.String,
        "language": pl.String,
    }
    rows: list[tuple[Any, ...]] = []
    for some in ids.to_frame().iter_slices(20_000):
        people = Person.objects.filter(pk__in=some.get_column("person").to_list())
        rows += people.values_list("pk", "number", "given_name", "family_name", "language")
    return pl.DataFrame(rows, schema=columns, orient="row")


def _steps(actor: Actor, programme: str, on: date | None, known: date | None) -> pl.DataFrame:
    steps = Step.objects.filter(scope(actor, "request.export", OF_STEP), request__programme=programme)
    if on:
        steps = steps.filter(holds_from__lte=on)
    if known:
        steps = steps.filter(recorded_at__date__lte=known)
    names = ("kind", "holds_from", "recorded_at", "by_name", "role", "reason", "text", *FOLDED)
    return _table(steps.order_by("id"), {"request": "request__number", **{name: name for name in names}})


def _budgets(actor: Actor, programme: str, on: date | None, known: date | None) -> pl.DataFrame:
    names = (
        "kind",
        "scheme",
        "category",
        "points",
        "amount_cents",
        "from_date",
        "until_date",
        "ended_on",
        "end_reason",
    )
    columns = {"person": "person__number", "request": "request__number", **{name: name for name in names}}
    budgets = Budget.objects.filter(scope(actor, "request.export", OF_BUDGET), programme=programme)
    return _table(budgets.order_by("id"), columns)


def _rounds(actor: Actor, programme: str, on: date | None, known: date | None) -> pl.DataFrame:
    lines = RoundLine.objects.filter(
        scope(actor, "request.export", OF_ROUND_LINE), round__programme=programme
    )
    of_round = ("date", "state", "money_cents", "split_id", "prepared_at", "signed_at")
    columns = {
        "round": "round_id",
        **{name: f"round__{name}" for name in of_round},
        "prepared_by": "round__prepared_by__username",
        "signed_by": "round__signed_by__username",
        "request": "request__number",
        **{name: name for name in ("pot", "position", "cost_cents", "share", "granted", "reason")},
    }
    return _table(lines.order_by("round_id", "pot", "position", "id"), columns)


def _table(rows: Any, columns: dict[str, str]) -> pl.DataFrame:
    found = list(rows.values_list(*columns.values()))
    return pl.DataFrame(found, schema=list(columns), orient="row", infer_schema_length=None)


KINDS: dict[str, Callable[[Actor, str, date | None, date | None], pl.DataFrame]] = {
    "requests": _requests,
    "steps": _steps,
    "budgets": _budgets,
    "rounds": _rounds,
}


def _writer(format: str) -> Callable[[pl.DataFrame, Path], None]:
    if format == "csv":
        return lambda table, file: guarded(table).write_csv(file)
    if format == "parquet":
        return lambda table, file: table.write_parquet(file)
    raise _no_choice("format", format, FORMATS)


def _no_choice(field: str, found: str, known: Any) -> Invalid:
    choices = ", ".join(known)
    return Invalid(
        Text(
            nl=f"“{found}” kan niet; kies uit: {choices}.",
            en=f"There is no “{found}”; choose from: {choices}.",
        ),
        field,
    )
