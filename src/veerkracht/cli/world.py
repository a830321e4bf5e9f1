"""`veerkracht world`: build a demo world of invented people."""

from __future__ import annotations

from typing import Any

import click

from veerkracht.cli.options import printed_as_json
from veerkracht.cli.output import CommandError, print_json, progress, say, start_django, table

SMALLEST = 50


@click.command(
    "world",
    epilog="""\b
Examples:
  veerkracht world                        as many people as the published figures say
  veerkracht world --size 300             a small one, for a quick look
  veerkracht world --size 1000000         a large one, to measure speed
  veerkracht world --all-homes            with every home and resident that is published
  veerkracht world --force                a new one in the place of an older demo world
  veerkracht world --empty                only take an older demo world away
""",
)
@click.option("--seed", type=click.IntRange(min=0), help="Another seed draws other people.")
@click.option(
    "--size",
    type=click.IntRange(min=SMALLEST),
    help="How many requests wait, instead of the published number; people and budgets go with it, free money and "
    "forecasts stay those of the whole region.",
)
@click.option(
    "--all-homes", is_flag=True, help="With all homes and their residents as published, instead of a few."
)
@printed_as_json("what was built")
@click.option("--force", is_flag=True, help="Put it in the place of a demo world that is there.")
@click.option("--empty", is_flag=True, help="Take away the demo world that is there, and build none.")
def command(
    seed: int | None, size: int | None, all_homes: bool, as_json: bool, force: bool, empty: bool
) -> int:
    """Build a demo world of invented people.

    On its date its register shows the published figures exactly: requests, persons, groups, who is next, holders. The
    histories behind them are invented and obey the rules. The same seed gives the same world. All of it is built, or
    nothing; a register that holds real data is never touched.
    """
    if empty and (seed is not None or size is not None or all_homes):
        raise CommandError(
            "--empty builds nothing, so it can't be combined with --seed, --size or --all-homes."
        )
    start_django()
    if empty:
        return _empty()
    from veerkracht.register.world import SEED, build

    with progress("Building the demo world") as tick:
        seed = SEED if seed is None else seed
        built = build(size=size, seed=seed, progress=tick, force=force, all_homes=all_homes)
    if as_json:
        print_json(built)
    else:
        _print(built)
    return 0


def _empty() -> int:
    from django.db import transaction

    from veerkracht.register.world import emptying

    with transaction.atomic(), transaction.atomic("log"):
        emptying.make_room(force=True)
    say("The register is empty.")
    return 0


def _print(world: Any) -> None:
    rows = [
        ("date", f"{world.date:%d-%m-%Y}"),
        ("the register's today", f"{world.demo_day:%d-%m-%Y}"),
        ("waiting requests", world.waiting),
        ("of persons", world.persons),
        *((f"  {group}", count) for group, count in world.groups.items()),
        ("people with a budget", world.holders),
        ("all requests, closed ones too", world.requests),
        ("steps", world.steps),
        ("money free, euro a year", world.free_cents // 100),
    ]
    table(("Invented people", ""), rows)
    table(("Sign in as", "password"), [(user, world.password) for user in world.users])
    codes = [*world.codes.items(), ("who speaks for the first", world.representative)]
    table(("Or as a person who waits", "personal code"), codes)
