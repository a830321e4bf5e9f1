"""`veerkracht stays`: how full homes are, who lives in one, and a day of the demo world played forward."""

import datetime
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.output import CommandError, print_json, say, start_django, table

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(
    epilog="""\b
Examples:
  veerkracht stays occupancy
  veerkracht stays occupancy --level zone --json
  veerkracht stays residents 12 --as demo-admission
  veerkracht stays play-day

Why stays end, and what a day costs, is in the region's residence.toml; see docs/stays.md.
"""
)
def command() -> None:
    """How full homes are, on a day and over a reference year; who lives in one; a day of the demo world played."""


@command.command()
@click.option(
    "--level", type=click.Choice(["province", "region", "zone", "municipality"]), default="province"
)
@click.option(
    "--ahead", type=_DAY, help="Say what is expected free on this day (YYYY-MM-DD); else in 90 days."
)
@as_user
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def occupancy(level: str, ahead: datetime.datetime | None, user: str | None, as_json: bool) -> None:
    """How full homes are by area: today, and in billed days over the reference year."""
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.residence.queries import planner

    day = ahead.date() if ahead else clock.today() + datetime.timedelta(days=90)
    plan = planner(acting(user), ahead=day, level=level)
    if as_json:
        print_json({"on": plan.on, "ahead": plan.ahead, "areas": plan.rows, "whole": plan.whole})
        return
    heads = ("area", "homes", "recognised", "open", "taken", "free", "full today", "full over the year")
    table(heads, [_row(one) for one in (*plan.rows, plan.whole)])
    say("Full: of the open places. Over the year it counts billed days, today who has a place.")


@command.command()
@click.argument("service", type=int)
@as_user
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def residents(service: int, user: str | None, as_json: bool) -> None:
    """Who lives in the home with this number; for who works there."""
    start_django()
    from veerkracht.register.residence.queries import residents as found_in
    from veerkracht.register.supply.access import get_service

    by = acting(user)
    found = found_in(by, get_service(by, service))
    if as_json:
        print_json(found)
        return
    rows = [(one.number, one.name, one.place, f"{one.since:%d-%m-%Y}", one.category or "–") for one in found]
    table(("number", "name", "place", "since", "category"), rows)


@command.command("play-day")
@click.option("--days", type=click.IntRange(1, 366), default=1, help="How many days.")
@click.option("--seed", type=click.IntRange(min=0), default=0, help="Another seed plays another day.")
def play_day(days: int, seed: int) -> int:
    """Let the demo world's day become the next: people come, leave, die and move, by the same verbs as on the pages.

    Every invariant is proved after it. Exits with 1 when one is broken.
    """
    start_django()
    from veerkracht.register import verify
    from veerkracht.register.errors import Invalid
    from veerkracht.register.world import homes_day

    for _ in range(days):
        try:
            played = homes_day.play_day(seed)
        except Invalid as refused:
            raise CommandError(str(refused)) from refused
        what = (
            ", ".join(f"{count} {name}" for name, count in sorted(played.happened.items()))
            or "nothing happened"
        )
        say(f"{played.on:%d-%m-%Y}: homes: {played.homes}, residents: {played.residents:,}; {what}.")
    broken = verify.run()
    for one in broken:
        say(f"Broken: {one.name} ({one.count}): {', '.join(one.where)}")
    say("Every invariant holds." if not broken else f"{len(broken)} invariants are broken.")
    return 1 if broken else 0


def _row(one: Any) -> tuple[object, ...]:
    year = one.over_year
    return (
        one.places.name or "all",
        one.places.services,
        one.places.recognised,
        one.on_day.open,
        one.on_day.occupied,
        one.places.free,
        _percent(one.on_day.of_open),
        _percent(year.of_open if year else None),
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
