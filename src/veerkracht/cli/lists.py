"""`veerkracht lists`: who is on the lists of homes, where somebody stands, registering, doubles, the daily work."""

from dataclasses import asdict
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user, named
from veerkracht.cli.csv_files import Given, import_options
from veerkracht.cli.options import as_json
from veerkracht.cli.output import CommandError, print_json, say, start_django, table

# More than this nobody reads in a terminal; --json gives all.
_SHOWN = 40


@click.group(
    epilog="""\b
Examples:
  veerkracht lists homes
  veerkracht lists where V-0000012 --as demo-officer
  veerkracht lists show 7 --as demo-admission
  veerkracht lists register V-0000012 7 9 --as demo-officer
  veerkracht lists import entries.csv --dry-run
  veerkracht lists daily                             each night, by cron

The rules of homes are files in the region: see docs/homes-rules.md.
"""
)
def command() -> None:
    """The lists of homes: one request on many lists, each by that home's own rules."""


@command.command()
@as_json
def homes(as_json: bool) -> None:
    """Show the rules of homes that the region has, and how they order a list."""
    from veerkracht import region
    from veerkracht.rulebook.dated import value_on_or_none

    start_django()
    from veerkracht.register import clock

    rows = []
    for rules in region.current().homes.values():
        order = value_on_or_none(rules.orders, clock.today())
        rows.append(
            {
                "rules": rules.id,
                "name": rules.name.en,
                "fictitious": rules.fictitious,
                "order": ", ".join(order.by) if order else "",
            }
        )
    _print(rows, as_json)


@command.command()
@click.argument("number")
@as_user
@as_json
def where(number: str, user: str | None, as_json: bool) -> None:
    """Show where request NUMBER stands at each home, and why."""
    start_django()
    from veerkracht.register.lists.queries import where_we_stand

    standing = where_we_stand(acting(user), number)
    if as_json:
        print_json([_at(one) for one in standing.at])
        return
    for one in standing.at:
        place = f"place {one.place} of {one.of}" if one.place else one.fault.en or "takes no part now"
        say(f"{one.entry.preference}. {one.service.name}: {place}")
        for reason in one.reasons:
            sign = {True: "+", False: "-", None: "?"}[reason.met]
            points = f" ({reason.points})" if reason.kind == "points" else ""
            say(f"   {sign} {reason.text.en}{points}")


@command.command()
@click.argument("home", type=int)
@click.option("--ward", default="", help="Only for this ward.")
@as_user
@as_json
def show(home: int, ward: str, user: str | None, as_json: bool) -> None:
    """Show the list of HOME (its number): who is next first. Only for who works there."""
    start_django()
    from veerkracht.register.lists.queries import of_home

    found = of_home(acting(user), home, ward=ward)
    if found.fault:
        say(found.fault.en)
    _print([asdict(line) for line in found.lines], as_json)


@command.command()
@click.argument("number")
@click.argument("home", type=int, nargs=-1, required=True)
@click.option("--later", is_flag=True, help="Just in case, for later.")
@click.option("--from-place", default="", help="Where the person stays now (an id of homes/lists.toml).")
@as_user
def register(number: str, home: tuple[int, ...], later: bool, from_place: str, user: str | None) -> None:
    """Put request NUMBER on the lists of each HOME (its number), the most wanted first."""
    start_django()
    from veerkracht.register.care.access import get_request
    from veerkracht.register.lists import actions
    from veerkracht.register.supply.access import get_service

    by = acting(user)
    services = [get_service(by, id) for id in home]
    asked = actions.Asked(when_ready="later" if later else "now", from_place=from_place)
    made = actions.register(get_request(by, number), services, by=by, asked=asked)
    table(
        ("choice", "home", "registered on"),
        [(one.preference, one.service.name, one.list_date) for one in made],
    )


@command.command("import")
@import_options
def import_(given: Given) -> int:
    """Register the rows of FILE (CSV): all of them, or none and why.

    Columns: request, organisation, home, when_ready, registered_on; and if you like wished_from, from_place, ward and
    what homes ask. Exits with 0 when all rows are good, with 1 when one is not.
    """
    start_django()
    from veerkracht.register.lists.actions import import_entries

    return given.brought_by(import_entries)


@command.command()
@as_json
def daily(as_json: bool) -> None:
    """Do a day's work: ask again who is on a list just in case, and let who stood aside until today take part again."""
    start_django()
    from veerkracht.register.lists.actions import sweep

    _print([asdict(sweep(by=acting(None)))], as_json)


@command.command()
@click.option("--find", is_flag=True, help="Look for new ones first.")
@as_user
@as_json
def doubles(find: bool, user: str | None, as_json: bool) -> None:
    """Show who may be on the lists twice; a person decides on each, in the pages or by `decide`."""
    start_django()
    from veerkracht.register.lists.access import list_doubles
    from veerkracht.register.lists.actions import find_doubles

    by = named(user)
    if find:
        say(f"{find_doubles(by=by):,} new.")
    found = list_doubles(by)
    rows = [
        {
            "pair": one.pk,
            "first": f"{one.first.number} {one.first}",
            "second": f"{one.second.number} {one.second}",
            "in common": ", ".join(one.grounds),
            "names alike": one.likeness,
        }
        for one in found[: None if as_json else _SHOWN]
    ]
    _print(rows, as_json)


@command.command()
@click.argument("pair", type=int)
@click.option("--keep", metavar="PERSON", help="They are one; this person's request goes on (P-…).")
@click.option("--different", is_flag=True, help="They are two.")
@click.option("--why", required=True, help="What the decision rests on.")
@as_user
def decide(pair: int, keep: str | None, different: bool, why: str, user: str | None) -> None:
    """Decide on PAIR: one person, or two. You look at both files first; it is logged under your name."""
    start_django()
    from veerkracht.register.lists.access import get_double
    from veerkracht.register.lists.actions import bring_together, tell_apart

    if bool(keep) == different:
        raise click.UsageError("say either --keep PERSON or --different.")
    by = named(user)
    found = get_double(by, pair)
    if different:
        tell_apart(found, by=by, why=why)
        return
    kept = {one.number: one for one in found.people}.get(keep or "")
    if kept is None:
        raise CommandError(f"{keep} is neither of the two: {found.first.number} and {found.second.number}.")
    bring_together(found, by=by, keep=kept, why=why)


def _at(one: Any) -> dict[str, Any]:
    return {
        "home": one.service.name,
        "choice": one.entry.preference,
        "state": one.entry.state,
        "when_ready": one.entry.when_ready,
        "place": one.place,
        "of": one.of,
        "turn": asdict(one.turn) if one.turn else None,
        "reasons": [
            {
                "kind": reason.kind,
                "id": reason.id,
                "met": reason.met,
                "points": reason.points,
                "text": reason.text.en,
            }
            for reason in one.reasons
        ],
        "fault": one.fault.en,
    }


def _print(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    if not rows:
        say("Nothing.")
        return
    table(
        tuple(rows[0]),
        [tuple("–" if cell is None else cell for cell in row.values()) for row in rows[:_SHOWN]],
    )
    if len(rows) > _SHOWN:
        say(f"… and {len(rows) - _SHOWN:,} more: --json gives all.")
