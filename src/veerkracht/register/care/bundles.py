"""Who comes together is served together: requests with one bundle. For actions that asked."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from veerkracht.register.care.actions.writing import write_step
from veerkracht.register.care.locks import change_list
from veerkracht.register.care.models import Request, Step
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may

TOGETHER, APART = "together", "apart"
# Who agreed is named in their own file alone.
_OF_THE_OTHER = Actor.for_command("together")


def is_together(request: Request) -> bool:
    """Whether another live request for the same programme has the bundle of this one."""
    return request.bundle is not None and _others(request).exists()


def lock(ids: Iterable[int]) -> list[Request]:
    """Requests as they are now, by number, held until the end of the transaction: before whatever else of them is."""
    found = Request.objects.filter(pk__in=list(ids))
    for programme in sorted(set(found.values_list("programme", flat=True))):
        change_list(programme)
    # Locked in the order of their numbers, so that two who do this at once don't wait for each other.
    return list(found.select_for_update(of=("self",)).select_related("person").order_by("pk"))


def join(requests: Iterable[Request], by: Actor, on: date) -> None:
    """Give live requests of one programme, each of another person, one bundle from a day."""
    locked = lock(request.pk for request in requests)
    for request in locked:
        _write(request, by, on, TOGETHER, locked[0].pk)


def part(request: Request, by: Actor, on: date) -> None:
    """Take a request out of its bundle from a day; those who are left stay together."""
    left = list(_others(request).order_by("pk").values_list("pk", flat=True))
    for one in lock([request.pk, *left]):
        # A bundle has the number of one of its own, so that no two have the same.
        _write(one, by, on, APART, one.pk if one.pk == request.pk else left[0])


def _others(request: Request) -> QuerySet[Request]:
    same = Request.objects.filter(bundle=request.bundle, programme=request.programme, live=True)
    return same.exclude(pk=request.pk)


def _write(request: Request, by: Actor, on: date, reason: str, bundle: int) -> None:
    own = by if may("request.read", by, request) else _OF_THE_OTHER
    write_step(request, Step.Kind.CHANGED, by=own, on=on, reason=reason, bundle=bundle)
    record(own, "change", request, person_id=request.person_id, detail={"step": reason})
