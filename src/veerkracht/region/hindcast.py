"""What a region's `hindcast.toml` says: from which days to look back, money to expect, yardsticks of others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from veerkracht.region.holding import read_holds
from veerkracht.region.ids import read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import Assumption, Dated, Source, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected(Dated):
    """New recurrent money that somebody could expect in years for which nothing is decided yet.

    It is what was known from `from_` until `until`. `amount`, `low`, `high`: euro that come new in each calendar
    year; nine times out of ten it lies between the last two. `first_year`, `last_year`: of which years (None: all).
    """

    id: str
    programme: str
    amount: float
    low: float
    high: float
    first_year: int | None = None
    last_year: int | None = None

    def covers(self, year: int) -> bool:
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """A forecast that others made, to be beaten: a straight line of a series from one day and value to another."""

    id: str
    name: Text
    series: str
    start: date
    value_at_start: float
    end: date
    value: float
    source: Source | None = None
    assumption: Assumption | None = None

    def on(self, day: date) -> float:
        """Its value on a day between its start and its end (or on the same line beyond them)."""
        share = (day - self.start).days / (self.end - self.start).days
        return self.value_at_start + share * (self.value - self.value_at_start)


@dataclass(frozen=True, slots=True)
class Hindcasts:
    """`starts`: the days from which forecasts are made anew. `plan`: the plan that tells what was done. `until`: the
    last day of which there are figures to score on (None: as far ahead as is asked).

    `calibrated`: programmes whose numbers have wide ranges that calibration narrows with figures. Those of others rest
    on the figures already, each from the day on which they were known; to fit them again would count figures twice.
    """

    plan: str
    starts: tuple[date, ...]
    until: date | None = None
    calibrated: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()
    yardsticks: tuple[Yardstick, ...] = ()


def read_hindcasts(reader: Reader) -> Hindcasts:
    """What the file says; faults of form are noted."""
    found = Hindcasts(
        plan=reader.string("plan"),
        until=reader.day("until", required=False),
        calibrated=reader.strings("calibrated", required=False),
        starts=tuple(day for table in reader.tables("start") if (day := _start(table)) is not None),
        expected=tuple(filter(None, map(_expected, reader.tables("expected")))),
        yardsticks=tuple(filter(None, map(_yardstick, reader.tables("yardstick")))),
    )
    reader.done()
    return found


def check_hindcasts(
    found: Hindcasts, reader: Reader, plans: Collection[str], programmes: Collection[str]
) -> None:
    """Note every plan and programme that does not exist."""
    if found.plan and found.plan not in plans:
        reader.fault("plan", "There is no such plan.", found.plan, one_of(plans, found.plan))
    for index, id in enumerate(found.calibrated):
        if id not in programmes:
            reader.fault(("calibrated", index), "There is no such programme.", id, one_of(programmes, id))
    for index, expected in enumerate(found.expected):
        id = expected.programme
        if id and id not in programmes:
            where = ("expected", index, "programme")
            reader.fault(where, "There is no such programme.", id, one_of(programmes, id))


def _start(reader: Reader) -> date | None:
    day = reader.day("date")
    reader.done()
    return day


def _expected(reader: Reader) -> Expected | None:
    low, amount, high = (reader.number(name) or 0.0 for name in ("low", "amount", "high"))
    expected = Expected(
        id=read_id(reader),
        programme=reader.string("programme"),
        amount=amount,
        low=low,
        high=high,
        first_year=reader.integer("first_year", required=False, low=1900),
        last_year=reader.integer("last_year", required=False, low=1900),
        **read_holds(reader),
    )
    if not low <= amount <= high:
        reader.fault("amount", "The range does not hold the amount.", amount, f"from {low:g} to {high:g}")
    reader.done()
    return expected if expected.id else None


def _yardstick(reader: Reader) -> Yardstick | None:
    source, assumption = reader.origin()
    start, end = reader.day("start"), reader.day("end")
    id, name, series = read_id(reader), reader.words("name"), reader.string("series")
    value_at_start, value = reader.number("value_at_start"), reader.number("value")
    if start and end and end <= start:
        reader.fault("end", "This forecast ends before it begins.", end, f"a date after {start}")
        end = None
    reader.done()
    if not id or start is None or end is None:
        return None
    return Yardstick(
        id=id,
        name=name,
        series=series,
        start=start,
        value_at_start=value_at_start or 0.0,
        end=end,
        value=value or 0.0,
        source=source,
        assumption=assumption,
    )
