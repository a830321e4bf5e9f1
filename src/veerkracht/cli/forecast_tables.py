"""The tables that `veerkracht forecast` prints."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import click
import polars as pl

from veerkracht.cli.numbers import day, spread
from veerkracht.cli.output import table
from veerkracht.rulebook.types import Programme, Text

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


def print_forecast(made: Any, difference: Any, language: str) -> None:
    """All tables of a forecast of a region, and what it changes beside another plan."""
    facts = {"runs": made.runs, "seed": made.seed, "start": day(made.start), "end": day(made.end)}
    click.echo(f"{made.plan.name.get(language)}\n{RANGE.fill(**facts).get(language)}\n")
    for part in made.parts:
        if part in made.rounds:
            _rounds(part, language)
        else:
            _services(part, part.values, made.series(), language)
    if difference is not None:
        _difference(made, difference, language)


def _rounds(part: Any, language: str) -> None:
    """Who waits, what is granted, the money, and when turns come, of a programme that hands out in rounds."""
    for thing, title in (("waiting", WAITING), ("granted", GRANTED)):
        names = [name for name in part.values if name.startswith(f"{part.programme.id}.{thing}.")]
        _series(part.programme, names, part.series(), part.start, title, language)
    _money(part, language)
    print_turns(part, language)


def _services(part: Any, known: Iterable[str], series: pl.DataFrame, language: str) -> None:
    """A table of each programme with places or teams, and one of the staff that they share."""
    for programme in part.programmes:
        names = [f"{programme.id}.{thing}" for thing in _SERVICE if f"{programme.id}.{thing}" in known]
        _series(programme, names, series, part.start, ON_YEAR_END.fill(programme=programme.name), language)
    staff = [name for name in known if name.startswith("staff.") and name.endswith(".fte")]
    if staff:
        _series(part.programmes[0], staff, series, part.start, STAFF, language)


def _difference(made: Any, difference: Any, language: str) -> None:
    names = {"one": difference.one.plan.name, "other": difference.other.plan.name}
    click.echo(LESS.fill(**names).get(language) + "\n")
    series = difference.series()
    for part in made.parts:
        if part in made.rounds:
            shown = [name for name in difference.values if name.startswith(f"{part.programme.id}.waiting.")]
            _series(part.programme, shown, series, part.start, WAITING, language)
        else:
            _services(part, difference.values, series, language)


def _series(
    programme: Programme, names: list[str], series: pl.DataFrame, start: date, title: Text, language: str
) -> None:
    """A row a year, a column a series: the median and the range of 80 %."""
    from veerkracht.forecast.show import words

    at_year_end = series.filter((pl.col("date").dt.month() == 12) & (pl.col("date") > start))
    rows: dict[date, list[str]] = {}
    for name in names:
        for row in at_year_end.filter(pl.col("series") == name).iter_rows(named=True):
            cell = spread(row["p50"], row["p10"], row["p90"], language, _decimals(name))
            rows.setdefault(row["date"], []).append(cell)
    headers = [words.part_name(programme, name).get(language) for name in names]
    table(["", *headers], [[day(on), *cells] for on, cells in rows.items()], title.get(language))
    click.echo("")


def _decimals(series: str) -> int:
    return 3 if series.endswith(".occupancy") else 0


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
        [str(row["year"]), *(_million(row, column, language) for column in columns)]
        for row in made.money().iter_rows(named=True)
    ]
    headers = ["", *(text.get(language) for text in columns.values())]
    table(headers, rows, MONEY.get(language))
    click.echo("")


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
