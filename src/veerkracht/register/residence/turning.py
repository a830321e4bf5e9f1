"""A place of a home comes free, or somebody came to live in it: a room above this one hears of it.

Each hears in the transaction of the stay and can't stop it: who came or left did so.
"""

from collections.abc import Callable

from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Unit

# Which place, and who wrote down that somebody came or left.
Hearer = Callable[[Unit, Actor], None]
_of_free: list[Hearer] = []
_of_taken: list[Hearer] = []


def also_when_free(hearer: Hearer) -> None:
    """Let this hear which places came free. Said once, by `AppConfig.ready`."""
    if hearer not in _of_free:
        _of_free.append(hearer)


def also_when_taken(hearer: Hearer) -> None:
    """Let this hear which places were taken. Said once, by `AppConfig.ready`."""
    if hearer not in _of_taken:
        _of_taken.append(hearer)


def came_free(unit: Unit, by: Actor) -> None:
    """Tell all who asked for it that a place came free, in the same transaction."""
    for hearer in _of_free:
        hearer(unit, by)


def was_taken(unit: Unit, by: Actor) -> None:
    """Tell all who asked for it that a place was taken, in the same transaction."""
    for hearer in _of_taken:
        hearer(unit, by)
