"""`veerkracht sensitivity`: which assumptions move an outcome most."""

from datetime import date
from typing import Any

import click

from veerkracht.cli import choosing
from veerkracht.cli.choosing import Asked
from veerkracht.cli.numbers import number
from veerkracht.cli.options import Day
from veerkracht.cli.output import print_json, progress, table
from veerkracht.rulebook.types import Text

TITLE = Text(
    "{series} op {on}: wat elk getal alleen verschuift, van het ene eind van zijn marge naar het andere",
    "{series} on {on}: what each number alone moves, from one end of its range to the other",
)
HEADERS = (
    Text("Getal", "Number"),
    Text("Laag – hoog", "Low – high"),
    Text("Uitkomst bij laag", "Outcome when low"),
    Text("Bij hoog", "When high"),
    Text("Verschil", "Difference"),
    Text("Rust op", "Rests on"),
)
MIDDLE = Text("Zonder iets vast te houden: {middle}.", "With nothing held: {middle}.")
NOTHING = Text("Geen enkel onzeker getal verschuift dit.", "No uncertain number moves this.")
ASSUMPTION = Text("aanname", "assumption")


@click.command(
    epilog="""\b
Examples:
  veerkracht sensitivity constant-policy --outcome waiting.group-1 --on 2028-12-31
  veerkracht sensitivity constant-policy --outcome residential-care.occupancy --on 2030-12-31 --json
"""
)
@click.argument("plan")
@click.option("--outcome", required=True, metavar="SERIES", help="What to look at, such as waiting.group-1.")
@click.option("--on", required=True, type=Day(), help="On which day: a 30 June or a 31 December.")
@click.option(
    "--most",
    default=20,
    show_default=True,
    help="How many numbers to hold, when there are very many, and to show.",
)
@choosing.options(runs=40)
def command(plan: str, outcome: str, on: date, most: int, asked: Asked) -> None:
    """Hold one uncertain number after another at each end of its range, and see how far the outcome of PLAN moves.

    The numbers that move it most are those to go and find first. All have the same luck.
    """
    setting, (plan,) = asked.setting(plan)
    from veerkracht.forecast.choices import tornado
    from veerkracht.forecast.show.naming import full_name

    with progress(f"{plan}: {outcome}") as tick:
        setting, (series,) = setting.narrowed(plan, [outcome])
        found = tornado(setting, plan, series, on, tick, most)
    if asked.as_json:
        print_json(
            {"plan": plan, "outcome": outcome, "date": on, "runs": asked.runs, "numbers": found.to_dicts()}
        )
    else:
        title = TITLE.fill(series=full_name(setting.region, series), on=on)
        _print(found.to_dicts()[:most], title, asked.language)


def _print(rows: list[dict[str, Any]], title: Text, language: str) -> None:
    click.echo(title.get(language))
    if not rows:
        click.echo(NOTHING.get(language))
        return
    middle = rows[0]["middle"]
    decimals = 0 if abs(middle) >= 10 else 3
    click.echo(MIDDLE.fill(middle=number(middle, language, decimals)).get(language) + "\n")
    cells = [_cells(row, decimals, language) for row in rows]
    table([header.get(language) for header in HEADERS], cells)


def _cells(row: dict[str, Any], decimals: int, language: str) -> list[str]:
    ends = f"{_short(row['low'], language)} – {_short(row['high'], language)}"
    outcomes = (number(row[end], language, decimals) for end in ("low_outcome", "high_outcome", "swing"))
    rests_on = row["source"] or ASSUMPTION.get(language)
    return [row[f"text_{language}"] or row["parameter"], ends, *outcomes, rests_on]


def _short(value: float, language: str) -> str:
    return number(value, language, 0 if abs(value) >= 100 else 3)
