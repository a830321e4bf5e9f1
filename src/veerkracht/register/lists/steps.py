"""What the steps of an entry say: the fold of what each of them set."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

_DATES = {"registered_on", "list_date", "wished_from", "parked_until", "ask_again_on", "answer_by"}
_PLAIN = {"preference", "when_ready", "from_place", "ward", "state", "to_check"}
FOLDED = (*sorted(_DATES | _PLAIN), "facts")


def as_kept(sets: Mapping[str, Any]) -> dict[str, Any]:
    """What a step sets, as JSON holds it."""
    return {
        name: value.isoformat() if name in _DATES and value is not None else value
        for name, value in sets.items()
    }


def fold(steps: Iterable[tuple[Mapping[str, Any], Mapping[str, Any] | None]]) -> dict[str, Any]:
    """The columns of an entry after these steps, the first first; each step is what it set, and its answers."""
    folded: dict[str, Any] = {"to_check": False}
    answers: Mapping[str, Any] = {}
    for sets, facts in steps:
        folded |= sets
        answers = answers if facts is None else facts
    dated = {
        name: date.fromisoformat(value) if name in _DATES and value is not None else value
        for name, value in folded.items()
    }
    return {**dict.fromkeys(_DATES), **dated, "facts": dict(answers)}
