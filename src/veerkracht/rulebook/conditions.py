"""Who may be helped: one column a condition, never one anonymous "eligible"."""

from datetime import date

import polars as pl

from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.tables import on_date, run
from veerkracht.rulebook.types import Programme

PREFIX = "condition."


def conditions(table: pl.DataFrame, programme: Programme, on: date) -> pl.DataFrame:
    """The table with a boolean column `condition.<id>` for each condition that holds on a date.

    True: met. False: not met. Null: unknown, because a fact is missing; that counts as not met, and is
    reported as unknown. Conditions are about the facts of a request; where it stands in a list is not one.
    """
    prepared = on_date(table, on)
    results = [
        run(prepared, condition.rule, f"The condition {condition.id}").alias(PREFIX + condition.id)
        for condition in all_on(programme.conditions, on)
    ]
    return prepared.with_columns(results)


def eligible(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series:
    """Whether all conditions that hold on a date are met: a boolean without nulls, named "eligible"."""
    checked = conditions(table, programme, on).with_columns(all_met(programme, on).alias("eligible"))
    return checked.get_column("eligible")


def all_met(programme: Programme, on: date) -> pl.Expr:
    """Whether all conditions are met, over the table that `conditions` gave."""
    names = [PREFIX + condition.id for condition in all_on(programme.conditions, on)]
    return pl.all_horizontal(pl.lit(value=True), *(pl.col(name).fill_null(value=False) for name in names))
