"""`veerkracht payments`: orders, what is stuck, the bank's answers, a month of personal budgets."""

import datetime
from pathlib import Path
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user, named
from veerkracht.cli.options import as_json
from veerkracht.cli.output import print_json, say, start_django, table

_STATES = ("prepared", "checked", "approved", "sent", "done", "refused")


@click.group(
    epilog="""\b
Examples:
  veerkracht payments list --state sent
  veerkracht payments stuck                                  exit code 1 when something is
  veerkracht payments read-bank statement.xml --as treasurer
  veerkracht payments prepare-budgets PVB --month 2024-01 --as budget-officer

See docs/payments.md.
"""
)
def command() -> None:
    """Payment orders: released in steps by different people, and paid when the bank says so."""


@command.command("list")
@click.option("--state", type=click.Choice(_STATES), help="Only orders in this state.")
@as_user
@as_json
def list_(state: str | None, user: str | None, as_json: bool) -> None:
    """List the latest orders: totals, nobody by name."""
    start_django()
    from veerkracht.register.payments.queries import order_rows

    rows = order_rows(acting(user), state or "")
    if as_json:
        print_json([_order(one) for one in rows])
        return
    table(
        ("Order", "Line", "State", "Due on", "Payments", "Euro", "Stuck"),
        [
            (
                one.number,
                one.line,
                one.state,
                one.due_on,
                one.count,
                one.hidden.en if one.hidden else _euro(one.total_cents),
                one.stuck.en if one.stuck else "",
            )
            for one in rows
        ],
    )


@command.command()
@as_user
@as_json
@click.pass_context
def stuck(context: click.Context, user: str | None, as_json: bool) -> None:
    """Name the orders that wait too long, for a step or for the bank; exit code 1 when there is one."""
    start_django()
    from veerkracht.register.payments.queries import stuck_rows

    rows = stuck_rows(acting(user))
    if as_json:
        print_json([_order(one) for one in rows])
    elif not rows:
        say("Nothing is stuck.")
    else:
        table(
            ("Order", "Line", "State", "Why"),
            [(one.number, one.line, one.state, one.stuck.en if one.stuck else "") for one in rows],
        )
    if rows:
        context.exit(1)


@command.command("read-bank")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_user
@as_json
def read_bank(file: Path, user: str | None, as_json: bool) -> None:
    """Read what the bank says: pain.002, camt.053 or camt.054. All of the file, or nothing and why."""
    start_django()
    from veerkracht.register.payments.actions import read_bank_message

    read = read_bank_message(file.read_bytes(), by=acting(user))
    said = read.message
    if as_json:
        told = {"message": said.message_id, "kind": said.kind, "orders": list(read.orders)}
        print_json(
            told
            | {
                "paid": said.paid,
                "rejected": said.rejected,
                "pending": said.pending,
                "not_ours": read.not_ours,
            }
        )
        return
    say(
        f"{said.kind} {said.message_id}: {said.paid} paid ({_euro(said.paid_cents)} euro), {said.rejected} rejected "
        f"({_euro(said.rejected_cents)} euro), {said.pending} still wait. Orders: {', '.join(read.orders) or 'none'}."
    )
    if read.not_ours:
        say(f"Entries that are not ours, left aside: {read.not_ours}.")


@command.command("prepare-budgets")
@click.argument("line")
@click.option(
    "--month",
    required=True,
    type=click.DateTime(formats=["%Y-%m"]),
    help="The month that is paid, YYYY-MM.",
)
@as_user
@as_json
def prepare_budgets(line: str, month: datetime.datetime, user: str | None, as_json: bool) -> None:
    """Put a month of the personal budgets of LINE in one order; says what is held back, and why."""
    start_django()
    from veerkracht.register.payments.access import get_line
    from veerkracht.register.payments.actions import prepare_budget_payments

    by = named(user)
    made = prepare_budget_payments(get_line(by, line), month.date(), by=by)
    if as_json:
        held = [{"why": one.why, "budgets": one.budgets, "cents": one.cents} for one in made.held_back]
        print_json({"order": made.order.number if made.order else None, "held_back": held})
        return
    if made.order:
        say(f"{made.order.number}: {made.order.count} payments, {_euro(made.order.total_cents)} euro.")
    else:
        say("Nobody is paid by this: there is no order.")
    for one in made.held_back:
        say(f"Held back ({one.why}): {one.budgets} budgets, {_euro(one.cents)} euro.")


def _order(one: Any) -> dict[str, Any]:
    return {
        "number": one.number,
        "line": one.line,
        "state": one.state,
        "due_on": one.due_on,
        "payments": one.count,
        "cents": one.total_cents,
        "cents_hidden": one.hidden.en if one.hidden else None,
        "stuck": one.stuck.en if one.stuck else None,
    }


def _euro(cents: int) -> str:
    from veerkracht.register.money.words import euro

    return euro(cents).en
