"""What can be done with entries on the lists of homes."""

from .admission import after_admission
from .asking import Sweep, answer_still_wanted, sweep
from .entries import Asked, change_entry, leave, lower, park, register, restore

__all__ = [
    "Asked",
    "Sweep",
    "after_admission",
    "answer_still_wanted",
    "change_entry",
    "leave",
    "lower",
    "park",
    "register",
    "restore",
    "sweep",
]
