"""`veerkracht population`: how many people of which age there will be, and where."""

from datetime import date
from typing import Any

import click
import polars as pl

from veerkracht.cli.numbers import day, number, spread
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import CommandError, print_json, table
from veerkracht.rulebook.types import Text

TITLE = Text("Inwoners: {where}", "Inhabitants: {where}")
THOUSANDS = Text(" (duizend)", " (thousands)")
RANGE = Text(
    "Midden (8 kansen op 10). {runs} berekeningen, startgetal {seed}.",
    "Middle (8 chances in 10). {runs} runs, seed {seed}.",
)
GROUP = {
    "total": Text("Samen", "All"),
    "80-plus": Text("80+", "80+"),
    "85-plus": Text("85+", "85+"),
    "67-plus": Text("67+", "67+"),
}
OFFICIAL = Text("Naast officiële vooruitzichten", "Beside official projections")
HEADERS = (
    Text("Leeftijd", "Age"),
    Text("Op", "On"),
    Text("Officieel", "Official"),
    Text("Hier", "Here"),
    Text("Bron", "Source"),
)
# With more years than this, only every fifth is shown; with more people than this, thousands of them.
_ALL_YEARS = 12
_MANY = 1_000_000
_SHOWN = ("total", "0-17", "67-plus", "80-plus", "85-plus")


@click.command(
    epilog="""\b
Examples:
  veerkracht population
  veerkracht population --start 2018-12-31 --years 31
  veerkracht population --area Gent --years 20 --json
"""
)
@click.option(
    "--start", type=Day(), help="Know only what was published by this day (when the last totals were)."
)
@click.option("--years", default=10, show_default=True, help="How far to look ahead.")
@click.option("--area", default="", help="The code or name of a municipality, zone, region or province.")
@click.option("--runs", default=200, show_default=True, help="How many times the years are played.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers.")
@as_json
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
def command(
    start: date | None, years: int, area: str, runs: int, seed: int, as_json: bool, language: str
) -> None:
    """Project the population by age, from the last counts: births, deaths, who comes and who goes.

    Shows the middle outcome and the range that holds eight of ten, and what official projections expected.
    """
    from veerkracht import region as regions
    from veerkracht.cli.forecast import keep_compiled

    keep_compiled()
    from veerkracht.forecast.draws import Draws
    from veerkracht.forecast.population import project
    from veerkracht.forecast.population.groups import beside_official, grouped
    from veerkracht.forecast.spread import plain_rows
    from veerkracht.forecast.spread import spread as over_runs

    if runs < 1:
        raise CommandError(f"{runs} runs can't be played: expected 1 or more.")
    here = regions.current()
    projection = project(here, start or _last_known(here), years, Draws(seed, runs))
    series = over_runs(grouped(here, projection, projection.days, area), projection.days)
    official = beside_official(here, projection) if not area else pl.DataFrame()
    if as_json:
        facts = {"region": here.id, "area": area, "start": projection.start, "runs": runs, "seed": seed}
        print_json({**facts, "series": plain_rows(series), "official": plain_rows(official)})
        return
    _print_series(series, area or here.name.get(language), language)
    click.echo(RANGE.fill(runs=runs, seed=seed).get(language))
    if official.height:
        _print_official(official, language)


def _last_known(here: Any) -> date:
    """The end of the year in which the last totals were published."""
    if here.population is None or not here.population.totals.published:
        return date.today()
    return date(max(here.population.totals.published).year, 12, 31)


def _print_series(series: pl.DataFrame, where: str, language: str) -> None:
    days = series.get_column("date").unique().sort().to_list()
    some = [on for on in days if on in (days[0], days[-1]) or on.year % 5 == 4]
    unit = 1000 if series.get_column("p50").max() > _MANY else 1
    cells = {
        (row["series"].partition(".")[2], row["date"]): spread(
            *(row[name] / unit for name in ("p50", "p10", "p90")), language
        )
        for row in series.iter_rows(named=True)
    }
    rows = [
        [day(on), *(cells[group, on] for group in _SHOWN)]
        for on in (days if len(days) <= _ALL_YEARS else some)
    ]
    title = TITLE.fill(where=where).get(language) + (THOUSANDS.get(language) if unit > 1 else "")
    table(["", *(_group_name(group, language) for group in _SHOWN)], rows, title)


def _print_official(official: pl.DataFrame, language: str) -> None:
    rows = [
        [
            _group_name(row["series"].partition(".")[2], language),
            day(row["date"]),
            number(row["official"], language),
            spread(row["p50"], row["p10"], row["p90"], language),
            row["source_title"],
        ]
        for row in official.iter_rows(named=True)
    ]
    click.echo("")
    table([header.get(language) for header in HEADERS], rows, OFFICIAL.get(language))


def _group_name(name: str, language: str) -> str:
    return GROUP[name].get(language) if name in GROUP else name
