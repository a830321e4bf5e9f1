"""Budget lines with their balances on a day, page by page, for who may read the money."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.money.queries import PAGE, LineRow, list_lines
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require


@dataclass(frozen=True)
class Lines:
    """A page of lines. `after`: the code after which the next page begins; "" on the last."""

    year: int
    rows: tuple[LineRow, ...]
    after: str


def lines(actor: Actor, *, year: int | None = None, on: date | None = None, after: str = "") -> Lines:
    """Lines in the order of their codes, with what stood on them at the end of a day (now). Raises `Refused`."""
    require("money.read", actor, actor.programme)
    year = year or clock.today().year
    found = list_lines(year, on=on, after=after)
    rows = tuple(found[:PAGE])
    return Lines(year, rows, rows[-1].code if len(found) > PAGE else "")
