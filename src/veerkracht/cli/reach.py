"""`veerkracht reach`: how much more a year, from when and for how long, to reach a target."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from veerkracht.cli import choosing
from veerkracht.cli.choosing import Asked
from veerkracht.cli.numbers import number
from veerkracht.cli.options import Day
from veerkracht.cli.output import print_json, progress, table
from veerkracht.rulebook.types import Text

ASKED = Text(
    "{target} op {by}, in {sure} van de berekeningen, met extra geld voor {use}",
    "{target} on {by}, in {sure} of the runs, with extra money for {use}",
)
NOW = Text(
    "Zonder extra geld wordt dit in {share} van de berekeningen gehaald.",
    "Without extra money {share} of the runs reach it.",
)
NOT = Text("Dit kan niet bereikt worden.", "This can't be reached.")
ENOUGH = Text("Er is niets meer nodig.", "Nothing more is needed.")
NEEDED = Text(
    "Nodig: {euro} euro meer per jaar, vanaf {from_} en {years} keer: elk jaar evenveel, bovenop alles ervoor.",
    "Needed: {euro} euro a year more, from {from_} and {years} times: each year as much again, on top of all before.",
)
COUNTED = Text(
    "Dat is telkens {amount} in de eenheid van de maatregel.",
    "That is {amount} each time, in the unit of the measure.",
)
FRESH = Text(
    "Nagerekend met {runs} nieuwe berekeningen: {share} haalt het.",
    "Played again with {runs} new runs: {share} reach it.",
)
LARGEST = Text(
    "Dat is {times} keer het meeste dat ooit in een jaar bijkwam: {euro} euro in {year} ({where}).",
    "That is {times} times the most that was ever added in a year: {euro} euro in {year} ({where}).",
)
FIGURE = Text("bekendgemaakt cijfer", "published figure")
NO_LARGEST = Text(
    "Wat er ooit in een jaar bijkwam, staat in geen cijfer en in geen plan: of dit geloofwaardig is, blijft open.",
    "What was ever added in a year is in no figure and no plan: whether this is believable stays open.",
)
AFTER = Text(
    "Om er tot {until} te blijven: daarna elk jaar nog {euro} euro erbij.",
    "To stay there until {until}: another {euro} euro in each year after it.",
)
NOTHING_AFTER = Text(
    "Om er tot {until} te blijven is daarna niets meer nodig.",
    "To stay there until {until} nothing more is needed after it.",
)
NOT_AFTER = Text("Niets houdt het tot {until} vast.", "Nothing keeps it there until {until}.")
HEADERS = (Text("Anders gevraagd", "Asked otherwise"), Text("Euro meer per jaar", "Euro a year more"))
CERTAIN = Text("gehaald in {sure} van de berekeningen", "reached in {sure} of the runs")
LATER = Text("begonnen in {year}", "begun in {year}")
NEVER = Text("wordt niet gehaald", "is not reached")


@click.command(
    epilog="""\b
Examples:
  veerkracht reach "next-in-line.group-1<=548" --plan constant-policy --by 2028-12-31 --from 2026-01-01
  veerkracht reach "waiting.group-1<=100" --plan constant-policy --by 2030-12-31 --sure 0.9 --save enough.toml
"""
)
@click.argument("goal")
@click.option("--plan", required=True, help="On top of which plan.")
@click.option("--by", type=Day(), help="When it must be reached: a 30 June or 31 December (the end).")
@click.option(
    "--from", "from_", type=Day(), help="First day with more money (the first 1 January after the start)."
)
@click.option("--sure", default=0.8, show_default=True, help="In which share of the runs it must be reached.")
@click.option(
    "--with", "use", default="", metavar="ID", help="What the money goes to (what the goal is about)."
)
@click.option(
    "--save", type=click.Path(path_type=Path, dir_okay=False), help="Write what is needed as a plan."
)
@choosing.options(runs=100)
def command(
    goal: str,
    plan: str,
    by: date | None,
    from_: date | None,
    sure: float,
    use: str,
    save: Path | None,
    asked: Asked,
) -> None:
    """How much more money in every year reaches GOAL, a series with <= or >= and a number.

    Says what it takes, how sure that is, how it compares with what was ever added in a year, what it takes when it
    begins later, and what is needed afterwards to stay there; or that no amount of money reaches it, and why.
    """
    setting, (plan,) = asked.setting(plan)
    from veerkracht.forecast.choices import Question, reach, read_target

    target = read_target(goal)
    by = by or setting.last_record
    from_ = from_ or date(setting.start.year + 1, 1, 1)
    with progress(f"{plan}: {target}") as tick:
        found = reach(setting, plan, Question(target, by, from_, sure, use), tick)
    if asked.as_json:
        print_json({"plan": plan, "seed": asked.seed, **found.plain()})
    else:
        _print(found, setting.region, asked.language)
    if save and found.plan:
        choosing.save_plan(save, found.plan)


def _print(found: Any, region: Any, language: str) -> None:
    from veerkracht.forecast.show.naming import full_name

    question = found.question
    target = question.target.said(full_name(region, question.target.series))
    asked = ASKED.fill(target=target, by=question.by, use=found.use.name, sure=f"{question.sure:.0%}")
    lines = [asked, NOW.fill(share=f"{found.now:.0%}")]
    if found.euro is None:
        lines += [NOT, found.why]
    elif found.euro == 0:
        lines += [ENOUGH, *_after(found, language)]
    else:
        lines += [*_needed(found, language), _believable(found, region, language), *_after(found, language)]
    for line in lines:
        click.echo(line.get(language))
    if found.euro:
        click.echo("")
        table([header.get(language) for header in HEADERS], _otherwise(found, language))


def _needed(found: Any, language: str) -> list[Text]:
    euro, question = number(found.euro, language), found.question
    lines = [NEEDED.fill(euro=euro, from_=question.from_, years=found.years)]
    if found.use.price is not None:
        lines.append(COUNTED.fill(amount=number(found.amount, language, 1)))
    lines.append(FRESH.fill(runs=found.runs, share=f"{found.fresh:.0%}"))
    return lines


def _believable(found: Any, region: Any, language: str) -> Text:
    if found.times_largest is None:
        return NO_LARGEST
    largest = found.largest
    return LARGEST.fill(
        times=number(found.times_largest, language, 1),
        euro=number(largest.euro, language),
        year=f"{largest.year}",
        where=region.plans[largest.plan].name if largest.plan else FIGURE,
    )


def _after(found: Any, language: str) -> list[Text]:
    if found.after_until is None:
        return []
    until = found.after_until
    if found.after is None:
        return [NOT_AFTER.fill(until=until)]
    if found.after == 0:
        return [NOTHING_AFTER.fill(until=until)]
    return [AFTER.fill(until=until, euro=number(found.after, language))]


def _otherwise(found: Any, language: str) -> list[list[str]]:
    """What it takes when it is asked with another certainty, or begins later."""
    asked = {CERTAIN.fill(sure=f"{sure:.0%}"): euro for sure, euro in found.by_certainty.items()}
    asked |= {
        LATER.fill(year=f"{found.question.from_.year + years}"): euro for years, euro in found.later.items()
    }
    return [
        [text.get(language), NEVER.get(language) if euro is None else number(euro, language)]
        for text, euro in asked.items()
    ]
