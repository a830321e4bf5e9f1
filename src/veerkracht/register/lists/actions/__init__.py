"""What can be done with entries on the lists of homes."""

from veerkracht.register.lists.checks import Asked

from .admission import after_admission
from .asking import Sweep, answer_still_wanted, sweep
from .at_counter import Caller, ask_homes_for_new
from .choosing_rules import choose_rules
from .doubles import bring_together, find_doubles, tell_apart
from .entries import change_entry, check, leave, park, register, restore
from .importing import import_entries
from .own_asking import ask_homes
from .together import Named, answer_together, ask_together, confirm_together, stop_together

__all__ = [
    "Asked",
    "Caller",
    "Named",
    "Sweep",
    "after_admission",
    "answer_still_wanted",
    "answer_together",
    "ask_homes",
    "ask_homes_for_new",
    "ask_together",
    "bring_together",
    "change_entry",
    "check",
    "choose_rules",
    "confirm_together",
    "find_doubles",
    "import_entries",
    "leave",
    "park",
    "register",
    "restore",
    "stop_together",
    "sweep",
    "tell_apart",
]
