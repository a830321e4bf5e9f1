"""Who comes to homes together: how the row behind it changes, and the bundle of both requests with it.

For actions that asked, on a row that is locked.
"""

from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.care import bundles
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Invalid
from veerkracht.register.lists.models import TOGETHER, Together
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.register.supply.models import LIVE_HOLDS, Hold
from veerkracht.rulebook.types import Text

_BOTH = 2


def of(request: Request) -> Together | None:
    """What a request asks or agreed to, as long as that runs."""
    mine = Q(request=request) | Q(other=request)
    found = Together.objects.filter(mine, state__in=TOGETHER).select_related("request__person", "other")
    return next((one for one in found.order_by("pk") if not is_over(one)), None)


def locked_with_requests(together: Together, *requests: int, version: int | None = None) -> Together:
    """The row as it is now, locked, with both its requests and these (by id) before it: everybody takes them in this
    order. Raises `Conflict` when somebody changed it since `version`.
    """
    ids = {together.request_id, *requests} | ({together.other_id} if together.other_id else set())
    held = {one.pk: one for one in bundles.lock(ids)}
    fresh = locked(together, version)
    fresh.request = held[fresh.request_id]
    if fresh.other_id in held:
        fresh.other = held[fresh.other_id]
    return fresh


def is_over(together: Together) -> bool:
    """Whether nobody can agree to it any more; a night's work writes that down."""
    return together.state == Together.State.ASKED and together.until < clock.today()


def keep(together: Together) -> None:
    together.version += 1
    together.save()


def end(together: Together, state: str) -> None:
    together.state, together.ended_at = state, clock.now()


def lapse(together: Together) -> None:
    """Nobody answered in time. For a row that is asked still, and over."""
    end(together, Together.State.LAPSED)
    keep(together)


def join(together: Together, by: Actor) -> bool:
    """Give both requests one bundle, unless a place is held for one of them alone: then it waits until that is over,
    and nobody learns from it that there is an offer. Whether it was done.
    """
    requests = [one for one in (together.request, together.other) if one is not None and one.live]
    if len(requests) < _BOTH or _has_hold(*requests):
        return False
    bundles.join(requests, by, clock.today())
    together.state = Together.State.JOINED
    keep(together)
    return True


def part(together: Together, request: Request, by: Actor) -> None:
    """Each of two who were joined stands alone again, as one of them (`request`) wants. Raises `Invalid` while a place
    is held for them.
    """
    if _has_hold(*(one for one in (together.request, together.other) if one is not None)):
        raise Invalid(
            Text(
                nl="Er loopt een aanbod voor u samen: antwoord daar eerst op.",
                en="A place is offered to both of you: answer that first.",
            )
        )
    bundles.part(request, by, clock.today())


def end_of(whose: Q) -> None:
    """A request ends or somebody died: who asked to come together, or did, does so no longer. Their bundle stays
    written: it counts live requests only.
    """
    found = Together.objects.select_for_update(of=("self",)).filter(whose, state__in=TOGETHER)
    for together in found.order_by("pk"):
        asked = together.state == Together.State.ASKED
        end(together, Together.State.WITHDRAWN if asked else Together.State.PARTED)
        keep(together)


def _has_hold(*requests: Request) -> bool:
    return Hold.objects.filter(request__in=requests, state__in=LIVE_HOLDS).exists()
