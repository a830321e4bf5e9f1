"""What else ends when a person dies: a room above this one that keeps something of people says so when it is loaded.

Each ending runs in the transaction of the death and can't stop it: a death is a fact.
"""

from collections.abc import Callable
from datetime import date

from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person

# Who died, who says so, and on which day.
Ending = Callable[[Person, Actor, date], None]
_endings: list[Ending] = []


def also(ending: Ending) -> None:
    """Let this end too. Said once, by `AppConfig.ready`."""
    if ending not in _endings:
        _endings.append(ending)


def end_all(person: Person, by: Actor, on: date) -> None:
    for ending in _endings:
        ending(person, by, on)
