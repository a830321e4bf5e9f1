"""`veerkracht stays`: how full homes are, who lives in one, what a day costs, and a day of the demo world played."""

from datetime import date, timedelta
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import CommandError, print_json, say, start_django, table
from veerkracht.cli.paging import every_row


@click.group(
    epilog="""\b
Examples:
  veerkracht stays occupancy
  veerkracht stays occupancy --level zone --json
  veerkracht stays residents 12 --as demo-admission
  veerkracht stays set-price 12 --from 2024-06-01 --ground index --part living=4200 --part care=900
  veerkracht stays play-day

Why stays end, and what a day costs, is in the region's residence.toml; see docs/stays.md.
"""
)
def command() -> None:
    """How full homes are, who lives in one, what a day costs there, and a day of the demo world played."""


@command.command()
@click.option(
    "--level", type=click.Choice(["province", "region", "zone", "municipality"]), default="province"
)
@click.option(
    "--ahead", type=Day(), help="Say what is expected free on this day (YYYY-MM-DD); else in 90 days."
)
@click.option("--on", type=Day(), help="On this day (YYYY-MM-DD); else today.")
@as_user
@as_json
def occupancy(level: str, ahead: date | None, on: date | None, user: str | None, as_json: bool) -> None:
    """How full homes are by area: on a day, and in billed days over the reference year in which it lies."""
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.residence.queries import planner

    today = clock.today()
    # What comes free is reckoned from what is there today.
    day = (ahead or today + timedelta(days=90)) if on in (None, today) else None
    plan = planner(acting(user), ahead=day, level=level, on=on)
    if as_json:
        print_json({"on": plan.on, "ahead": plan.ahead, "areas": plan.rows, "whole": plan.whole})
        return
    heads = ("area", "homes", "recognised", "open", "taken", "free", "full on the day", "full over the year")
    table(heads, [_row(one) for one in (*plan.rows, plan.whole)])
    say("Full: of the open places. Over the year it counts billed days, on a day who has a place.")


@command.command()
@click.argument("service", type=int)
@as_user
@as_json
def residents(service: int, user: str | None, as_json: bool) -> None:
    """Who lives in the home with this number; for who works there."""
    start_django()
    from veerkracht.register.residence.queries import residents as found_in
    from veerkracht.register.supply.access import get_service

    by = acting(user)
    home = get_service(by, service)
    found = every_row(lambda after: found_in(by, home, after=after))
    if as_json:
        print_json(found)
        return
    rows = [(one.number, one.name, one.place, f"{one.since:%d-%m-%Y}", one.category or "–") for one in found]
    table(("number", "name", "place", "since", "category"), rows)


@command.command()
@click.argument("service", type=int)
@as_user
@as_json
def prices(service: int, user: str | None, as_json: bool) -> None:
    """What a day cost and costs in the home with this number."""
    start_django()
    from veerkracht.register.residence.queries import prices as told

    found = told(acting(user), service)
    if as_json:
        print_json(found)
        return
    rows = [
        (
            f"{one.from_date:%d-%m-%Y}",
            one.unit_kind or "all",
            f"{one.cents / 100:.2f}",
            one.ground,
            one.reference,
        )
        for one in found
    ]
    table(("from", "kind of place", "euro a day", "ground", "decision"), rows)


@command.command("set-price")
@click.argument("service", type=int)
@click.option("--from", "from_date", type=Day(), required=True, help="The first day (YYYY-MM-DD).")
@click.option(
    "--ground", required=True, help="An id of the region's price grounds, such as index or approval."
)
@click.option(
    "--part",
    "parts",
    multiple=True,
    required=True,
    metavar="PART=CENTS",
    help="A part of it, in cents; once for each.",
)
@click.option("--kind", default="", help="For this kind of place only.")
@click.option("--reference", default="", help="The decision that approved it.")
@as_user
def set_price(
    service: int,
    from_date: date,
    ground: str,
    parts: tuple[str, ...],
    kind: str,
    reference: str,
    user: str | None,
) -> None:
    """Record what a day costs in a home from a day on; the rule in force on that day says whether it can be."""
    start_django()
    from veerkracht.register.residence.actions import Said
    from veerkracht.register.residence.actions import set_price as record
    from veerkracht.register.supply.access import get_service

    by = acting(user)
    said = Said(dict(map(_part, parts)), ground, reference, kind)
    price = record(get_service(by, service), by=by, said=said, from_date=from_date)
    say(f"{price.cents / 100:.2f} euro a day from {price.from_date:%d-%m-%Y}.")


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


def _part(text: str) -> tuple[str, int]:
    name, equals, cents = text.partition("=")
    if not equals or not cents.strip().lstrip("-").isdecimal():
        raise click.BadParameter(
            f"found {text!r}, expected PART=CENTS, such as living=4000", param_hint="--part"
        )
    return name.strip(), int(cents)


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
