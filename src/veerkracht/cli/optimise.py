"""`veerkracht optimise`: split extra money over what it can go to, for a stated goal."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from veerkracht.cli import choosing
from veerkracht.cli.choosing import Asked
from veerkracht.cli.numbers import number, spread
from veerkracht.cli.options import Day
from veerkracht.cli.output import CommandError, print_json, progress, table
from veerkracht.rulebook.types import Text

TITLE = Text(
    "{budget} euro meer per jaar vanaf {from_}, bovenop “{plan}”, bekeken op {on}",
    "{budget} euro a year more from {from_}, on top of “{plan}”, looked at on {on}",
)
AGAIN = Text(", en elk jaar daarna evenveel erbij", ", and as much again in each year after it")
SPLIT = Text(
    "De beste verdeling van de {count} die gespeeld zijn", "The best split of the {count} that were played"
)
SPLIT_HEADERS = (Text("Naar", "To"), Text("Euro per jaar", "Euro a year"))
OUTCOMES = Text(
    "Wat dat geeft (gemiddeld, 8 kansen op 10; {runs} nieuwe berekeningen)",
    "What that gives (on average, 8 chances in 10; {runs} new runs)",
)
OUTCOME_HEADERS = (
    Text("Doel", "Goal"),
    Text("Zonder", "Without"),
    Text("Gelijk verdeeld", "Split equally"),
    Text("Zo verdeeld", "Split like this"),
)
MARGINAL = Text("Wat het volgende miljoen per jaar nog verandert", "What the next million a year changes")
MARGINAL_HEADERS = (
    Text("Naar", "To"),
    Text("Doel", "Goal"),
    Text("Verandering (8 kansen op 10)", "Change (8 chances in 10)"),
)
FRONTIER = Text(
    "Tussen twee doelen: geen verdeling is op beide beter", "Between two goals: no split is better at both"
)
_MOST_ROWS = 9


class Bound(click.ParamType):
    """ID=EUR, how much one thing must or may get."""

    name = "ID=EUR"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        id, _, euro = str(value).rpartition("=")
        try:
            return id.strip(), float(euro.replace("_", ""))
        except ValueError:
            self.fail(f"“{value}” is not ID=EUR, such as my-programme.group-1=5000000", param, ctx)


@click.command(
    epilog="""\b
Examples:
  veerkracht optimise constant-policy --budget 20000000 --goal highest-group
  veerkracht optimise constant-policy --budget 50000000 --goal fewest-waiting:0.7,longest-wait:0.3 \\
      --at-least personal-budget.group-1=10000000 --save split.toml
"""
)
@click.argument("plan")
@click.option("--budget", required=True, type=float, metavar="EUR", help="How much more a year, lasting.")
@click.option("--every-year", is_flag=True, help="Again as much more in each following year.")
@click.option(
    "--goal", required=True, help="highest-group, fewest-waiting, longest-wait, equal-chances, or a mix."
)
@click.option("--beside", default="", metavar="GOAL", help="The other goal of the frontier (one is chosen).")
@click.option("--over", multiple=True, metavar="ID", help="Split over these only (all that money can go to).")
@click.option("--at-least", "least", multiple=True, type=Bound(), help="Give this at least so much.")
@click.option("--at-most", "most", multiple=True, type=Bound(), help="Give this at most so much.")
@click.option(
    "--from", "from_", type=Day(), help="First day with more money (the first 1 January after the start)."
)
@click.option("--on", type=Day(), help="The day on which the goal is looked at (the end).")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Write the split as a plan.")
@choosing.options(runs=100)
def command(plan: str, goal: str, save: Path | None, asked: Asked, **words: Any) -> None:
    """Find the split of extra money on top of PLAN that serves a goal best, within bounds.

    Money can go to each group of a programme that hands out in rounds, and to measures with a known cost. Shows the
    best split that was found, what it gives with luck that the search has not met, what the next million would change,
    and the frontier between two goals.
    """
    setting, (plan,) = asked.setting(plan)
    from veerkracht.forecast.choices import Ask, optimise

    bounds = {name: _once(words.pop(name)) for name in ("least", "most")}
    days = {
        "from_": words.pop("from_") or date(setting.start.year + 1, 1, 1),
        "on": words.pop("on") or setting.last_record,
    }
    ask = Ask(goal=goal, **words, **bounds, **days)
    with progress(f"{plan}: {goal}") as tick:
        found = optimise(setting, plan, ask, tick)
    if asked.as_json:
        print_json({"plan": plan, "seed": asked.seed, **found.plain()})
    else:
        _print(found, setting.region.plans[plan].name, asked.language)
    if save:
        choosing.save_plan(save, found.plan)


def _once(bounds: tuple[tuple[str, float], ...]) -> dict[str, float]:
    ids = [id for id, _ in bounds]
    for id in ids:
        if ids.count(id) > 1:
            raise CommandError(f"There are two bounds of one kind for {id}: give one.")
    return dict(bounds)


def _print(found: Any, plan: Text, language: str) -> None:
    ask, names = found.ask, {use.id: use.name.get(language) for use in found.uses}
    budget = number(ask.budget, language)
    title = TITLE.fill(budget=budget, from_=ask.from_, plan=plan, on=ask.on)
    click.echo(title.get(language) + (AGAIN.get(language) if ask.every_year else "") + "\n")
    rows = [[names[id], number(euro, language)] for id, euro in found.split.items()]
    _table(SPLIT_HEADERS, rows, SPLIT.fill(count=found.evaluated), language)
    _table(OUTCOME_HEADERS, _outcomes(found, language), OUTCOMES.fill(runs=found.runs), language)
    rows = [
        [names[row["use"]], _goal(row["goal"], language), _range(row, "brought", language, 1)]
        for row in found.marginal.iter_rows(named=True)
    ]
    _table(MARGINAL_HEADERS, rows, MARGINAL, language)
    _frontier(found, names, language)


def _outcomes(found: Any, language: str) -> list[list[str]]:
    rows: dict[str, list[str]] = {}
    for row in found.outcomes.iter_rows(named=True):
        rows.setdefault(_goal(row["goal"], language), []).append(_range(row, "mean", language, 0))
    return [[goal, *cells] for goal, cells in rows.items()]


def _frontier(found: Any, names: dict[str, str], language: str) -> None:
    """The splits between two goals, a few of them when there are many."""
    frame = found.frontier
    goals = [column for column in frame.columns if column not in names]
    used = [id for id in names if frame.get_column(id).max() > 0]
    step = max(1, -(-frame.height // _MOST_ROWS))
    rows = [
        [
            *(number(row[id] / 1e6, language, 2) for id in used),
            *(number(row[goal], language) for goal in goals),
        ]
        for row in frame.gather_every(step).iter_rows(named=True)
    ]
    headers = [f"{names[id]} (M)" for id in used] + [_goal(goal, language) for goal in goals]
    table(headers, rows, FRONTIER.get(language))


def _goal(id: str, language: str) -> str:
    from veerkracht.forecast.choices.goals import GOALS

    return f"{GOALS[id].text.get(language)} ({GOALS[id].unit.get(language)})"


def _range(row: dict[str, Any], middle: str, language: str, decimals: int) -> str:
    return spread(row[middle], row["p10"], row["p90"], language, decimals)


def _table(headers: tuple[Text, ...], rows: list[list[str]], title: Text, language: str) -> None:
    table([header.get(language) for header in headers], rows, title.get(language))
    click.echo("")
