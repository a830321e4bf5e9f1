"""What else begins when a place is confirmed: a room above this one says so when it is loaded.

Each beginning runs in the transaction of the confirmation, on the locked search.
"""

from collections.abc import Callable

from veerkracht.register.crisis.models import Search
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service

Beginning = Callable[[Search, Service, Actor], None]
_beginnings: list[Beginning] = []


def also(beginning: Beginning) -> None:
    """Let this begin too. Said once, by `AppConfig.ready`."""
    if beginning not in _beginnings:
        _beginnings.append(beginning)


def begin_all(search: Search, service: Service, by: Actor) -> None:
    """Let all who asked for it begin what follows a confirmed place, in the same transaction."""
    for beginning in _beginnings:
        beginning(search, service, by)
