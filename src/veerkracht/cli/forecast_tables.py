"""The tables that `veerkracht forecast` prints."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import fill
from typing import Any

import click
import polars as pl

from veerkracht.cli.numbers import day, spread
from veerkracht.cli.output import WIDTH_WITHOUT_TERMINAL, table
from veerkracht.region import Region
from veerkracht.rulebook.types import Text

WAITING = Text("Wie wacht op 31 december", "Who waits on 31 December")
GRANTED = Text("Toegekend in het jaar", "Granted in the year")
MONEY = Text("Geld, miljoen euro", "Money, million euro")
TURN = Text("Wanneer de beurt komt (geen belofte)", "When the turn comes (no promise)")
ON_YEAR_END = Text("{programme}, op 31 december", "{programme}, on 31 December")
STAFF = Text(
    "Personeel, op 31 december (voltijdse equivalenten)", "Staff, on 31 December (full-time equivalents)"
)
LESS = Text("“{one}” min “{other}”", "“{one}” less “{other}”")
RANGE = Text(
    "Midden (8 kansen op 10). {runs} berekeningen, startgetal {seed}, van {start} tot {end}.",
    "Middle (8 chances in 10). {runs} runs, seed {seed}, from {start} to {end}.",
)
# How wide the column of days is, and the space between two columns.
_DAY_WIDTH, _BETWEEN = 10, 2
# What is printed of a programme with places or teams, where it is there.
_SERVICE = (
    "waiting.persons",
    "places.recognised",
    "places.open",
    "places.staffed",
    "residents.total",
    "residents.heavy",
    "occupancy",
    "helped.persons",
)


def print_forecast(here: Region, made: Any, difference: Any, language: str) -> None:
    """All tables of a forecast of a region, and what it changes beside another plan."""
    facts = {"runs": made.runs, "seed": made.seed, "start": day(made.start), "end": day(made.end)}
    click.echo(f"{made.plan.name.get(language)}\n{RANGE.fill(**facts).get(language)}\n")
    tables = _Tables(here, made.start, language, made.series())
    for part in made.parts:
        if part in made.rounds:
            _rounds(part, tables)
        else:
            _services(part, tables)
    if difference is not None:
        _difference(made, difference, _Tables(here, made.start, language, difference.series()))


@dataclass(frozen=True)
class _Tables:
    """Prints series of a frame of spreads: a row a year, a column a series."""

    here: Region
    start: date
    language: str
    series: pl.DataFrame

    def of(self, names: Iterable[str], title: Text) -> None:
        """The median and the range of 80 % of each of these that is known, in tables that fit a page."""
        from veerkracht.forecast.show import naming

        said = {name: naming.name_of(self.here, name).get(self.language) for name in names}
        self._print({text + _unit(name): self._cells(name) for name, text in said.items()}, title)

    def of_sectors(self, names: Iterable[str], title: Text) -> None:
        """The same, where what sets the columns apart is the sector of the staff."""
        from veerkracht.forecast.show import naming

        sectors = {name: naming.part_name(self.here, naming.STAFF, name.split(".")[1]) for name in names}
        self._print({text.get(self.language): self._cells(name) for name, text in sectors.items()}, title)

    def _cells(self, name: str) -> dict[date, str]:
        at_year_end = (pl.col("date").dt.month() == 12) & (pl.col("date") > self.start)
        rows = self.series.filter(at_year_end & (pl.col("series") == name)).iter_rows(named=True)
        return {row["date"]: _cell(name, row, self.language) for row in rows}

    def _print(self, columns: dict[str, dict[date, str]], title: Text) -> None:
        for part in _pages({header: cells for header, cells in columns.items() if cells}):
            days = sorted({on for cells in part.values() for on in cells})
            rows = [[day(on), *(cells.get(on) for cells in part.values())] for on in days]
            table(["", *part], rows, title.get(self.language))
            click.echo("")


def _pages(columns: dict[str, dict[date, str]]) -> Iterator[dict[str, dict[date, str]]]:
    """The columns in as many tables as they need to fit a page of 120 characters, no word or number broken."""
    page: dict[str, dict[date, str]] = {}
    left = WIDTH_WITHOUT_TERMINAL - _DAY_WIDTH
    for header, cells in columns.items():
        width = max(map(len, (*header.split(), *cells.values())))
        if page and width + _BETWEEN > left:
            yield page
            page, left = {}, WIDTH_WITHOUT_TERMINAL - _DAY_WIDTH
        page[fill(header, width)] = cells
        left -= width + _BETWEEN
    if page:
        yield page


def _rounds(part: Any, tables: _Tables) -> None:
    """Who waits, what is granted, the money, and when turns come, of a programme that hands out in rounds."""
    for thing, title in (("waiting", WAITING), ("granted", GRANTED)):
        tables.of([name for name in part.values if name.startswith(f"{part.programme.id}.{thing}.")], title)
    _money(part, tables.language)
    print_turns(part, tables.language)


def _services(part: Any, tables: _Tables) -> None:
    """Tables of each programme with places or teams, and of the staff that they share."""
    for programme in part.programmes:
        names = [f"{programme.id}.{thing}" for thing in _SERVICE]
        tables.of(names, ON_YEAR_END.fill(programme=programme.name))
    tables.of_sectors([name for name in part.values if _is_staff(name)], STAFF)


def _is_staff(name: str) -> bool:
    return name.startswith("staff.") and name.endswith(".fte")


def _difference(made: Any, difference: Any, tables: _Tables) -> None:
    names = {"one": difference.one.plan.name, "other": difference.other.plan.name}
    click.echo(LESS.fill(**names).get(tables.language) + "\n")
    for part in made.parts:
        if part in made.rounds:
            waiting = f"{part.programme.id}.waiting."
            tables.of([name for name in difference.values if name.startswith(waiting)], WAITING)
        else:
            _services(part, tables)


def _cell(name: str, row: dict[str, Any], language: str) -> str:
    """The middle and the range of a series; a share in hundredths."""
    times, decimals = (100, 1) if _unit(name) else (1, 0)
    middle, low, high = (times * row[column] for column in ("p50", "p10", "p90"))
    return spread(middle, low, high, language, decimals)


def _unit(name: str) -> str:
    from veerkracht.forecast.show import naming

    return " (%)" if naming.kind_of(name) == "percent" else ""


def _money(made: Any, language: str) -> None:
    from veerkracht.forecast.show import words

    columns = {
        "brought": words.BROUGHT,
        "growth": words.GROWTH,
        "freed": words.FREED,
        "used": words.USED,
        "left": words.LEFT,
    }
    rows = [
        [_year(row["year"], made.end), *(_million(row, column, language) for column in columns)]
        for row in made.money().iter_rows(named=True)
    ]
    headers = ["", *(text.get(language) for text in columns.values())]
    table(headers, rows, MONEY.get(language))
    click.echo("")


def _year(year: int, end: date) -> str:
    """A year; of the last one up to when, where it isn't whole."""
    whole = year < end.year or (end.month, end.day) == (12, 31)
    return str(year) if whole else f"01-01 – {day(end)}"


def _million(row: dict[str, Any], column: str, language: str) -> str:
    middle, low, high = (row[f"{column}{end}"] / 1e6 for end in ("", "_p10", "_p90"))
    return spread(middle, low, high, language, 1)


def print_turns(made: Any, language: str) -> None:
    """When the turn comes, by group and year of the priority date."""
    from veerkracht.forecast.show import words

    groups = {group.number: group.name.get(language) for group in made.programme.groups}
    turns = made.turn_by_priority_date().filter(pl.col("served_share") >= 0.01)
    later = f"> {day(made.end)}"
    rows = [
        [
            groups.get(row["priority_group"], words.OUTSIDE.get(language)),
            str(row["year"] or "–"),
            row["requests"],
            *(day(row[name]) if row[name] else later for name in ("p10", "p50", "p90")),
            f"{row['served_share']:.0%}",
        ]
        for row in turns.iter_rows(named=True)
    ]
    texts = [words.PRIORITY_YEAR, words.REQUESTS, words.EARLY, words.HALF, words.LATE]
    headers = ["", *(text.get(language) for text in texts)]
    headers.append(words.CHANCE.fill(end=day(made.end)).get(language))
    table(headers, rows, TURN.get(language))
    click.echo("")
