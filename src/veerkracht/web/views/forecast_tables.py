"""The tables of a forecast: per year, money, turns, and what it all rests on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.utils.translation import gettext

from veerkracht.forecast import Difference, Forecast
from veerkracht.forecast.inputs import Uncertain
from veerkracht.region import Measure
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.web import words

Cells = list[tuple[str, "Range"]]
_RANGE = ("p50", "p10", "p90")


@dataclass(frozen=True)
class Range:
    """A middle with the range of 8 chances in 10, as written."""

    middle: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Headline:
    """How one number ends up under the plan and, when there is another, how much that differs."""

    name: str
    one: Range
    difference: Range | None


def headlines(answer: Answer) -> list[Headline]:
    """The list, each group and the holders on the last 31 December."""
    on = last_day(answer.one)
    return [_headline(answer, name, label, on) for name, label in measures(answer.one)]


def last_day(one: Forecast) -> date:
    return max((day for day in one.records if (day.month, day.day) == (12, 31)), default=one.start)


def in_short(answer: Answer) -> str:
    """What the plan does to the whole list, in one sentence; "" without another plan."""
    if not answer.difference or not answer.against:
        return ""
    on, name = last_day(answer.one), measures(answer.one)[0][0]
    change = _at(answer.difference.series(), name, on)
    said = {"on": words.day(on), "plan": words.said(answer.against.plan.name)}
    sizes = sorted(abs(change[part]) for part in ("p10", "p90"))
    counted = {
        "count": words.number(abs(change["p50"])),
        "low": words.number(sizes[0]),
        "high": words.number(sizes[1]),
    }
    # Fewer or more is said only when 8 runs in 10 agree.
    if change["p90"] < -0.5:
        return _fewer() % {**said, **counted}
    if change["p10"] > 0.5:
        return _more() % {**said, **counted}
    return _equal() % {**said, "low": _signed(change["p10"]), "high": _signed(change["p90"])}


def _fewer() -> str:
    return gettext(
        "On %(on)s about %(count)s fewer requests wait than with “%(plan)s” (8 chances in 10: %(low)s to %(high)s "
        "fewer)."
    )


def _more() -> str:
    return gettext(
        "On %(on)s about %(count)s more requests wait than with “%(plan)s” (8 chances in 10: %(low)s to %(high)s more)."
    )


def _equal() -> str:
    return gettext(
        "On %(on)s there is no clear difference with “%(plan)s” (8 chances in 10: %(low)s to %(high)s requests)."
    )


def _headline(answer: Answer, name: str, label: str, on: date) -> Headline:
    change = _at(answer.difference.series(), name, on) if answer.difference else None
    return Headline(
        label, _range(_at(answer.one.series(), name, on)), _range(change, _signed) if change else None
    )


def measures(one: Forecast) -> list[tuple[str, str]]:
    """The numbers of the table per year, with what they are called."""
    id = one.programme.id
    groups = [(f"{id}.waiting.{group.id}", words.said(group.name)) for group in one.programme.groups]
    total = (f"{id}.waiting.total", gettext("All waiting requests"))
    return [total, *groups, (f"{id}.holders", gettext("People with a budget"))]


def _at(series: pl.DataFrame, name: str, on: date) -> dict[str, float]:
    row = series.filter((pl.col("series") == name) & (pl.col("date") == on)).select(*_RANGE)
    return row.row(0, named=True)


def _range(values: dict[str, float], write: Callable[[float], str] = words.number) -> Range:
    return Range(write(values["p50"]), write(values["p10"]), write(values["p90"]))


def _signed(value: float) -> str:
    """A difference says on which side of none it is."""
    shown = words.number(value)
    return f"+{shown}" if round(value) > 0 else shown


def per_year(of: Forecast | Difference) -> list[tuple[date, Cells]]:
    """For the start and each 31 December every one of `measures` with its range."""
    one, write = (of.one, _signed) if isinstance(of, Difference) else (of, words.number)
    named = measures(one)
    wanted = pl.col("series").is_in([name for name, _ in named])
    found = of.series().filter(wanted).select("series", "date", *_RANGE)
    values = {(row["series"], row["date"]): row for row in found.iter_rows(named=True)}
    days = [day for day in one.records if day == one.start or (day.month, day.day) == (12, 31)]
    return [(day, [(label, _range(values[name, day], write)) for name, label in named]) for day in days]


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


@dataclass(frozen=True)
class MeasureRow:
    """A measure of a plan, with its yearly amount as written and, when it is not certain, its range."""

    measure: Measure
    amount: Range


def measures_of(one: Forecast) -> list[MeasureRow]:
    return [MeasureRow(measure, _amount(measure)) for measure in one.measures]


def _amount(measure: Measure) -> Range:
    amount, assumed = words.money_short(measure.amount_cents_per_year), measure.assumption
    if assumed is None or assumed.low is None or assumed.high is None:
        return Range(amount)
    return Range(amount, _euro(assumed.low), _euro(assumed.high))


def turns(answer: Answer) -> list[tuple[Any, list[dict[str, Any]]]]:
    """For each group the rows of `Forecast.turn_by_priority_date`, with those of the other plan as `other`."""
    other = {}
    if answer.against:
        rows = answer.against.turn_by_priority_date().iter_rows(named=True)
        other = {(row["priority_group"], row["year"]): row for row in rows}
    found = list(answer.one.turn_by_priority_date().iter_rows(named=True))
    return [
        (
            group,
            [
                {**row, "other": other.get((group.number, row["year"]))}
                for row in found
                if row["priority_group"] == group.number
            ],
        )
        for group in answer.one.programme.groups
    ]


def assumptions(one: Forecast) -> list[dict[str, Any]]:
    """Every uncertain number that was drawn, with its range and what it rests on."""
    return [
        {
            "what": words.said(number.text) or number.id,
            "value": _written(number, number.value),
            "low": _written(number, number.low),
            "high": _written(number, number.high),
            "is_certain": number.low == number.high,
            "unit": gettext(number.unit) if number.unit and not _is_share(number) else "",
            "rests_on": number,
        }
        for number in one.parameters
    ]


def _is_share(number: Uncertain) -> bool:
    return number.unit.startswith("share")


def _written(number: Uncertain, value: float) -> str:
    if _is_share(number):
        return words.percent(value, 1)
    return words.number(value, 0 if abs(value) >= 10 or value == round(value) else 2)
