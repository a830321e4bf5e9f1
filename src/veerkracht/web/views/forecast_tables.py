"""The tables of a programme that hands out in rounds: money, and when turns are likely."""

from typing import Any

import polars as pl
from django.utils.translation import gettext

from veerkracht.forecast import Forecast
from veerkracht.web import words
from veerkracht.web.views.forecast_headlines import Cells, Range, last_day
from veerkracht.web.views.forecast_parts import Pair


def names_of(one: Forecast) -> list[str]:
    """The series that are told first: the list, each group, and who has a budget."""
    id = one.programme.id
    groups = (f"{id}.waiting.{group.id}" for group in one.programme.groups)
    return [f"{id}.waiting.total", *groups, f"{id}.holders"]


def money(one: Forecast) -> list[tuple[int, Cells]]:
    """For each whole year (the first: since the start) what came, came free, was used and was left."""
    labels = {
        "growth": gettext("New money"),
        "freed": gettext("Came free"),
        "used": gettext("Used for new budgets"),
        "left": gettext("Left at the end"),
    }
    rows = one.money().filter(pl.col("year") <= last_day(one).year).iter_rows(named=True)
    return [(row["year"], [(label, _money(row, name)) for name, label in labels.items()]) for row in rows]


def _money(row: dict[str, float], name: str) -> Range:
    return Range(_euro(row[name]), _euro(row[f"{name}_p10"]), _euro(row[f"{name}_p90"]))


def _euro(value: float) -> str:
    return words.money_short(round(value * 100))


def turns(pair: Pair) -> list[tuple[Any, list[dict[str, Any]]]]:
    """For each group the rows of `Forecast.turn_by_priority_date`, with those of the other plan as `other`."""
    other = {}
    if pair.against:
        rows = pair.against.turn_by_priority_date().iter_rows(named=True)
        other = {(row["priority_group"], row["year"]): row for row in rows}
    found = list(pair.one.turn_by_priority_date().iter_rows(named=True))
    return [
        (
            group,
            [
                {**row, "other": other.get((group.number, row["year"]))}
                for row in found
                if row["priority_group"] == group.number
            ],
        )
        for group in pair.one.programme.groups
    ]
