"""What a process of a desk does; by names and numbers, since it reads everything itself."""

from veerkracht.register.crisis import actions
from veerkracht.register.crisis.models import Search
from veerkracht.register.people.actors import actor_named
from veerkracht.register.supply.models import Service


def hold(search: str, service: int, user: str) -> None:
    actions.hold_for(_search(search), Service.objects.get(pk=service), by=actor_named(user))


def confirm(search: str, user: str) -> None:
    actions.confirm(_search(search), by=actor_named(user))


def release(search: str, user: str) -> None:
    actions.release(_search(search), by=actor_named(user))


def none_found(search: str, user: str) -> None:
    actions.none_found(_search(search), by=actor_named(user), reason="all-full", fallback="inn")


def _search(number: str) -> Search:
    return Search.objects.select_related("call").get(number=number)
