"""What an invariant is, and what is said of one that is broken."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from veerkracht.rulebook.types import Text

# What it says, and a function that gives where it is broken.
Check = tuple[Text, Callable[[], Iterable[str]]]


@dataclass(frozen=True)
class Broken:
    """An invariant that does not hold: its name, what it says, how often it is broken, and where (some of
    them).
    """

    name: str
    text: Text
    count: int
    where: tuple[str, ...]
