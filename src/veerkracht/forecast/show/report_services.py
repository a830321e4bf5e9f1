"""The part of a report on places and teams, staff and population: whatever series there are."""

from __future__ import annotations

import polars as pl

from veerkracht.forecast.show import charts, naming, words
from veerkracht.forecast.show.blocks import Block, Figure, Heading, Section, Side, Table
from veerkracht.forecast.show.told import Told
from veerkracht.rulebook.types import Programme

_SUPPLY = (".recognised", ".open", ".staffed")
_FIRST = ("waiting.persons", "helped.persons", "residents.total", "occupancy")
_OF_STAFF = (".fte", ".vacancies")


def in_short(told: Told, programme: Programme) -> list[str]:
    """Who waits, who is helped and how full it is in the end, and what the plan changes in who waits."""
    names = [f"{programme.id}.{thing}" for thing in _FIRST if f"{programme.id}.{thing}" in told.made.values]
    said = [_then(told, programme, name) for name in names]
    return [*said[:1], *(told.changed(names[0]) if names else []), *said[1:]]


def _then(told: Told, programme: Programme, series: str) -> str:
    write, kind = told.writer, naming.kind_of(series)
    then, now = told.last(series), told.of(series).row(0, named=True)
    numbers = {name: write.value(then[name], kind) for name in ("p10", "p50", "p90")}
    said = {"date": write.day(then["date"]), "now": write.value(now["p50"], kind), **numbers}
    small = told.name(series)
    return write.say(words.THEN, programme=programme.name, name=f"{small[:1].lower()}{small[1:]}", **said)


def section(told: Told, programme: Programme) -> Section:
    """What there is, who waits and is helped, and all of it in numbers."""
    names = [name for name in told.series_of(programme.id) if not naming.is_detail(name)]
    stocks = [name for name in names if not naming.is_flow(name)]
    supply = [name for name in names if name.endswith(_SUPPLY)]
    lone = [name for name in stocks if name not in supply]
    blocks: list[Block] = [_supply(told, supply)] if supply else []
    blocks += _fans(told, lone)
    return Section(told.writer.say(programme.name), [*blocks, *_numbers(told, stocks)])


def shared(told: Told) -> list[Section]:
    """Staff by sector, and population."""
    staff = [name for name in told.series_of(naming.STAFF) if name.endswith(_OF_STAFF)]
    people = told.series_of(naming.POPULATION)
    both = ((words.STAFF, staff), (words.POPULATION, people))
    return [Section(told.writer.say(title), _fans(told, names)) for title, names in both if names]


def _fans(told: Told, names: list[str]) -> list[Block]:
    """Two beside each other."""
    figures = [told.fan(name, f"{_title(told, name)}.", width=charts.NARROW) for name in names]
    return [Side(figures[at : at + 2]) for at in range(0, len(figures), 2)]


def _title(told: Told, series: str) -> str:
    said = told.name(series)
    if naming.owner_of(series) != naming.STAFF:
        return said
    sector = told.writer.say(naming.part_name(told.names, naming.STAFF, series.split(".")[1]))
    return f"{sector}: {said[:1].lower()}{said[1:]}"


def _supply(told: Told, names: list[str]) -> Figure:
    lines = {told.name(name): told.of(name) for name in names}
    spec = charts.lines(lines, told.observed(names[0]))
    return Figure(spec, told.writer.say(words.SUPPLY_CAPTION), legend=tuple(lines))


def _numbers(told: Told, names: list[str]) -> list[Block]:
    """Each series on each 31 December, as a table with its ranges."""
    rows = []
    for name in names:
        frame = told.of(name).filter(pl.col("date").dt.month() == 12)
        for row in frame.iter_rows(named=True):
            kind = naming.kind_of(name)
            values = (told.writer.value(row[column], kind) for column in ("p10", "p50", "p90"))
            rows.append([told.name(name), told.writer.day(row["date"]), *values])
    headers = [words.SERIES, words.DATE, words.LOW, words.MIDDLE, words.HIGH]
    table = Table([told.writer.say(header) for header in headers], rows, 2)
    return [Heading(told.writer.say(words.IN_NUMBERS)), table] if rows else []
