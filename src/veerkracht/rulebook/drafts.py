"""A programme with other values for some of its fields, held to the checks of a file."""

from dataclasses import replace
from typing import Any

from veerkracht.rulebook.types import Programme
from veerkracht.rulebook.validation import require_valid


def drafted(programme: Programme, **changes: Any) -> Programme:
    """A draft: a programme with other values for some of its fields, validated like a file.

    Raises `RuleFault` naming every fault of the draft.
    """
    draft = replace(programme, **changes)
    require_valid(draft)
    return draft
