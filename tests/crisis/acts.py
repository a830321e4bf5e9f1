"""What a process of a desk does; by names and numbers, since it reads everything itself."""

from veerkracht.register.crisis import actions
from veerkracht.register.crisis.models import Search
from veerkracht.register.people.actors import actor_named
from veerkracht.register.supply.models import Service


def hold(number: str, service: int, user: str) -> None:
    actions.hold_for(search(number), Service.objects.get(pk=service), by=actor_named(user))


def confirm(number: str, user: str) -> None:
    actions.confirm(search(number), by=actor_named(user))


def release(number: str, user: str) -> None:
    actions.release(search(number), by=actor_named(user))


def none_found(number: str, user: str) -> None:
    actions.none_found(search(number), by=actor_named(user), reason="all-full", fallback="inn")


def search(number: str) -> Search:
    return Search.objects.select_related("call").get(number=number)
