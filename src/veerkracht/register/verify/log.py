"""The log is the one that was written."""

from collections.abc import Iterable

from veerkracht.register.log import verifying
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "log_is_unbroken": (
            Text(
                nl="Het log is het log dat geschreven werd: niets gewijzigd, weggenomen of tussengevoegd.",
                en="The log is the log that was written: nothing changed, taken out or put in.",
            ),
            _chain,
        ),
    }


def _chain() -> Iterable[str]:
    broken = verifying.verify().broken
    return [f"entry {broken.entry_id}: {broken.fault.value}"] if broken else []
