"""The key after which a page of rows begins, as it comes in an address: the number of the last row that was seen."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

Row = TypeVar("Row", bound=Model)
# Nothing that a database counts is longer, and some databases fail on what is.
_DIGITS = 18

NO_PAGE = Text(
    nl="Deze bladzijde bestaat niet. Begin weer bij de eerste.",
    en="There is no such page. Start again at the first.",
)


def whole(text: str) -> int | None:
    """The number of a row or a version that a text says; None when it can be none."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None


def last_seen(rows: QuerySet[Row], after: str) -> Row | None:
    """The one of these rows with this number, after which a page begins; None for "".

    Raises `Invalid` when it isn't among them.
    """
    if not after:
        return None
    number = whole(after)
    last = rows.filter(pk=number).first() if number is not None else None
    if last is None:
        raise Invalid(NO_PAGE, "after")
    return last
