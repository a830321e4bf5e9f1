"""Texts that several verbs of paying say, and what must hold of a text before it is kept."""

from datetime import date

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

DECIDED = Text(
    nl="Iemand anders besliste hier intussen al over.",
    en="Somebody else has decided on this in the meantime.",
)
MOVED_ON = Text(
    nl="Deze opdracht is intussen een andere stap verder. Kijk eerst wat er nu staat.",
    en="This order has moved on to another step in the meantime. Look at what it says now first.",
)
_SHORT = 200


def checked_reason(reason: str) -> str:
    """Why somebody refuses: one line of at most 200 characters. Raises `Invalid` when there is none."""
    return checked_text(reason, "reason", _SHORT)


def checked_text(text: str, field: str, length: int) -> str:
    """One line of 1 to `length` characters, without blanks around it. Raises `Invalid` for anything else."""
    found = " ".join(text.split())
    if not 0 < len(found) <= length:
        raise Invalid(
            Text(
                nl=f"Hier horen 1 tot {length} tekens; gevonden: {len(found)}.",
                en=f"Here belong 1 to {length} characters; found: {len(found)}.",
            ),
            field,
        )
    return found


def month_of(day: date) -> date:
    """The first day of a month, by which a month is named."""
    return day.replace(day=1)
