"""Whom the public figures count: read from the register, on a day, as known at a moment."""

from datetime import date, datetime

import polars as pl
from django.db.models import Q

from veerkracht import region
from veerkracht.register.care.models import Budget
from veerkracht.register.care.queries.as_of import snapshot
from veerkracht.register.disclosure.ages import age_band
from veerkracht.register.published.tables import HELPED, WAITING
from veerkracht.rulebook.tables import on_date

_ROW = ("measure", "person", "area", "group", "age")


def rows_on(programme_id: str, on: date, known: datetime | None = None) -> pl.DataFrame:
    """One row for each request that waits and each person who is helped at the end of a day: measure, person, area,
    group ("0": none) and age band. Who lives outside the region is left out.
    """
    rows = pl.concat([_waiting(programme_id, on, known), _helped(programme_id, on)])
    codes = region.current().areas.get_column("code").to_list()
    return rows.filter(pl.col("area").is_in(codes)).sort(_ROW)


def _waiting(programme_id: str, on: date, known: datetime | None) -> pl.DataFrame:
    table = snapshot(programme_id, on, known).filter(pl.col("state") == WAITING)
    return _rows(table, WAITING, pl.col("priority_group").fill_null(0).cast(pl.String), on)


def _helped(programme_id: str, on: date) -> pl.DataFrame:
    running = Budget.objects.filter(Q(ended_on=None) | Q(ended_on__gte=on), programme=programme_id)
    found = running.filter(from_date__lte=on).values_list("person_id", "person__area", "person__birth_date")
    table = pl.DataFrame(
        list(found), {"person": pl.Int64, "area": pl.String, "birth_date": pl.Date}, orient="row"
    )
    return _rows(table, HELPED, pl.lit("0"), on)


def _rows(table: pl.DataFrame, measure: str, group: pl.Expr, on: date) -> pl.DataFrame:
    return on_date(table, on).select(
        pl.lit(measure).alias("measure"),
        "person",
        "area",
        group.alias("group"),
        age_band(pl.col("age")).alias("age"),
    )
