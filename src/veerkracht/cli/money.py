"""`veerkracht money`: what the region's files tell of its money, what is unknown and what does not agree."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import click

from veerkracht.cli.output import CommandError, print_json

if TYPE_CHECKING:
    from veerkracht.region import Region
    from veerkracht.region.money import Money

LANGUAGE = click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON; amounts in cents.")


@click.group(
    "money",
    epilog="""\b
Examples:
  veerkracht money list
  veerkracht money show vv175
  veerkracht money open --language nl
""",
)
def command() -> None:
    """What was promised, decided and meant, and what of it is not known.

    Envelopes, decisions, measures and the sentences of the government's text, from the region's folder money/. What
    was announced, agreed, voted, committed and paid is never added.
    """


@command.command("list", epilog="Example:  veerkracht money list --unknown")
@click.option("--unknown", is_flag=True, help="Only what has no known amount.")
@AS_JSON
@LANGUAGE
def list_(unknown: bool, as_json: bool, language: str) -> None:
    """All envelopes and measures with their latest known amount."""
    from veerkracht.cli import money_tables

    region, money = _money()
    envelopes = [one for one in money.envelopes.values() if not unknown or not money.amount_of(one)]
    measures = [one for one in money.measures.values() if not unknown or not money.amount_of(one)]
    if as_json:
        print_json({"currency": region.currency, "envelopes": envelopes, "measures": measures})
    else:
        tables = money_tables.MoneyTables(money, region.currency, language)
        tables.envelopes(envelopes)
        tables.measures(measures)


@command.command("show", epilog="Example:  veerkracht money show via6-quality-staff")
@click.argument("id")
@AS_JSON
@LANGUAGE
def show(id: str, as_json: bool, language: str) -> None:
    """All that is known of the envelope, measure or sentence ID."""
    from veerkracht.cli import money_tables

    region, money = _money()
    thing = money.envelopes.get(id) or money.measures.get(id) or money.sentences.get(id)
    if thing is None:
        raise CommandError(
            f"There is no envelope, measure or sentence “{id}”: veerkracht money list names them."
        )
    if as_json:
        said = {field.name: getattr(thing, field.name) for field in fields(thing)}
        print_json({**said, "answered_by": money.answers(id), "open": money.open_about(id)})
    else:
        money_tables.MoneyTables(money, region.currency, language).one(thing)


@command.command("open", epilog="Example:  veerkracht money open --json")
@AS_JSON
@LANGUAGE
def open_(as_json: bool, language: str) -> None:
    """Figures that do not agree and that nobody has explained yet, each with its source."""
    from veerkracht.cli import money_tables

    region, money = _money()
    items = [one for one in money.reconciliations.values() if one.is_open]
    if as_json:
        print_json(items)
    else:
        tables = money_tables.MoneyTables(money, region.currency, language)
        for item in items:
            tables.reconciliation(item)


def _money() -> tuple[Region, Money]:
    from veerkracht import region as regions

    region = regions.current()
    if region.money is None:
        raise CommandError(f"{region.name.en} tells nothing of its money: its folder has no money/*.toml.")
    return region, region.money
