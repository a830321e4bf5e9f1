"""The priority group and the priority date of a request, by the dated rules of its programme."""

from datetime import date

import polars as pl

from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.tables import on_date, run
from veerkracht.rulebook.types import Programme


def priority_group(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series:
    """The group that the criteria of a date give, provisional until a person decides: int64, named "group".

    Null where a fact that the criteria need is unknown. The table holds the facts of an assessment.
    """
    rule = value_on(programme.group_rules, on, f"rule for the priority group of {programme.id}")
    found = run(on_date(table, on), rule.rule, f"The rule for the priority group {rule.id}")
    return found.cast(pl.Int64).alias("group")


def priority_date(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series:
    """The date that decides the order inside a group, by the rule of a date: named "priority_date"."""
    rule = value_on(programme.priority_date_rules, on, f"rule for the priority date of {programme.id}")
    found = run(on_date(table, on), rule.rule, f"The rule for the priority date {rule.id}")
    return found.cast(pl.Date).alias("priority_date")
