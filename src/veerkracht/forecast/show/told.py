"""What a report tells of: a forecast, another plan beside it, what was published, and the language to write in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from veerkracht.forecast.choices.waterfall import Waterfall
from veerkracht.forecast.difference import compare
from veerkracht.forecast.hindcast.track import Track
from veerkracht.forecast.rounds.result import Forecast
from veerkracht.forecast.show import charts, naming, words
from veerkracht.forecast.show.blocks import Figure, Table
from veerkracht.forecast.show.writing import Writer
from veerkracht.forecast.whole import RegionForecast
from veerkracht.region import Figures, Region
from veerkracht.region.staff import Workforce
from veerkracht.rulebook.types import Programme

_OBSERVED_FROM = date(2017, 12, 31)
_RANGE = ("p10", "p50", "p90")


def whole_years(start: date, end: date) -> list[int]:
    """The calendar years after that of the start of which a forecast knows all; at least the first of them."""
    last = end.year if (end.month, end.day) == (12, 31) else end.year - 1
    return list(range(start.year + 1, max(last, start.year + 1) + 1))


@dataclass(frozen=True)
class OwnNames:
    """The names of programmes that were played, where there is no region to ask."""

    programmes: Mapping[str, Programme]
    staff: Workforce | None = None


@dataclass(frozen=True)
class Told:
    """`waterfalls` and `track`: what is known already of causes and of forecasts of the past."""

    made: RegionForecast
    against: RegionForecast | None
    writer: Writer
    region: Region | None = None
    track: Track | None = None
    waterfalls: Sequence[Waterfall] = field(default_factory=tuple)

    @cached_property
    def names(self) -> naming.Names:
        return self.region or OwnNames({one.id: one for one in self.programmes})

    @cached_property
    def programmes(self) -> list[Programme]:
        found = []
        for part in self.made.parts:
            found += [part.programme] if isinstance(part, Forecast) else list(part.programmes)
        return found

    @property
    def figures(self) -> Figures | None:
        return self.region.figures if self.region else None

    @cached_property
    def gap(self) -> pl.DataFrame | None:
        """What the plan changes, run by run."""
        return compare(self.made, self.against).series() if self.against else None

    def of(self, series: str, frame: pl.DataFrame | None = None) -> pl.DataFrame:
        return (self.made.series() if frame is None else frame).filter(pl.col("series") == series)

    def series_of(self, owner: str) -> list[str]:
        return [name for name in self.made.values if naming.owner_of(name) == owner]

    def name(self, series: str) -> str:
        return self.writer.say(naming.name_of(self.names, series))

    def last(self, series: str, frame: pl.DataFrame | None = None) -> dict[str, Any]:
        """Its row on the last 31 December, or at the end when there is none."""
        rows = self.of(series, frame)
        at_year_end = rows.filter((pl.col("date").dt.month() == 12) & (pl.col("date").dt.day() == 31))
        return (rows if at_year_end.is_empty() else at_year_end).row(-1, named=True)

    def changed(self, series: str) -> list[str]:
        """What the plan changes in a series in the end, in a sentence; none without another plan."""
        if self.against is None or self.gap is None:
            return []
        kind, gap = naming.kind_of(series), self.last(series, self.gap)
        said = {"plan": self.against.plan.name}
        # More or fewer is said only when 8 runs in 10 agree.
        if gap["p10"] <= 0 <= gap["p90"]:
            ends = {name: self.writer.value(gap[name], kind) for name in ("p10", "p90")}
            return [self.writer.say(words.NOT_CLEAR_THEN, **said, **ends)]
        low, high = sorted((abs(gap["p10"]), abs(gap["p90"])))
        sizes = {"p50": abs(gap["p50"]), "p10": low, "p90": high}
        numbers = {name: self.writer.value(size, kind) for name, size in sizes.items()}
        more = words.MORE if gap["p50"] > 0 else words.FEWER
        return [self.writer.say(words.CHANGED_THEN, more=more, **said, **numbers)]

    def spread_table(self, frame: pl.DataFrame, kind: str = "number") -> Table:
        headers = [self.writer.say(text) for text in (words.DATE, words.LOW, words.MIDDLE, words.HIGH)]
        rows = [
            [self.writer.day(row["date"]), *(self.writer.value(row[name], kind) for name in _RANGE)]
            for row in frame.iter_rows(named=True)
        ]
        return Table(headers, rows)

    def fan(self, series: str, caption: str, *, width: int = charts.WIDTH) -> Figure:
        """A series with its ranges, after what was published; the other plan as a dashed line."""
        kind, mine = naming.kind_of(series), self.of(series)
        theirs = self.of(series, self.against.series()) if self.against else None
        spec = charts.fan(
            mine,
            observed=self.observed(series),
            against=theirs,
            width=width,
            scale=_SCALES.get(kind, 1.0),
            from_zero=kind != "percent",
        )
        if self.against:
            caption += self.writer.say(words.DASHED, plan=self.against.plan.name)
        return Figure(spec, caption, self.spread_table(mine, kind))

    def observed(self, series: str) -> list[tuple[date, float]]:
        """What was published up to the start."""
        if self.figures is None:
            return []
        known = self.figures.series(series, until=self.made.start)
        known = known.filter(pl.col("date") >= _OBSERVED_FROM)
        return list(known.select("date", "value").iter_rows())


# A share in percent, money in millions.
_SCALES = {"percent": 100.0, "money": 1e-6}
