"""The stretches of the past that are played again: each from one day with figures to the next.

Each begins from the published figures of its first day, so that what went differently before does not add up.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise, starmap
from typing import Any

from veerkracht.forecast.fitted.ensemble import Target
from veerkracht.forecast.flows import FIRST_HALF, is_flow, is_whole
from veerkracht.forecast.inputs import NINE_OF_TEN
from veerkracht.forecast.rounds.start import days_with_figures
from veerkracht.region import Figures, Region
from veerkracht.rulebook.types import Programme

# Stretches that begin longer ago than this say nothing of today.
_LONGEST_AGO = 6
# What a figure can be off, and what a model of it leaves out, as a share: tables of stocks differ by a percent, those
# of grants by ten (what counts as one, and in which year).
_STOCK, _FLOW, _LEAST = 0.01, 0.1, 1.0
# Not fitted: dates of a list that was drawn evenly for want of anything better, and persons, who follow from requests.
_NOT_FITTED = frozenset({"next-in-line", "persons"})


@dataclass(frozen=True)
class Window:
    """From the evening of `start` to the evening of `end`."""

    start: date
    end: date

    @property
    def years(self) -> int:
        """Whole years in which it fits."""
        return max(1, -(-((self.end - self.start).days - 3) // 365))


def windows(region: Region, programmes: tuple[Programme, ...], until: date) -> tuple[Window, ...]:
    """The stretches up to a day, in order; none when no earlier day has what a start needs."""
    days = [
        day for day in start_days(region, programmes) if day < until and day.year >= until.year - _LONGEST_AGO
    ]
    return tuple(starmap(Window, pairwise([*days, until])))


def start_days(region: Region, programmes: tuple[Programme, ...]) -> list[date]:
    """Days from which programmes can start: with all figures of the list, or ends of years with any figure."""
    if programmes[0].handout == "round":
        return days_with_figures(region, programmes[0])
    ids = {one.id for one in programmes}
    names = [name for name in region.figures.names() if name.split(".")[0] in ids]
    known = {day for name in names for day in region.figures.series(name).get_column("date")}
    return sorted(day for day in known if (day.month, day.day) == (12, 31))


def targets(figures: Figures, series: list[str], window: Window, records: tuple[date, ...]) -> list[Target]:
    """The figures of series on the dates of a stretch for which results are kept."""
    days = {day for day in records if window.start < day <= window.end}
    found = []
    for name in series:
        if _NOT_FITTED & set(name.split(".")):
            continue
        for row in figures.series(name).iter_rows(named=True):
            if row["date"] in days and is_whole(name, window.start, row["date"]):
                found.append(_target(name, row))
        for row in figures.series(name + FIRST_HALF).iter_rows(named=True):
            if row["date"] in days and is_flow(name) and row["date"].year > window.start.year:
                found.append(_target(name, row))
    return found


def _target(series: str, row: dict[str, Any]) -> Target:
    return Target(
        series, row["date"], row["value"], _deviation(series, row), row["source_title"], row["published"]
    )


def _deviation(series: str, row: dict[str, Any]) -> float:
    low, high = row["low"], row["high"]
    if low is not None and high is not None and high > low:
        return float(high - low) / (2 * NINE_OF_TEN)
    size = abs(float(row["value"]))
    # A share can't be off by one.
    return (_FLOW if is_flow(series) else _STOCK) * size + (_LEAST if size > 1 else 0.01)
