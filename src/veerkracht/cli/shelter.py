"""`veerkracht shelter`: alarms of stays in crisis, and what is kept long enough let go."""

from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import as_json
from veerkracht.cli.output import on_the_wall, print_json, say, start_django, table


@click.group(
    epilog="""\b
Examples:
  veerkracht shelter alarms
  veerkracht shelter alarms --raise
  veerkracht shelter clear

Let a timer run `alarms --raise` every quarter of an hour and `clear` every night; see docs/crisis-stays.md.
"""
)
def command() -> None:
    """Alarms of stays in crisis, and what is kept long enough let go."""


@command.command()
@click.option("--raise", "tells", is_flag=True, help="Write down and tell the alarms that are new.")
@as_user
@as_json
def alarms(tells: bool, user: str | None, as_json: bool) -> int:
    """Show the running stays whose norm is over or nearly over, by the number of their search and without a name.

    Exits with 1 when a norm is over, else with 0.
    """
    start_django()
    from veerkracht.register.shelter.actions import raise_alarms
    from veerkracht.register.shelter.queries.stays import alarms as near
    from veerkracht.rulebook.stay_terms import OVER

    by = acting(user)
    raised = raise_alarms(by=by) if tells else []
    rows = near(by)
    if as_json:
        print_json({"raised": len(raised), "stays": [_facts(row) for row in rows]})
    else:
        lines = [
            (fact["search"], fact["clock"], fact["level"], fact["until"])
            for row in rows
            for fact in _clocks(row)
        ]
        table(("search", "clock", "level", "until"), lines)
        if tells:
            say(f"{len(raised)} new, told to the desk and to where they stay.")
    return 1 if any(one.level == OVER for row in rows for one in row.clocks) else 0


@command.command()
@as_user
def clear(user: str | None) -> None:
    """Take away what was written in old messages, and who stayed somewhere, after the region's terms."""
    start_django()
    from veerkracht.register.shelter.actions import clear_messages, forget_guests

    by = acting(user)
    cleared, forgotten = clear_messages(by=by), forget_guests(by=by)
    say(f"{cleared} messages cleared, {forgotten} guests no longer known by name.")


def _facts(row: Any) -> dict[str, Any]:
    return {"search": row.number, "consent": row.consent, "clocks": _clocks(row)}


def _clocks(row: Any) -> list[dict[str, str]]:
    return [
        {
            "search": row.number,
            "clock": one.watched,
            "level": one.level,
            "until": on_the_wall(one.due_at),
        }
        for one in row.clocks
        if one.level != "fine"
    ]
