"""Whom the public figures count: read from the register, on a day, as known at a moment."""

from datetime import date, datetime

import polars as pl

from veerkracht import region
from veerkracht.register.care.queries.as_of import snapshot
from veerkracht.register.care.queries.frames import Out, frame
from veerkracht.register.disclosure.ages import age_band
from veerkracht.register.people.moves import area_on_day
from veerkracht.register.published.tables import HELPED, WAITING
from veerkracht.rulebook.tables import on_date

_ROW = ("measure", "person", "area", "group", "age")


def rows_on(programme_id: str, on: date, known: datetime | None = None) -> pl.DataFrame:
    """One row for each request that waits and each person who is helped at the end of a day: measure, person, area,
    group ("0": none) and age band. The area is where they lived then; who lived outside the region is left out.
    """
    rows = pl.concat([_waiting(programme_id, on, known), _helped(programme_id, on, known)])
    codes = region.current().areas.get_column("code").to_list()
    return rows.filter(pl.col("area").is_in(codes)).sort(_ROW)


def _waiting(programme_id: str, on: date, known: datetime | None) -> pl.DataFrame:
    table = snapshot(programme_id, on, known).filter(pl.col("state") == WAITING)
    return _rows(table, WAITING, pl.col("priority_group").fill_null(0).cast(pl.String), on)


def _helped(programme_id: str, on: date, known: datetime | None) -> pl.DataFrame:
    lived, parameters = area_on_day(on, known, person="p.id", now="p.area")
    columns = (
        Out("person", "p.id", pl.Int64()),
        Out("birth_date", "p.birth_date", pl.Date()),
        Out("area", lived, pl.String()),
    )
    running = (
        "FROM care_budget b JOIN people_person p ON p.id = b.person_id "
        "WHERE b.programme = %s AND b.from_date <= %s AND (b.ended_on IS NULL OR b.ended_on >= %s)"
    )
    table = frame(columns, running, [*parameters, programme_id, on, on])
    return _rows(table, HELPED, pl.lit("0"), on)


def _rows(table: pl.DataFrame, measure: str, group: pl.Expr, on: date) -> pl.DataFrame:
    return on_date(table, on).select(
        pl.lit(measure).alias("measure"),
        "person",
        "area",
        group.alias("group"),
        age_band(pl.col("age")).alias("age"),
    )
