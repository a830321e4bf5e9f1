"""`veerkracht ledger`: budget lines, a balance on any day, and the end of a budget year."""

from datetime import date
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import print_json, say, start_django, table

_year = click.option(
    "--year", type=click.IntRange(1980, 2200), help="The budget year; this year if not given."
)


@click.group(
    epilog="""\b
Examples:
  veerkracht ledger lines --year 2024
  veerkracht ledger balance VIA6-HEAVY-CARE --on 2024-03-31
  veerkracht ledger close-year 2023 --as treasurer
  veerkracht ledger open-year 2025 --as treasurer

See docs/ledger.md.
"""
)
def command() -> None:
    """Budget lines: what may be committed (VAK) and paid (VEK), what is, and what is left."""


@command.command()
@_year
@as_user
@as_json
def lines(year: int | None, user: str | None, as_json: bool) -> None:
    """List the budget lines with what stands on them in a year."""
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.money.queries import all_lines
    from veerkracht.register.permissions import require

    by = acting(user)
    require("money.read", by, by.programme)
    of = year or clock.today().year
    rows = list(all_lines(of))
    if as_json:
        print_json([{"line": row.code, "year": of, "cents": row.balances} for row in rows])
        return
    heads = ("Line", "VAK", "Committed", "Left to commit", "VEK", "Paid", "Left to pay", "Open")
    table(heads, [(row.code, *map(_euro, _shown(row.balances))) for row in rows])


@command.command()
@click.argument("line")
@click.option("--on", type=Day(), help="At the end of this day, YYYY-MM-DD.")
@_year
@as_user
@as_json
def balance(line: str, on: date | None, year: int | None, user: str | None, as_json: bool) -> None:
    """Say what stands on LINE, now or on a day, in the budget year of that day or another."""
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.money.queries import get_line, line_balances
    from veerkracht.register.permissions import require

    by = acting(user)
    require("money.read", by, by.programme)
    if get_line(line) is None:
        raise click.UsageError(f"There is no line “{line}”. veerkracht ledger lines lists them.")
    of = year or (on or clock.today()).year
    found = line_balances(line, of, on)
    if as_json:
        print_json({"line": line, "year": of, "on": on, "cents": found})
        return
    table(("", "Euro"), [(name.replace("_", " "), _euro(cents)) for name, cents in vars(found).items()])


@command.command("open-year")
@click.argument("year", type=click.IntRange(1980, 2200))
@as_user
@as_json
def open_year_(year: int, user: str | None, as_json: bool) -> None:
    """Open YEAR: recurrent commitments weigh on it again. Refused when a line's VAK is too small for them."""
    start_django()
    from veerkracht.register.money.actions import open_year

    opened = open_year(year, by=acting(user))
    if as_json:
        print_json({"year": year, "opened_at": opened.opened_at})
    else:
        say(f"Budget year {year} is open.")


@command.command("close-year")
@click.argument("year", type=click.IntRange(1980, 2200))
@as_user
@as_json
def close_year_(year: int, user: str | None, as_json: bool) -> None:
    """Close YEAR, whole or not at all, and say what lapsed and what stays open."""
    start_django()
    from veerkracht.register.money.actions import close_year

    closed = close_year(year, by=acting(user))
    if as_json:
        print_json({"year": year, "lines": list(closed.lines)})
        return
    table(
        ("Line", "VAK lapsed", "VEK lapsed", "Still open"),
        [
            (one.code, *map(_euro, (one.commitment_cents, one.payment_cents, one.open_cents)))
            for one in closed.lines
        ],
    )


def _shown(balances: Any) -> tuple[int, ...]:
    return (
        balances.commitment_voted,
        balances.committed,
        balances.commitment_free,
        balances.payment_voted,
        balances.paid,
        balances.payment_free,
        balances.open_commitments,
    )


def _euro(cents: int) -> str:
    from veerkracht.register.money.words import euro

    return euro(cents).en
