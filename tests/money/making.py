"""Small makers of lines, credits and commitments for tests, through the actions."""

from datetime import date
from itertools import count
from typing import Any

from veerkracht.register import clock
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, Decided, NewLine
from veerkracht.register.money.models import BudgetYear, Commitment, Line
from veerkracht.register.people.actors import Actor
from veerkracht.register.verify import money
from veerkracht.rulebook.types import Text

YEAR = 2024
NEW_YEAR = date(YEAR, 1, 1)
_serial = count(1)


def command() -> Actor:
    return Actor.for_command("tests")


def make_year(year: int = YEAR) -> BudgetYear:
    """A budget year that is open."""
    found = BudgetYear.objects.filter(year=year).first()
    return found if found and found.opened_at else actions.open_year(year, by=command())


def make_line(
    vak: int = 1_000, vek: int | None = None, *, code: str = "", year: int = YEAR, **facts: Any
) -> Line:
    """A line with so many euro to commit (VAK) and to pay (VEK, else as much) in an open year."""
    make_year(year)
    new = NewLine(
        code=code or f"LINE-{next(_serial)}",
        name=Text("Een lijn", "A line"),
        from_date=date(2016, 1, 1),
        **facts,
    )
    line = actions.open_line(new, by=command())
    if vak or vek:
        make_credit(line, vak, vek, year=year)
    return line


def make_credit(line: Line, vak: int, vek: int | None = None, *, year: int = YEAR, **facts: Any) -> Any:
    """What is voted for a line and a year, in euro."""
    return actions.vote_line_credit(
        line,
        by=command(),
        year=year,
        amounts=Amounts(vak * 100, (vak if vek is None else vek) * 100),
        decided=Decided(facts.pop("on", date(year, 1, 1)), "Made up for a test"),
        fictitious=True,
        **facts,
    )


def make_commitment(line: Line, euro: int = 100, *, on: date | None = None, **facts: Any) -> Commitment:
    """So many euro of this year, promised to nobody in particular."""
    given = {"kind": "grant", "text": "A grant"} | facts
    new = actions.NewCommitment(on=on or clock.today(), amount_cents=euro * 100, **given)
    return actions.commit(line, new, by=command(), fictitious=True)


def broken() -> list[str]:
    """Which invariants of the books don't hold; those of payment orders are tried with orders, in tests/payments."""
    return [name for name, (_, check) in money.checks().items() if list(check())]
