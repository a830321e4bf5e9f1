"""What any series comes to in the end: its range on the last 31 December, what a plan changes in it, year by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.utils.translation import gettext

from veerkracht import region
from veerkracht.forecast.show import naming
from veerkracht.web import words
from veerkracht.web.views.forecast_series import WRITE, Told, is_year_end

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


Cells = list[tuple[str, Range]]


@dataclass(frozen=True)
class _Written:
    """How the values of a series are written: as they are, or as what there is more or less."""

    kind: str

    def plain(self, value: float) -> str:
        return WRITE[self.kind](value * (100 if self.kind == "money" else 1))

    def signed(self, value: float) -> str:
        shown = self.plain(value)
        return f"+{shown}" if value > 0 and shown != self.plain(0) else shown

    def range(self, values: dict[str, float], *, signed: bool = False) -> Range:
        write = self.signed if signed else self.plain
        return Range(*(write(values[name]) for name in _RANGE))


def last_day(one: Any) -> date:
    return max((day for day in one.records if is_year_end(day)), default=one.start)


def headlines(told: Told, names: Sequence[str]) -> list[Headline]:
    """Each of these series on the last 31 December, and what the plan changes in it."""
    on = last_day(told.one)
    return [_headline(told, name, on) for name in names]


def _headline(told: Told, name: str, on: date) -> Headline:
    written = _Written(naming.kind_of(name))
    change = at(told.difference.series(), name, on) if told.difference else None
    return Headline(
        name_of(name),
        written.range(at(told.one.series(), name, on)),
        written.range(change, signed=True) if change else None,
    )


def name_of(series: str) -> str:
    """A series in the words of the page."""
    return words.said(naming.name_of(region.current(), series))


def at(series: pl.DataFrame, name: str, on: date) -> dict[str, float]:
    row = series.filter((pl.col("series") == name) & (pl.col("date") == on)).select(*_RANGE)
    return row.row(0, named=True)


def in_short(told: Told, names: Sequence[str]) -> list[str]:
    """What the plan does to each of these series, in one sentence each; none without another plan."""
    if not told.difference or not told.against:
        return []
    return [_sentence(told, name) for name in names]


def _sentence(told: Told, name: str) -> str:
    on = last_day(told.one)
    change = at(told.difference.series(), name, on)  # type: ignore[union-attr]
    written = _Written(naming.kind_of(name))
    ends = sorted((abs(change["p10"]), abs(change["p90"])))
    said = {
        "on": words.day(on),
        "plan": words.said(told.against.plan.name),  # type: ignore[union-attr]
        "what": name_of(name),
        "count": written.plain(abs(change["p50"])),
        "low": written.plain(ends[0]),
        "high": written.plain(ends[1]),
    }
    # More or less is said only when 8 runs in 10 agree, and when it would show.
    shows = said["count"] != written.plain(0)
    if change["p90"] < 0 and shows:
        return _less() % said
    if change["p10"] > 0 and shows:
        return _more() % said
    return _equal() % {**said, "low": written.signed(change["p10"]), "high": written.signed(change["p90"])}


def _less() -> str:
    return gettext(
        "%(what)s: on %(on)s about %(count)s fewer than with “%(plan)s” (8 chances in 10: %(low)s to %(high)s fewer)."
    )


def _more() -> str:
    return gettext(
        "%(what)s: on %(on)s about %(count)s more than with “%(plan)s” (8 chances in 10: %(low)s to %(high)s more)."
    )


def _equal() -> str:
    return gettext(
        "%(what)s: on %(on)s no clear difference with “%(plan)s” (8 chances in 10: %(low)s to %(high)s)."
    )


def per_year(told: Told, names: Sequence[str]) -> list[tuple[Any, list[tuple[date, Cells]]]]:
    """For the start and each 31 December every series with its range: the difference first, when there is one."""
    found = [(None, _years(told, told.difference, names))] if told.difference else []
    both = [one for one in (told.one, told.against) if one]
    return [*found, *((one.plan, _years(told, one, names)) for one in both)]


def _years(told: Told, of: Any, names: Sequence[str]) -> list[tuple[date, Cells]]:
    wanted = of.series().filter(pl.col("series").is_in(list(names))).select("series", "date", *_RANGE)
    values = {(row["series"], row["date"]): row for row in wanted.iter_rows(named=True)}
    signed = of is told.difference
    days = [day for day in told.one.records if day == told.one.start or is_year_end(day)]
    return [(day, [_cell(told, name, values[name, day], signed=signed) for name in names]) for day in days]


def _cell(told: Told, name: str, values: dict[str, float], *, signed: bool) -> tuple[str, Range]:
    label = name_of(name)
    return label, _Written(naming.kind_of(name)).range(values, signed=signed)
