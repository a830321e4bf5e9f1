"""What can be done with entries on the lists of homes."""

from .entries import Asked, change_entry, leave, lower, park, register, restore

__all__ = ["Asked", "change_entry", "leave", "lower", "park", "register", "restore"]
