"""`veerkracht desk`: counts of the crisis desks, and what is done or looked at every day."""

from datetime import date, timedelta

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import on_the_wall, print_json, say, start_django, table


@click.group(
    epilog="""\b
Examples:
  veerkracht desk counts --by zone --from 2024-01-01 --until 2024-01-31
  veerkracht desk lapse
  veerkracht desk forget
  veerkracht desk probing

Let a timer run `lapse` every few minutes and `forget` every night; see docs/crisis-desk.md.
"""
)
def command() -> None:
    """Counts of the crisis desks, holds whose time is up, names that are kept no longer, and who asks too often."""


@command.command()
@click.option("--by", "way", default="zone", show_default=True, help="hour, zone, kind or channel.")
@click.option("--from", "from_", type=Day(), help="The first day; 30 days ago when it is left out.")
@click.option("--until", type=Day(), help="The last day; today when it is left out.")
@as_user
@as_json
def counts(way: str, from_: date | None, until: date | None, user: str | None, as_json: bool) -> None:
    """How many searches or calls there were, and what came of them. Small counts are protected outside the desk."""
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.crisis.queries.counts import counts as counted

    last = until or clock.today()
    first = from_ or last - timedelta(days=30)
    found = counted(acting(user), way, first, last)
    rows = [*found.rows, found.total]
    if as_json:
        print_json({"by": way, "exact": found.is_exact, "rows": {row.id: row.counts for row in rows}})
        return
    table((way, *found.columns), [(row.name.en, *(row.counts[one] for one in found.columns)) for row in rows])


@command.command()
@as_user
def lapse(user: str | None) -> None:
    """Write down which searches hold a place no longer; they were in nobody's way before this either."""
    start_django()
    from veerkracht.register.crisis.actions import lapse_searches

    say(f"{lapse_searches(by=acting(user))} searches hold no place any more.")


@command.command()
@as_user
def forget(user: str | None) -> None:
    """Take away who old calls were about, after the days that the region's file says. Counts stay."""
    start_django()
    from veerkracht.register.crisis.actions import forget_names

    say(f"{forget_names(by=acting(user))} calls no longer know anybody by name.")


@command.command()
@as_user
@as_json
def probing(user: str | None, as_json: bool) -> int:
    """Who searched more often with something to avoid, and held no place, than is likely in earnest.

    In the past 24 hours, or in the past 30 days: who asks patiently is told of too.

    Exits with 1 when there is somebody, else with 0.
    """
    start_django()
    from veerkracht.register.crisis.queries.probing import probing as found_by

    found = found_by(acting(user))
    lines = [(one.worker, one.desk, one.in_a_day, one.in_a_month, on_the_wall(one.last_at)) for one in found]
    heads = ("worker", "desk", "in a day", "in a month", "last")
    if as_json:
        print_json([dict(zip(heads, line, strict=True)) for line in lines])
    else:
        table(heads, lines)
    return 1 if found else 0
