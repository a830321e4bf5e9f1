"""The population of a region: counts by area, sex and age, totals by area, and rates by single age.

A region that has a folder `population/` says in its `population.toml` which tables it has:

- `[[count]]`, one or more: persons by area and sex in bands of ages on a day; a column a band, named by its first age.
- `[totals]`: persons by area; a column a day; an empty cell is a total that is not known.
- `[by_age]`: a row for each sex and single age, with the rates of the region (the columns `BY_AGE`).
- `[[parameter]]`: what is uncertain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from veerkracht.region.csv_lines import Row, rows
from veerkracht.region.ids import UNREAD_DATE
from veerkracht.region.named_numbers import Limits, read_numbers
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import Parameter, Source

Real = NDArray[np.float64]
TextOf = Callable[[str], str | None]

FILE = "population/population.toml"
SEXES = ("woman", "man")
# Rows of `Population.by_age`. PROFILE: persons by single age in a larger population, by which a band is split.
# MORTALITY: deaths per person-year. IMPROVEMENT: fall of that rate a year. FERTILITY: share of a woman's children
# that are born at that age. MIGRATION: share of the net migration of both sexes together.
BY_AGE = ("profile", "mortality", "improvement", "fertility", "migration")
PROFILE, MORTALITY, IMPROVEMENT, FERTILITY, MIGRATION = range(5)
_OLDEST = 120
# What rounded shares may differ from a whole.
_ROUNDED = 0.01
_NUMBERS = {
    "fertility": Limits(0, 20),
    "mortality.level": Limits(0, 10),
    "mortality.improvement": Limits(-5, 5),
    "mortality.year-to-year": Limits(0, 1),
    "migration.level": Limits(-10, 10),
    "migration.local-half-life": Limits(0.1, 1000),
}


@dataclass(frozen=True)
class Count:
    """Persons on the morning of a day: float64[sexes, bands, areas]. `ages`: the first age of each band."""

    on: date
    published: date
    ages: tuple[int, ...]
    persons: Real
    source: Source | None


@dataclass(frozen=True)
class Totals:
    """Persons on the morning of each day: float64[days, areas], nan where it is not known."""

    days: tuple[date, ...]
    published: tuple[date, ...]
    persons: Real
    source: Source | None


@dataclass(frozen=True)
class Population:
    """`by_age`: float64[5, sexes, ages], rows `BY_AGE`; the last age is that age and older. `rates_on`: the day for
    which its mortality holds. Areas are in the order of the region's areas, counts in that of their days.
    """

    counts: tuple[Count, ...]
    totals: Totals
    by_age: Real
    rates_on: date
    rates_source: Source | None
    parameters: tuple[Parameter, ...]

    def known_on(self, day: date) -> tuple[Count, ...]:
        """The counts that were published by a day, in that of their days."""
        return tuple(count for count in self.counts if count.published <= day)


def read_population(reader: Reader, text_of: TextOf, codes: list[str]) -> Population | None:
    """The population that the file and its tables describe; None when too little of it can be read.

    text_of: the text of a file beside it. codes: the codes of the region's areas, in order.
    """
    before = len(reader.faults.all)
    counts = [_count(table, text_of, codes) for table in reader.tables("count")]
    totals, rates = reader.table("totals", required=True), reader.table("by_age", required=True)
    if not counts:
        reader.fault("count", "There is no count of persons to start from.", "nothing", "[[count]]")
    parameters = read_numbers(reader, _NUMBERS)
    if totals is None or rates is None:
        return None
    population = Population(
        counts=tuple(sorted(filter(None, counts), key=lambda count: count.on)),
        totals=_totals(totals, text_of, codes),
        by_age=_by_age(rates, text_of),
        rates_on=rates.day("on") or UNREAD_DATE,
        rates_source=rates.origin()[0],
        parameters=parameters,
    )
    rates.done()
    for count, table in zip(counts, reader.tables("count"), strict=True):
        oldest = population.by_age.shape[2] - 1
        if count is not None and 0 <= oldest < count.ages[-1]:
            table.fault("ages", "There are no rates for this band.", count.ages[-1], f"at most {oldest}")
    reader.done()
    return population if len(reader.faults.all) == before else None


def _count(reader: Reader, text_of: TextOf, codes: list[str]) -> Count | None:
    on, published = reader.day("on"), reader.day("published")
    if on and published and published < on:
        reader.fault("published", "This was published before its own day.", published, f"{on} or later")
    _check_january(reader, "on", on)
    ages = reader.integers("ages")
    if list(ages) != sorted(set(ages)) or ages[:1] != (0,):
        reader.fault("ages", "These can't be the first ages of bands.", list(ages), "0, 5, 10 and so on")
    bands = [str(age) for age in ages]
    persons = np.full((len(SEXES), len(bands), len(codes)), np.nan)
    before = len(reader.faults.all)
    for row in _rows(reader, text_of, ("area", "sex", *bands)):
        area, sex = _index(row, "area", codes), _index(row, "sex", SEXES)
        for band, name in enumerate(bands):
            _put(persons, row, name, (sex, band, area))
    source, _ = reader.origin()
    if bands and len(reader.faults.all) == before:
        _refuse_missing(reader, persons[:, 0], codes)
    reader.done()
    return Count(on, published, ages, persons, source) if on and published and bands else None


def _totals(reader: Reader, text_of: TextOf, codes: list[str]) -> Totals:
    days = reader.days("days")
    if not days:
        reader.fault("days", "There are no days.", "nothing", "one day or more, such as 2020-01-01")
    for day in days:
        _check_january(reader, "days", day)
    later = timedelta(days=reader.integer("published_after_days", low=0) or 0)
    persons = np.full((len(days), len(codes)), np.nan)
    names = [str(day) for day in days]
    for row in _rows(reader, text_of, ("area", *names)):
        area = _index(row, "area", codes)
        for number, name in enumerate(names):
            if row.values[name].strip():
                _put(persons, row, name, (number, area))
    source, _ = reader.origin()
    reader.done()
    return Totals(days, tuple(day + later for day in days), persons, source)


def _by_age(reader: Reader, text_of: TextOf) -> Real:
    before = len(reader.faults.all)
    found: dict[tuple[int, int], list[float]] = {}
    for row in _rows(reader, text_of, ("sex", "age", *BY_AGE)):
        sex, age = _index(row, "sex", SEXES), row.integer("age")
        rates = [_amount(row, column) for column in BY_AGE]
        if age is not None and age > _OLDEST:
            row.fault("age", "This number is not possible here.", age, f"an age up to {_OLDEST}")
        elif sex is not None and age is not None:
            if (sex, age) in found:
                row.fault("age", "This stands there twice.", age, "one row for each sex and age")
            found[sex, age] = rates
    ages = 1 + max((age for _, age in found), default=-1)
    table = np.full((len(SEXES), ages, len(BY_AGE)), np.nan)
    for (sex, age), rates in found.items():
        table[sex, age] = rates
    by_age = np.ascontiguousarray(table.transpose(2, 0, 1))
    # What could not be read would be missed here too: one fault is enough.
    if len(reader.faults.all) == before:
        _check_ages(reader, by_age)
    return by_age


def _check_ages(reader: Reader, by_age: Real) -> None:
    """Every age has rates, parts of a whole are a whole, and a band can only be split by people."""
    if not by_age.size or np.isnan(by_age).any():
        expected = "a row for each sex and each age from 0"
        reader.fault("file", "There is an age without rates.", reader.string("file"), expected)
        return
    for name, total in (("fertility", by_age[FERTILITY, 0].sum()), ("migration", by_age[MIGRATION].sum())):
        if abs(total - 1) > _ROUNDED:
            reader.fault("file", f"The shares of {name} are not a whole.", f"{total:.4g}", "1 in all")
    if (by_age[PROFILE] <= 0).any():
        reader.fault("file", "A band of ages can't be split by nobody.", "a profile of 0", "more than 0")


def _check_january(reader: Reader, key: str, day: date | None) -> None:
    """Years are played from January to January."""
    if day and (day.month, day.day) != (1, 1):
        reader.fault(key, "Persons are counted on 1 January.", day, f"{day.year}-01-01")


def _rows(reader: Reader, text_of: TextOf, columns: tuple[str, ...]) -> Iterator[Row]:
    name = reader.string("file")
    if "/" in name or "\\" in name:
        reader.fault("file", "A table lies beside this file.", name, "the name of a file, without a folder")
        return
    text = text_of(name) if name else None
    if text is not None:
        yield from rows(f"{reader.file.rpartition('/')[0]}/{name}", text, columns, reader.faults)


def _index(row: Row, field: str, known: tuple[str, ...] | list[str]) -> int | None:
    value = row.text(field)
    if value in known:
        return known.index(value)
    if value:
        row.fault(field, "This is not known here.", value, one_of(known, value))
    return None


def _amount(row: Row, field: str) -> float:
    value = row.number(field)
    if value is not None and value < 0:
        row.fault(field, "This number is not possible here.", value, "zero or more")
    return np.nan if value is None else value


def _put(table: Real, row: Row, field: str, place: tuple[int | None, ...]) -> None:
    value = _amount(row, field)
    if None in place:
        return
    if not np.isnan(table[place]):
        row.fault(field, "This stands there twice.", value, "one row for each area and sex")
    table[place] = value


def _refuse_missing(reader: Reader, persons: Real, codes: list[str]) -> None:
    for sex, area in np.argwhere(np.isnan(persons))[:1]:
        found = f"no row for {SEXES[sex]} of {codes[area]}"
        reader.fault("file", "There is an area without a count.", found, "each area and sex")
