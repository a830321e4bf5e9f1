"""`veerkracht role`: the first roles of an installation, and who has which; day by day the pages do this."""

from datetime import date
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import print_json, say, start_django, table


@click.group(
    epilog="""\b
Examples:
  veerkracht role organisation "The agency" agency
  veerkracht role give anna administrator --organisation "The agency"
  veerkracht role give bert officer --organisation "The agency" --area zone:elz43 --until 2027-12-31
  veerkracht role list
  veerkracht role end 12
"""
)
def command() -> None:
    """Who has which role. On the machine itself roles are given in every organisation: so the first administrator
    gets theirs, and gives the others on the pages.
    """


@command.command()
@click.argument("name")
@click.argument("kind")
@as_user
def organisation(name: str, kind: str, user: str | None) -> None:
    """Add an organisation; KIND is a word of your own, such as agency or provider."""
    start_django()
    from veerkracht.register.roles import actions

    actions.add_organisation(name, by=acting(user), kind=kind)
    say(f"Added: {name}.")


@command.command()
@click.argument("username")
@click.argument("role")
@click.option("--organisation", "at", required=True, help="Name of the organisation.")
@click.option("--programme", default="", help="One programme; without it, every one.")
@click.option(
    "--area", default="", metavar="KIND:CODE", help="municipality:CODE, zone:CODE or province:CODE."
)
@click.option("--from", "from_date", type=Day(), help="First day (default: today).")
@click.option("--until", "until_date", type=Day(), help="Last day.")
@as_user
def give(username: str, role: str, at: str, area: str, user: str | None, **reach: Any) -> None:
    """Give a role to somebody with an account."""
    start_django()
    from veerkracht.register.people import accounts
    from veerkracht.register.roles import actions, queries
    from veerkracht.register.roles.reach import Reach

    kind, _, code = area.partition(":")
    asked = Reach(role, reach.pop("programme"), kind, code, **reach)
    organisation = queries.organisation_named(at)
    held = actions.give_role(
        accounts.named(username), by=acting(user), asked=asked, organisation=organisation
    )
    say(f"{username} is {role} at {at} from {held.from_date:%d-%m-%Y} (role {held.pk}).")


@command.command("list")
@click.option("--ended", is_flag=True, help="Those that have ended too.")
@as_json
@as_user
def list_(ended: bool, as_json: bool, user: str | None) -> None:
    """Every role: whose, where, for what and until when."""
    start_django()
    from veerkracht.register.roles.queries import RoleFilters, every_role

    rows = every_role(acting(user, "administrator"), RoleFilters(ended=ended))
    if as_json:
        print_json(rows)
        return
    heads = ("Number", "User name", "Role", "Organisation", "Programme", "Area", "From", "Until", "State")
    table(heads, [_cells(row) for row in rows])


@command.command()
@click.argument("number", type=int)
@as_user
def end(number: int, user: str | None) -> None:
    """End a role at this moment, by its number in the list; what was lent of it ends too."""
    start_django()
    from veerkracht.register.roles import actions, queries

    by = acting(user, "administrator")
    held = queries.get_role(by, number)
    actions.end_role(held, by=by, version=held.version)
    say(f"Role {number} has ended.")


def _cells(row: Any) -> list[Any]:
    days = [f"{day:%d-%m-%Y}" if isinstance(day, date) else "" for day in (row.from_date, row.until_date)]
    area = f"{row.area_kind} {row.area_code}".strip()
    return [row.id, row.username, row.role, row.organisation, row.programme, area, *days, row.state]
