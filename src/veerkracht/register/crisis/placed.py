"""What else begins when a place is confirmed, and when a call gets names: said by a room above this one, at loading.

Each runs in the transaction of the confirmation, on the locked search, or of the naming, on the locked call.
"""

from collections.abc import Callable

from veerkracht.register.crisis.models import Call, Search
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service

Beginning = Callable[[Search, Service, Actor], None]
Naming = Callable[[Call], None]
_beginnings: list[Beginning] = []
_namings: list[Naming] = []


def also(beginning: Beginning) -> None:
    """Let this begin too. Said once, by `AppConfig.ready`."""
    if beginning not in _beginnings:
        _beginnings.append(beginning)


def begin_all(search: Search, service: Service, by: Actor) -> None:
    """Let all who asked for it begin what follows a confirmed place, in the same transaction."""
    for beginning in _beginnings:
        beginning(search, service, by)


def also_named(naming: Naming) -> None:
    """Let this follow when a call gets names. Said once, by `AppConfig.ready`."""
    if naming not in _namings:
        _namings.append(naming)


def name_all(call: Call) -> None:
    """Let all who asked for it know who a call is about, in the same transaction."""
    for naming in _namings:
        naming(call)
