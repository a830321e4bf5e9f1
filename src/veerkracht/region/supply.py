"""What there is of a kind of help: homes or teams, where, how much each can take, and what was decided to come.

One TOML file a programme in `supply/`. When the homes or teams themselves are known, a CSV file of the same name
lists them; else the file says how they are taken to lie.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

import polars as pl

from veerkracht.region.csv_lines import rows
from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.norms import read_norms
from veerkracht.region.reader import Faults, Reader, one_of
from veerkracht.region.years import every_year, years_on
from veerkracht.rulebook.staffing import Norm
from veerkracht.rulebook.types import Assumption, Source, Text

LEVELS = ("municipality", "zone", "region", "province")
SCHEMA = {"id": pl.String(), "name": pl.String(), "area": pl.String(), "units": pl.Int64()}
# What became of awards of growth, step by step, as a register hands it in: `station` is an id of the stations or "",
# `adds` as in `places`, `step` one of awarded, postponed, lapsed and realised.
AWARDS = {
    "award": pl.Int64(),
    "station": pl.String(),
    "area": pl.String(),
    "adds": pl.String(),
    "step": pl.String(),
    "on": pl.Date(),
    "units": pl.Int64(),
    "period_from": pl.Date(),
}
# Places that a register holds as closed: `reason` is the id of a closure in `places`; `opens_again` is the first day on
# which they are open, or null when nobody said.
CLOSED = {"station": pl.String(), "reason": pl.String(), "units": pl.Int64(), "opens_again": pl.Date()}
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Growth:
    """Units that were decided to come. They may be taken into use from `from_` until `until`, a part later or never.

    `known_from`: the first day on which the decision was known. `low`, `high`: the range of `units`.
    """

    id: str
    units: float
    low: float
    high: float
    from_: date
    until: date
    known_from: date
    text: Text = field(default_factory=Text)
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How units are taken to lie when no list says it, so many a station, and how people choose among stations.

    `level`: the larger area in which there is at least one station, one of `LEVELS`. `from_age` up to and with
    `to_age`: units lie in proportion to people of these ages. `choices`: at how many stations one request is made.
    `distance`: kilometres; a station this much farther away is chosen 2.7 times less often. `unevenness`: how much
    stations differ in how many ask there (standard deviation of the logarithm).
    """

    level: str
    size: float
    from_age: int
    to_age: int
    choices: int = 1
    distance: float = 10.0
    unevenness: float = 0.0
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True)
class Reopening:
    """How many years a place stays closed yet, on average, when nobody said until when; with its range."""

    years: float
    low: float
    high: float
    text: Text
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True)
class Supply:
    """The homes or teams of a programme. `stations`: one row each, columns of `SCHEMA`; none when no list says it.

    `norms`: how much staff goes with how many places; none when no norm is known. `awards`: the awards that a register
    keeps, one row a step, columns of `AWARDS`; none when the files alone tell of growth. `occupied`: how many are
    helped at each station, as a register counts them; none when only a total is known. `closed`: what a register holds
    as closed, columns of `CLOSED`; none without one. `reopening`: of what is closed and has no day to open again; None:
    it stays closed. `told`: what a register says of the above in place of the files.
    """

    programme: str
    spread: Spread
    growth: tuple[Growth, ...] = ()
    stations: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    norms: tuple[Norm, ...] = ()
    awards: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=AWARDS))
    occupied: tuple[int, ...] = ()
    closed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CLOSED))
    reopening: Reopening | None = None
    told: tuple[Text, ...] = ()

    def known_on(self, day: date) -> Supply:
        """The supply with only what was decided on or before a day."""
        return replace(self, growth=tuple(growth for growth in self.growth if growth.known_from <= day))


def read_supply(
    reader: Reader,
    stations: tuple[str, str] | None,
    areas: Collection[str],
    programmes: Collection[str],
    professions: Collection[str] | None = None,
) -> Supply | None:
    """The supply that a file describes; None when it can't be read. Notes every fault.

    `stations`: the name and the text of the list of stations, when there is one. `areas`, `programmes`,
    `professions`: the codes and ids that it may name; None: nothing is known of them.
    """
    listed = pl.DataFrame(schema=SCHEMA)
    if stations is not None:
        listed = read_stations(*stations, areas, reader.faults)
    inner = reader.table("stations", required=True)
    spread = _spread(inner) if inner else None
    supply_of = reader.string("programme")
    if supply_of and supply_of not in programmes:
        expected = one_of(sorted(programmes), supply_of)
        reader.fault("programme", "There is no such programme.", supply_of, expected)
    growth = _growths(reader)
    norms = read_norms(reader, professions)
    reopening = reader.table("reopening")
    lasts = _reopening(reopening) if reopening else None
    reader.done()
    if not supply_of or spread is None:
        return None
    return Supply(supply_of, spread, growth, listed, norms, reopening=lasts)


def _reopening(reader: Reader) -> Reopening:
    years = reader.number("years", low=0) or 0.0
    source, assumption = reader.origin(number=True)
    low, high = _bounds(reader, "years", years, assumption)
    reopening = Reopening(years, low, high, reader.words("text"), source, assumption)
    reader.done()
    return reopening


