"""Whether references go round in a circle."""

from collections.abc import Callable, Iterable


def leads_back(start: str, next_of: Callable[[str], Iterable[str]]) -> bool:
    """Whether going on from a thing to the next ones, empty names left out, ever comes back to it."""
    done: set[str] = set()
    ahead = list(next_of(start))
    while ahead:
        here = ahead.pop()
        if here == start:
            return True
        if here and here not in done:
            done.add(here)
            ahead += next_of(here)
    return False
