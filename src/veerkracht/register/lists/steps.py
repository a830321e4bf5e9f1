"""What the steps of an entry say: the fold of what each of them set."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

FOLDED = (
    "preference",
    "registered_on",
    "list_date",
    "when_ready",
    "wished_from",
    "from_place",
    "ward",
    "facts",
    "state",
    "parked_until",
    "ask_again_on",
    "answer_by",
)
_DATES = {"registered_on", "list_date", "wished_from", "parked_until", "ask_again_on", "answer_by"}


def as_kept(sets: Mapping[str, Any]) -> dict[str, Any]:
    """What a step sets, as JSON holds it."""
    return {
        name: value.isoformat() if name in _DATES and value is not None else value
        for name, value in sets.items()
    }


def fold(sets: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The columns of an entry after these steps, the first first."""
    folded: dict[str, Any] = {}
    for one in sets:
        folded |= one
    return {
        name: date.fromisoformat(value) if name in _DATES and value is not None else value
        for name, value in folded.items()
    }
