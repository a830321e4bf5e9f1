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
    checked = conditions(table, programme, on)
    return checked.select(
        pl.all_horizontal(
            pl.lit(value=True), pl.col(f"^{PREFIX.replace('.', '[.]')}.*$").fill_null(value=False)
        ).alias("eligible")
    ).to_series()
