"""What is made of a region's tables once, however often a page asks for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

Of = TypeVar("Of")
More = TypeVarTuple("More")
Made = TypeVar("Made")


def once_for(make: Callable[[Of, *More], Made]) -> Callable[[Of, *More], Made]:
    """Keep what was made of the very same first argument until another is asked about: a process works in one region.

    Known by what it is and not by where it was read, so that a region with other tables never gets those of the first.
    """
    state: list[tuple[Of, dict[tuple[*More], Made]]] = []

    @wraps(make)
    def kept(of: Of, *more: *More) -> Made:
        found = next((found for known, found in state if known is of), None)
        if found is None:
            # Replaced in one go: threads that ask at once each have a whole one.
            state[:] = [(of, found := {})]
        if more not in found:
            found[more] = make(of, *more)
        return found[more]

    return kept
