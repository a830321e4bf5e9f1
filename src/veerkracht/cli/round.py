"""`veerkracht round`: prepare a round, review it, have another sign it, and see what it does."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user, named
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import print_json, say, start_django, table

_LINE = ("number", "pot", "position", "cost_cents", "share", "granted", "reason")
_AMOUNT = re.compile(r"-?\d+(\.\d{1,2})?")


class Euro(click.ParamType):
    """An amount in euro, as whole cents: 20000000, 20_000_000, 1250.50."""

    name = "EURO"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        plain = str(value).replace("_", "").replace(" ", "")
        if not _AMOUNT.fullmatch(plain):
            self.fail(
                f"“{value}” is not an amount in euro: write 20000000, 20_000_000 or 1250.50.", param, ctx
            )
        euro, _, cents = plain.removeprefix("-").partition(".")
        total = int(euro) * 100 + int(f"{cents:0<2}")
        return -total if plain.startswith("-") else total


class Envelope(click.ParamType):
    """A pot and its amount: group-1=12000000."""

    name = "GROUP=EURO"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        if isinstance(value, tuple):
            return value
        pot, found, amount = str(value).partition("=")
        if not found:
            self.fail(f"“{value}” is not GROUP=EURO, such as group-1=12000000.", param, ctx)
        return pot.strip(), Euro().convert(amount, param, ctx)


@click.group(
    epilog="""\b
Examples:
  veerkracht round prepare --money 20000000 --as demo-officer --dry-run
  veerkracht round prepare --money 20000000 --as demo-officer
  veerkracht round review 3 --as demo-officer
  veerkracht round sign 3 --as demo-signer         never by who prepared it
  veerkracht round show 3
  veerkracht round list --json
"""
)
def command() -> None:
    """Hand out money in order: prepare a round, review it, have another person sign it.

    Preparing hands out nothing. Signing runs the rules again and hands out all or nothing; if the list has changed
    since, it says what changed and the round must be prepared again.
    """


@command.command(
    epilog="""\b
Example:
  veerkracht round prepare --money 20000000 --date 2024-01-15 --as demo-officer
