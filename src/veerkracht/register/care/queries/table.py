"""What the rulebook's table is made of: its columns, and where each of them stands in the database."""

import polars as pl

from veerkracht.register.care.queries.frames import Out

# In the table's order. `as_of` gives the same columns, folded from the steps.
COLUMNS = (
    Out("id", "r.id", pl.Int64()),
    Out("person", "r.person_id", pl.Int64()),
    Out("bundle", "coalesce(r.bundle, r.id)", pl.Int64()),
    Out("kind", "r.kind", pl.String()),
    Out("state", "r.state", pl.String()),
    Out("request_date", "r.request_date", pl.Date()),
    Out("birth_date", "p.birth_date", pl.Date()),
    Out("area", "r.area", pl.String()),
    Out("recognised", "r.recognised", pl.Boolean()),
    Out("plan_approved_on", "r.plan_approved_on", pl.Date()),
    Out("complete", "r.complete", pl.Boolean()),
    Out("converted", "r.converted", pl.Boolean()),
    Out("register_date", "r.register_date", pl.Date()),
    Out("priority_group", "r.priority_group", pl.Int64()),
    Out("priority_date", "r.priority_date", pl.Date()),
    Out("route", "r.route", pl.String()),
    Out("scheme", "r.scheme", pl.String()),
    Out("category", "r.category", pl.String()),
    Out("points", "r.points", pl.Float64()),
    Out("points_held", "r.points_held", pl.Float64()),
    Out("partial", "r.partial", pl.Boolean()),
)
NAMES = tuple(column.name for column in COLUMNS)
# What a list shows beside them.
SHOWN = (Out("number", "r.number", pl.String()), Out("respond_by", "r.respond_by", pl.Date()))
