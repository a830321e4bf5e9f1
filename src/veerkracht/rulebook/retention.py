"""How long what is known about a person is kept, and what is done with it then."""

from __future__ import annotations

from datetime import date

from veerkracht.rulebook.types import After, Deed, Retention, What

WHAT: tuple[What, ...] = ("file", "documents", "notes")
AFTER: tuple[After, ...] = ("closed", "death", "withdrawal")
# A file is counted in figures that were published, and money was spent on it: it stays, without its person.
DEEDS: dict[What, Deed] = {"file": "pseudonymise", "documents": "destroy", "notes": "destroy"}


def rule_for(rules: tuple[Retention, ...], what: What, after: After, on: date) -> Retention | None:
    """The rule that holds on a day for a part of a file after an event, not counting those for who asks."""
    found = (one for one in rules if (one.what, one.after) == (what, after) and one.holds(on))
    return next((one for one in found if not one.on_request), None)
