"""How a search changes: a step, and the state beside it, in one transaction. Only on a search that is new or locked."""

from dataclasses import dataclass
from typing import Any

from veerkracht.register import clock
from veerkracht.register.crisis.models import KnownPerson, Search, SearchStep
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service

Kind, State = SearchStep.Kind, Search.State
# What a step makes of a search; what is not here leaves it as it is.
STATES: dict[str, str] = {
    Kind.ASKED: State.OPEN,
    Kind.HELD: State.HELD,
    Kind.RELEASED: State.OPEN,
    Kind.LAPSED: State.OPEN,
    Kind.CONFIRMED: State.PLACED,
    Kind.NONE_FOUND: State.NONE,
    Kind.ENDED: State.ENDED,
}
# As long as it is in these, nobody else may hold a place for the same people.
WITH_A_PLACE = (State.HELD, State.PLACED)


@dataclass(frozen=True)
class Asked:
    """What a step is about: the service, how far fallen back, how many places, and why."""

    service: Service | None = None
    zone_step: int | None = None
    places: int | None = None
    reason: str = ""
    note: str = ""


def write_step(search: Search, kind: str, by: Actor, asked: Asked | None = None) -> SearchStep:
    """Add a step and keep its state beside it. The log says what happened, never to whom or where."""
    asked = asked or Asked()
    # Never before the step before it, even when the machine's clock was set back.
    at = max(clock.now(), search.updated_at)
    search.version += 1
    step = SearchStep.objects.create(
        search=search,
        sequence=search.version,
        kind=kind,
        by=by.user,
        by_name=by.name,
        role=by.role,
        at=at,
        **_facts(asked),
    )
    search.state, search.updated_at = STATES.get(kind, search.state), at
    search.save(update_fields=["state", "version", "updated_at"])
    if not search.told_apart and kind in STATES:
        _keep_family(search)
    record(by, "create" if kind == Kind.ASKED else "change", search, detail={"step": kind})
    return step


def state_after(kinds: list[str]) -> str:
    """What a search's steps, in their sequence, make of it."""
    return next((str(STATES[kind]) for kind in reversed(kinds) if kind in STATES), str(State.OPEN))


def _facts(asked: Asked) -> dict[str, Any]:
    return {
        "service": asked.service,
        "zone_step": asked.zone_step,
        "places": asked.places,
        "reason": asked.reason,
        "note": asked.note,
    }


def _keep_family(search: Search) -> None:
    """Who is known holds a place as long as one search of the call does."""
    has = search.state in WITH_A_PLACE or (
        search.call.searches.filter(state__in=WITH_A_PLACE, told_apart=False).exclude(pk=search.pk).exists()
    )
    # Row by row in one order: of two desks that hold for the same family, one waits and then sees the other.
    known = KnownPerson.objects.filter(call=search.call_id).exclude(holds=has).order_by("mark")
    for one in known:
        one.holds = has
        one.save(update_fields=["holds"])
