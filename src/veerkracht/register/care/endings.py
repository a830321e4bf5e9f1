"""What else ends when a person dies or a request ends: a room above this one that keeps something of them says so when
it is loaded.

Each ending runs in the transaction of the death or of the request's end and can't stop it: a death is a fact.
"""

from collections.abc import Callable
from datetime import date

from veerkracht.register.care.models import Request
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person

# Who died, who says so, and on which day.
Ending = Callable[[Person, Actor, date], None]
_endings: list[Ending] = []
# Which request ends without being served, who says so, and on which day.
RequestEnding = Callable[[Request, Actor, date], None]
_of_requests: list[RequestEnding] = []


def also(ending: Ending) -> None:
    """Let this end too. Said once, by `AppConfig.ready`."""
    if ending not in _endings:
        _endings.append(ending)


def end_all(person: Person, by: Actor, on: date) -> None:
    """Let all who asked for it end what they keep of a person who died, in the same transaction."""
    for ending in _endings:
        ending(person, by, on)


def also_of_requests(ending: RequestEnding) -> None:
    """Let this end with a request too. Said once, by `AppConfig.ready`."""
    if ending not in _of_requests:
        _of_requests.append(ending)


def end_request(request: Request, by: Actor, on: date) -> None:
    """Let all who asked for it end what they keep of a request that was not served, in the same transaction."""
    for ending in _of_requests:
        ending(request, by, on)