def _spread(reader: Reader) -> Spread | None:
    source, assumption = reader.origin()
    from_age = reader.integer("from_age", required=False, low=0) or 0
    to_age = reader.integer("to_age", required=False, low=0)
    size, distance = _above_zero(reader, "size"), _above_zero(reader, "distance")
    if to_age is not None and to_age < from_age:
        reader.fault("to_age", "The ages are upside down.", to_age, f"at least {from_age}")
    spread = Spread(
        level=reader.choice("level", LEVELS, "municipality"),
        size=size or 1.0,
        from_age=from_age,
        to_age=OLDEST if to_age is None else to_age,
        choices=reader.integer("choices", required=False, low=1) or 1,
        distance=distance or 1.0,
        unevenness=reader.number("unevenness", required=False, low=0) or 0.0,
        source=source,
        assumption=assumption,
    )
    reader.done()
    return spread if size and distance else None


def _above_zero(reader: Reader, key: str) -> float | None:
    value = reader.number(key)
    if value is not None and value <= 0:
        reader.fault(key, "This must be more than nothing.", value, "a number above 0")
        return None
    return value


def _growths(reader: Reader) -> tuple[Growth, ...]:
    found: dict[str, Growth] = {}
    for index, table in enumerate(reader.tables("growth")):
        for one in _growth(table):
            if one.id in found:
                reader.fault(("growth", index, "id"), "This id is used twice.", one.id, "another id")
            found[one.id] = one
    return tuple(found.values())


def _growth(reader: Reader) -> list[Growth]:
    """What one table says: itself, or one a step or a year, with the year behind its id and in its text."""
    id, text = read_id(reader), reader.words("text", required=False)
    source, assumption = reader.origin(number=True)
    if "steps" in reader.data:
        periods = [_step(table, assumption) for table in reader.tables("steps")]
    else:
        periods = _every_year(reader, _period(reader, assumption))
    if not periods:
        reader.fault("steps", "There are no steps.", "nothing", "steps = [{ from = 2024-01-01, … }]")
    reader.done()
    told = [
        replace(one, id=id, text=text, source=source, assumption=assumption) for one in periods if one and id
    ]
    return list(map(_of_year, told)) if {"steps", "yearly_until"} & reader.data.keys() else told


def _of_year(growth: Growth) -> Growth:
    year = str(growth.from_.year)
    text = Text(*(one.replace("{year}", year) for one in (growth.text.nl, growth.text.en)))
    return replace(growth, id=f"{growth.id}-{year}", text=text)


def _step(reader: Reader, assumption: Assumption | None) -> Growth | None:
    found = _period(reader, assumption)
    reader.done()
    return found


def _period(reader: Reader, assumption: Assumption | None) -> Growth | None:
    """Units of one period, without what is said of all periods; None when no number can be read."""
    units = reader.number("units", low=0)
    from_, until = reader.day("from"), reader.day("until")
    known_from = reader.day("known_from")
    if from_ and until and until <= from_:
        reader.fault("until", "This ends before it begins.", until, f"a date after {from_}")
    if units is None:
        return None
    low, high = _bounds(reader, "units", units, assumption)
    begins, ends, known = (day or UNREAD_DATE for day in (from_, until, known_from))
    return Growth("", units, low, high, begins, ends, known)


def _bounds(reader: Reader, key: str, value: float, assumption: Assumption | None) -> tuple[float, float]:
    """The range that an assumption gives a number; the number itself where it gives none."""
    low, high = (assumption.low, assumption.high) if assumption else (None, None)
    low, high = value if low is None else low, value if high is None else high
    if not low <= value <= high:
        reader.fault(key, "The number is outside its own range.", value, f"from {low:g} to {high:g}")
    return low, high


def _every_year(reader: Reader, first: Growth | None) -> list[Growth | None]:
    """The same again in every year before `yearly_until`."""
    last = reader.day("yearly_until", required=False)
    if first is None or last is None:
        return [first]
    if last <= first.from_:
        reader.fault("yearly_until", "This ends before it begins.", last, f"a date after {first.from_}")
        return [first]
    return [
        replace(first, from_=day, until=years_on(first.until, day.year - first.from_.year))
        for day in every_year(first.from_, last)
    ]


def read_stations(file: str, text: str, areas: Collection[str], faults: Faults) -> pl.DataFrame:
    """The homes or teams in a CSV text; rows that can't be read are left out and noted."""
    found: list[dict[str, object]] = []
    lines: dict[str, int] = {}
    for row in rows(file, text, SCHEMA, faults):
        id, area, units = row.text("id"), row.text("area"), row.integer("units", low=1)
        if id in lines:
            row.fault("id", "This station stands there twice.", id, f"each id once (see line {lines[id]})")
        # Of areas that could not be read nothing is known.
        elif area and areas and area not in areas:
            row.fault("area", "There is no such area.", area, one_of(get_close_matches(area, areas, 3)))
        elif id and area and units is not None:
            lines[id] = row.line
            name = row.text("name", required=False)
            found.append({"id": id, "name": name, "area": area, "units": units})
    return pl.DataFrame(found, schema=SCHEMA)
