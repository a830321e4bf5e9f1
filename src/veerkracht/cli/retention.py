"""`veerkracht retention`: what is due by the rules of the programmes, done by two persons; legal hold; erasure."""

from datetime import date
from typing import Any

import click

from veerkracht.cli.acting import acting, as_user, named
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import print_json, say, start_django, table

_on = click.option("--on", type=Day(), help="The day.  [default: today]")


@click.group(
    epilog="""\b
Examples:
  veerkracht retention report                           what is due today, and by which rule
  veerkracht retention apply --as rita                  one person prepares the list
  veerkracht retention apply --as rik                   another confirms it, and it is done
  veerkracht retention hold P-0000012 --reason "appeal" --until 2027-01-31 --as rita
  veerkracht retention erase P-0000012 --as rita        somebody asked, and their programmes allow it
  veerkracht retention sweep                            files that a crash left without a document
"""
)
def command() -> None:
    """See and do what the rules of retention in the programme files ask."""


@command.command()
@_on
@as_user
@as_json
def report(on: date | None, user: str | None, as_json: bool) -> None:
    """What is due, since when, by which rules; and what a legal hold keeps."""
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.keeping.actions.retention import report as due

    found = due(by=acting(user), on=on or clock.today())
    if as_json:
        print_json(found)
        return
    rows = [
        (one.number, one.what, one.deed, one.due_on, ", ".join(one.rules), "held by law" if one.held else "")
        for one in found
    ]
    table(("person", "what", "do", "due since", "by", ""), rows)
    say(f"{len(found):,} parts of files are due, {sum(one.held for one in found):,} of them held by law.")


@command.command()
@_on
@as_user
@as_json
def apply(on: date | None, user: str | None, as_json: bool) -> None:
    """The first time: write down what is due, for somebody else to check. The second time, by that other person: do
    it. What was cut off half-way goes on.
    """
    start_django()
    from veerkracht.register import clock
    from veerkracht.register.keeping import actions
    from veerkracht.register.keeping.queries.runs import to_carry_out

    by = named(user)
    open_ = to_carry_out(by)
    if open_ is None:
        run = actions.prepare_run(by=by, on=on or clock.today())
        say(
            f"List {run.pk} holds {run.lines.count():,} parts of files. Somebody else confirms it: apply --as …"
        )
    else:
        run = actions.confirm_run(open_, by=by, version=open_.version)
        say(f"List {run.pk} is confirmed.")
    _told(run, as_json)


@command.command()
@click.argument("number")
@click.option("--reason", required=True, help="Why the file must stay whole.")
@click.option("--until", type=Day(), help="The last day.  [default: until it is lifted]")
@as_user
def hold(number: str, reason: str, until: date | None, user: str | None) -> None:
    """Keep a person's file whole: nothing of it is destroyed as long as the hold lasts."""
    start_django()
    from veerkracht.register.keeping import actions
    from veerkracht.register.keeping.queries.people import get_person

    by = acting(user)
    made = actions.hold_legal(get_person(by, "hold.legal", number), by=by, reason=reason, until=until)
    say(f"The file of {number} is held by law (hold {made.pk}).")


@command.command()
@click.argument("number")
@as_user
def lift(number: str, user: str | None) -> None:
    """Lift every hold on a person's file: the rules count again."""
    start_django()
    from veerkracht.register.keeping import actions
    from veerkracht.register.keeping.queries.people import get_person
    from veerkracht.register.keeping.queries.runs import holds_on

    by = acting(user)
    found = holds_on(by, get_person(by, "hold.legal", number))
    for one in found:
        actions.lift_hold(one, by=by)
    say(f"Holds lifted on the file of {number}: {len(found)}.")


@command.command()
@click.argument("number")
@as_user
def erase(number: str, user: str | None) -> None:
    """Take a person out of the register because they asked, where the rules of their programmes allow it."""
    start_django()
    from veerkracht.register.keeping import actions
    from veerkracht.register.keeping.queries.people import get_person

    by = named(user)
    actions.erase(get_person(by, "person.erase", number), by=by)
    say(f"{number} is erased: what stays tells nobody who it was.")


@command.command()
@as_user
def sweep(user: str | None) -> None:
    """Take away files that belong to no document: what a crash left behind, as `veerkracht verify` names it."""
    start_django()
    from veerkracht.register.documents.actions import sweep as take_away

    say(f"Files without a document taken away: {take_away(by=acting(user)):,}.")


def _told(run: Any, as_json: bool) -> None:
    from veerkracht.register.keeping.queries.runs import lines_of

    lines = lines_of(run)
    if as_json:
        print_json(
            {
                "run": run.pk,
                "state": run.state,
                "on": run.on,
                "lines": [{**vars(one), "said": one.said} for one in lines],
            }
        )
        return
    rows = [(one.number, one.what, one.deed, ", ".join(one.rules), one.said) for one in lines]
    table(("person", "what", "do", "by", "done"), rows)
