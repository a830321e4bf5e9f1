"""A request is served by a place, and what served it ends: told to the list by whoever keeps that place.

Only for actions that asked whether somebody may, in the transaction of the change.
"""

from datetime import date

from veerkracht.register.care.actions.writing import check_day, check_state, last_set, write_step
from veerkracht.register.care.locks import change_list, locked
from veerkracht.register.care.models import LIVE_STATES, Request, Step
from veerkracht.register.people.actors import Actor


def serve(request: Request, *, by: Actor, on: date) -> Request:
    """The person has a place from a day: the request asks for nothing any more.

    Raises `Invalid` for a request that no longer runs, and for a day more than a year away.
    """
    check_day(on)
    change_list(request.programme)
    request = locked(request)
    check_state(request, *LIVE_STATES)
    # Who came before something else was decided is served from that decision on; their stay keeps the true day.
    holds = max(on, last_set(request, "state") or on)
    write_step(request, Step.Kind.STARTED, by=by, on=holds, state="served")
    return request


def end(request: Request, *, by: Actor, on: date, reason: str) -> Request:
    """What served the request ends on a day. The request stays served: who wants a place again asks again."""
    change_list(request.programme)
    request = locked(request)
    holds = max(on, last_set(request, "state") or on)
    write_step(request, Step.Kind.ENDED, by=by, on=holds, reason=reason)
    return request
