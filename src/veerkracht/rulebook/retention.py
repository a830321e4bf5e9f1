"""How long what is known about a person is kept, and what is done with it then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from veerkracht.rulebook.months import add_months
from veerkracht.rulebook.types import Dated, Text

What = Literal["file", "documents", "notes"]
After = Literal["closed", "death", "withdrawal"]
Deed = Literal["pseudonymise", "destroy"]
WHAT: tuple[What, ...] = ("file", "documents", "notes")
AFTER: tuple[After, ...] = ("closed", "death", "withdrawal")
# A file is counted in figures that were published, and money was spent on it: it stays, without its person.
DEEDS: dict[What, Deed] = {"file": "pseudonymise", "documents": "destroy", "notes": "destroy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Dated):
    """What is done with a part of a file, so many months after an event, and why.

    `what`: the whole file of a person, their documents, or the notes of case consultations on them. `after`: the day on
    which the last request or budget of the person closed, on which they died, or on which they withdrew their last
    request without anything ever having been granted. `on_request`: only when the person asks for it.
    """

    id: str
    what: What
    after: After
    months: int
    deed: Deed
    on_request: bool = False
    why: Text

    def due(self, event: date) -> date:
        """The first day on which it is done, after an event on a day."""
        return add_months(event, self.months)


def rule_for(rules: tuple[Retention, ...], what: What, after: After, on: date) -> Retention | None:
    """The rule that holds on a day for a part of a file after an event, not counting those for who asks."""
    found = (one for one in rules if (one.what, one.after) == (what, after) and one.holds(on))
    return next((one for one in found if not one.on_request), None)