"""
)
@click.option("--money", type=Euro(), required=True, help="What to hand out, in euro a year.")
@click.option("--date", "on", type=Day(), help="The day of the round.  [default: today]")
@click.option("--programme", help="Id of the programme.  [default: the region's first]")
@click.option(
    "--basis",
    type=click.Choice(["programme", "expansion"]),
    default="programme",
    show_default=True,
    help="Whether all of it is for the programme, or it gets its share of expansion money.",
)
@click.option(
    "--envelope",
    "envelopes",
    type=Envelope(),
    multiple=True,
    help="What is set apart for a group; again for each. The rest of the money follows the split.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be proposed, and keep nothing.")
@as_user
@as_json
def prepare(
    money: int,
    on: date | None,
    programme: str | None,
    basis: str,
    envelopes: tuple[tuple[str, int], ...],
    dry_run: bool,
    user: str | None,
    as_json: bool,
) -> None:
    """Propose who gets what, by the rules, on the list as it stands. Nothing is handed out yet."""
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.care import actions
    from veerkracht.register.care.queries.rounds import dry_run as tried

    on, programme = on or clock.today(), programme or _first_programme()
    given = dict(envelopes) or None
    if dry_run:
        outcome = tried(acting(user), programme, on, money, basis=basis, envelopes=given).outcome
        _show_outcome(outcome, as_json)
        return
    facts = {"on": on, "money_cents": money, "basis": basis, "envelopes": given}
    made = actions.prepare_round(programme, by=named(user), **facts)
    _show(made, as_json)
    if not as_json:
        say(f"Round {made.pk} is prepared. Next: veerkracht round review {made.pk} --as USER")


@command.command(epilog="\b\nExample:\n  veerkracht round review 3 --as demo-officer\n")
@click.argument("number", type=int)
@as_user
@as_json
def review(number: int, user: str | None, as_json: bool) -> None:
    """Say that round NUMBER was looked through and is ready to be signed."""
    made = _act("review_round", number, user)
    _show(made, as_json)
    if not as_json:
        say(f"Round {number} is reviewed. Next, by another: veerkracht round sign {number} --as USER")


@command.command(epilog="\b\nExample:\n  veerkracht round sign 3 --as demo-signer\n")
@click.argument("number", type=int)
@as_user
@as_json
def sign(number: int, user: str | None, as_json: bool) -> None:
    """Sign round NUMBER and hand its money out, all or nothing. Never by who prepared it."""
    made = _act("sign_round", number, user, "signer")
    _show(made, as_json)
    if not as_json:
        say(f"Round {number} is signed: {made.summary['granted']} requests are granted.")


@command.command(epilog="\b\nExample:\n  veerkracht round cancel 3 --as demo-officer\n")
@click.argument("number", type=int)
@as_user
@as_json
def cancel(number: int, user: str | None, as_json: bool) -> None:
    """Put round NUMBER aside, as long as nobody signed it."""
    _show(_act("cancel_round", number, user), as_json)


@command.command(epilog="\b\nExample:\n  veerkracht round show 3 --lines 100\n")
@click.argument("number", type=int)
@click.option("--lines", type=int, default=20, show_default=True, help="How many grants to list; 0 for all.")
@as_user
@as_json
def show(number: int, lines: int, user: str | None, as_json: bool) -> None:
    """Show round NUMBER: each pot, who gets what, and the first who does not."""
    start_django()
    from veerkracht.register.care.access import get_round

    _show(get_round(acting(user), number), as_json, lines)


@command.command("list", epilog="\b\nExample:\n  veerkracht round list --programme personal-budget\n")
@click.option("--programme", default="", help="Only of this programme.")
@as_user
@as_json
def list_(programme: str, user: str | None, as_json: bool) -> None:
    """List the rounds, latest first."""
    start_django()
    from veerkracht import region
    from veerkracht.register.care.access import list_rounds

    if programme:
        region.current().programme(programme)

    rounds = [_brief(one) for one in list_rounds(acting(user), programme)]
    if as_json:
        print_json(rounds)
    elif rounds:
        headers = (
            "round",
            "programme",
            "date",
            "euro a year",
            "granted",
            "state",
            "prepared by",
            "signed by",
        )
        rows = (
            (
                str(one["round"]),
                one["programme"],
                one["date"],
                _euro(one["money_cents"]),
                one["granted"],
                one["state"],
                one["prepared_by"],
                one["signed_by"],
            )
            for one in rounds
        )
        table(headers, rows)
    else:
        say("There are no rounds yet.")


def _act(verb: str, number: int, user: str | None, role: str | None = None) -> Any:
    start_django()
    from veerkracht.register.care import actions
    from veerkracht.register.care.access import get_round
    from veerkracht.register.errors import Conflict

    actor = named(user, role)
    try:
        return getattr(actions, verb)(get_round(actor, number), by=actor)
    except Conflict as conflict:
        for change in conflict.changes:
            say(f"  {change.en}")
        raise


def _first_programme() -> str:
    from veerkracht import region

    return next(iter(region.current().programmes))


def _brief(made: Any) -> dict[str, Any]:
    return {
        "round": made.pk,
        "programme": made.programme,
        "date": made.date,
        "state": made.state,
        "money_cents": made.money_cents,
        "granted": made.summary["granted"],
        "prepared_by": made.prepared_by.full_name,
        "signed_by": made.signed_by.full_name if made.signed_by else None,
    }


def _show(made: Any, as_json: bool, lines: int = 20) -> None:
    found = made.lines.select_related("request").order_by("pk")
    if as_json:
        columns = ("request__number", "pot", "position", "cost_cents", "share", "granted", "reason")
        listed = [
            {name.removesuffix("__number"): value for name, value in line.items()}
            for line in found.values(*columns)
        ]
        print_json({**_brief(made), "summary": made.summary, "lines": listed})
        return
    click.echo(f"Round {made.pk} of {made.date:%d-%m-%Y}, {made.programme}: {made.state}")
    _print_pots(made.summary["pots"], made.summary)
    shown = list(found[:lines] if lines else found)
    _print_lines(
        (line.request.number, line.pot, line.position, line.cost_cents, line.granted, line.share)
        for line in shown
    )
    more = found.count() - len(shown)
    if more > 0:
        click.echo(f"… and {more:,} more lines (--lines 0 shows all).")


def _show_outcome(outcome: Any, as_json: bool) -> None:
    names = ("id", "available_cents", "spent_cents", "granted", "waiting", "first_not_served_cost")
    pots = [{name: getattr(pot, name) for name in names} for pot in outcome.pots]
    lines = [line for pot in outcome.pots for line in (*pot.lines, pot.first_not_served) if line]
    totals = {name: getattr(outcome, name) for name in ("spent_cents", "left_cents", "granted", "waiting")}
    if as_json:
        listed = [{name: getattr(line, name) for name in _LINE} for line in lines]
        print_json({"split": outcome.split.id, **totals, "pots": pots, "lines": listed})
        return
    click.echo(
        "A dry run: nothing is kept. Of each pot the first who get something, and the first who does not."
    )
    _print_pots([{"pot": pot["id"], **pot} for pot in pots], totals)
    _print_lines(
        (line.number, line.pot, line.position, line.cost_cents, line.granted, line.share) for line in lines
    )


def _print_pots(pots: list[dict[str, Any]], totals: dict[str, Any]) -> None:
    rows = [
        (pot["pot"], _euro(pot["available_cents"]), _euro(pot["spent_cents"]), pot["granted"], pot["waiting"])
        for pot in pots
    ]
    table(("pot", "available", "spent", "granted", "still waiting"), rows)
    click.echo(
        f"{_euro(totals['spent_cents'])} euro a year for {totals['granted']:,} requests; "
        f"{_euro(totals['left_cents'])} euro is left."
    )


def _print_lines(lines: Iterable[tuple[str, str, int, int, bool, float]]) -> None:
    rows = [
        (number, pot, position, _euro(cents), _outcome(granted, share))
        for number, pot, position, cents, granted, share in lines
    ]
    table(("request", "pot", "place", "euro a year", ""), rows)


def _outcome(granted: bool, share: float) -> str:
    if not granted:
        return "the first who is not served"
    return "granted" if share == 1 else f"granted for {share:.0%}"


def _euro(cents: int) -> str:
    return f"{cents / 100:,.2f}"
