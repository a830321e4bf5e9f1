"""How many residents with heavy care were not financed at the norm for it, year by year: from published figures.

Nobody publishes the number as a series; it follows from places, occupancy, the share with heavy care and the places at
the norm. What others said of single days stands beside it, to judge it by.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import polars as pl

from veerkracht.region.figures import Figures
from veerkracht.region.holding import check_order
from veerkracht.region.ids import UNREAD_DATE
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.care_gap import Span, heavy_residents, without_norm, yearly
from veerkracht.rulebook.types import Assumption, Source


@dataclass(frozen=True, slots=True)
class Backlog:
    """From which published series it follows.

    `places`: series that go on where another ends. `margin`: how far the occupancy and the share may lie from what was
    published, as a share. `published`, `published_cost`: what others said of the same. `measure`: of the plans, that
    closed it; "" for none.
    """

    programme: str
    from_: date
    until: date
    places: tuple[str, ...]
    occupancy: str
    heavy_share: str
    at_norm: str
    published: str
    published_cost: str
    measure: str
    margin: float
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True)
class BacklogDay:
    """The backlog on a day. `cost`: euro a year to close it; `published`: what others said of that day, else None."""

    on: date
    heavy: Span
    at_norm: Span
    without_norm: Span
    cost: Span | None
    published: float | None


def read_backlog(reader: Reader, programmes: Collection[str]) -> Backlog | None:
    """What a table says; None when too little of it can be read. Notes every fault."""
    source, assumption = reader.origin()
    from_, until = reader.day("from") or UNREAD_DATE, reader.day("until") or UNREAD_DATE
    check_order(reader, from_, until)
    programme, places = reader.string("programme"), reader.strings("places")
    if programme not in programmes:
        expected = one_of(sorted(programmes), programme)
        reader.fault("programme", "There is no such programme.", programme, expected)
    series = {key: reader.string(key) for key in ("occupancy", "heavy_share", "at_norm")}
    said = {key: reader.string(key, required=False) for key in ("published", "published_cost", "measure")}
    margin = reader.number("margin", low=0)
    reader.done()
    if margin is None or not places:
        return None
    return Backlog(
        programme=programme,
        from_=from_,
        until=until,
        places=places,
        margin=margin,
        source=source,
        assumption=assumption,
        **series,
        **said,
    )


def backlog(asked: Backlog, figures: Figures, step: Span | None) -> list[BacklogDay]:
    """The backlog at the end of each year, and on each day of which somebody published it; none where a series lacks.

    `step`: what a day with heavy care costs more.
    """
    table = _Table.of(asked, figures)
    if table is None:
        return []
    said = figures.series(asked.published) if asked.published else pl.DataFrame({"date": [], "value": []})
    published = dict(said.select("date", "value").iter_rows())
    years = (date(year, 12, 31) for year in range(asked.from_.year, asked.until.year + 1))
    days = sorted({asked.until, *years, *published})
    return [table.on(day, step, published.get(day)) for day in days if asked.from_ <= day <= asked.until]


def published_cost(asked: Backlog, figures: Figures) -> tuple[date, float] | None:
    """What others said that closing it costs a year, and from when; None when nobody did."""
    found = figures.series(asked.published_cost) if asked.published_cost else None
    return None if found is None or not found.height else (found["date"][-1], float(found["value"][-1]))


@dataclass(frozen=True)
class _Table:
    places: pl.DataFrame
    occupancy: pl.DataFrame
    heavy_share: pl.DataFrame
    at_norm: pl.DataFrame
    margin: float

    @classmethod
    def of(cls, asked: Backlog, figures: Figures) -> _Table | None:
        places = pl.concat([figures.series(one) for one in asked.places]).sort("date")
        occupancy, share = figures.series(asked.occupancy), figures.series(asked.heavy_share)
        at_norm = figures.series(asked.at_norm)
        if not all(one.height for one in (places, occupancy, share, at_norm)):
            return None
        return cls(places, occupancy, share, at_norm, asked.margin)

    def on(self, day: date, step: Span | None, published: float | None) -> BacklogDay:
        occupancy, share = (_between(one, day, self.margin) for one in (self.occupancy, self.heavy_share))
        heavy = heavy_residents(_between(self.places, day), occupancy, share)
        at_norm = _between(self.at_norm, day)
        gap = without_norm(heavy, at_norm)
        return BacklogDay(day, heavy, at_norm, gap, yearly(gap, step) if step else None, published)


def _between(series: pl.DataFrame, day: date, margin: float = 0.0) -> Span:
    """A series on a day: straight between two figures, the nearest before the first and after the last; with the range
    that the figures say, and a margin.
    """
    before, after = series.filter(pl.col("date") <= day), series.filter(pl.col("date") >= day)
    first = _span((before.tail(1) if before.height else after.head(1)).row(0, named=True))
    last = _span((after.head(1) if after.height else before.tail(1)).row(0, named=True))
    if not before.height or not after.height or before["date"][-1] == day:
        share = 0.0
    else:
        share = (day - before["date"][-1]).days / (after["date"][0] - before["date"][-1]).days
    low, value, high = (
        getattr(first, end) * (1 - share) + getattr(last, end) * share for end in ("low", "value", "high")
    )
    return Span(low - margin, value, high + margin)


def _span(row: dict[str, float | None]) -> Span:
    value = float(row["value"] or 0)
    low, high = row["low"], row["high"]
    return Span(value if low is None else low, value, value if high is None else high)
