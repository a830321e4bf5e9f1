"""`veerkracht waterfall`: how much each cause brought of a change, or of the difference between two plans."""

from datetime import date
from typing import Any

import click

from veerkracht.cli import choosing
from veerkracht.cli.choosing import Asked
from veerkracht.cli.numbers import number, spread
from veerkracht.cli.options import Day
from veerkracht.cli.output import print_json, progress, table
from veerkracht.rulebook.types import Text

CHANGE = Text("{series}, van {start} tot {on}, met “{plan}”", "{series}, from {start} to {on}, with “{plan}”")
DIFFERENCE = Text(
    "{series} op {on}: van “{against}” naar “{plan}”", "{series} on {on}: from “{against}” to “{plan}”"
)
DAY = Text("{on}", "{on}")
HEADERS = (
    Text("Oorzaak", "Cause"),
    Text("Bracht gemiddeld (8 kansen op 10)", "Brought on average (8 chances in 10)"),
)


@click.command(
    epilog="""\b
Examples:
  veerkracht waterfall constant-policy --outcome waiting.group-1 --on 2028-12-31
  veerkracht waterfall twenty-million-more --against constant-policy --outcome waiting.total --on 2028-12-31
"""
)
@click.argument("plan")
@click.option(
    "--against", metavar="PLAN", help="Take the difference from this plan apart, not the change since now."
)
@click.option("--outcome", required=True, metavar="SERIES", help="Who waits, such as waiting.group-1.")
@click.option("--on", required=True, type=Day(), help="On which day: a 30 June or a 31 December.")
@choosing.options(runs=200)
def command(plan: str, against: str | None, outcome: str, on: date, asked: Asked) -> None:
    """Take apart how a list got where PLAN brings it: what each cause brought, together the whole change."""
    setting, plans = asked.setting(*filter(None, (plan, against)))
    from veerkracht.forecast.choices import waterfall

    with progress(f"{plan}: {outcome}") as tick:
        found = waterfall(setting, plans[0], outcome, on, *plans[1:], progress=tick)
    if asked.as_json:
        print_json({**found.plain(), "runs": asked.runs, "seed": asked.seed})
    else:
        _print(found, setting, asked.language)


def _print(found: Any, setting: Any, language: str) -> None:
    from veerkracht.forecast.show.naming import full_name

    plans, series = setting.region.plans, full_name(setting.region, found.series)
    plan = plans[found.plan].name
    if found.against:
        against = plans[found.against].name
        title = DIFFERENCE.fill(series=series, on=found.on, against=against, plan=plan)
        ends = against, plan
    else:
        title = CHANGE.fill(series=series, start=setting.start, on=found.on, plan=plan)
        ends = DAY.fill(on=setting.start), DAY.fill(on=found.on)
    begin, end = (one.get(language) for one in ends)
    click.echo(title.get(language) + "\n")
    rows = [[begin, number(found.begin.mean(), language)]]
    for row in found.frame().iter_rows(named=True):
        rows.append([row[f"text_{language}"], spread(row["brought"], row["p10"], row["p90"], language)])
    rows.append([end, number(found.end.mean(), language)])
    table([header.get(language) for header in HEADERS], rows)
