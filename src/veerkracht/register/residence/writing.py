"""How a residence changes: the one place where its columns and its events are written.

Only for actions that asked whether somebody may, on a residence that is new or locked, in the transaction of the
change.
"""

from datetime import date
from typing import Any

from veerkracht.register import clock
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence.models import Residence, ResidenceEvent
from veerkracht.register.supply.models import Stay

Kind = ResidenceEvent.Kind


def become(
    residence: Residence, kind: str, *, by: Actor, on: date, stay: Stay | None = None, reason: str = ""
) -> None:
    """Add an event that holds from a day, and keep the residence as its events now say."""
    # Never before the event before it, even when the machine's clock was set back.
    at = max(clock.now(), residence.updated_at)
    ResidenceEvent.objects.create(
        residence=residence,
        kind=kind,
        holds_from=on,
        recorded_at=at,
        stay=stay,
        reason=reason,
        by=by.user,
        by_name=by.name,
        role=by.role,
    )
    for name, value in sets_of(kind, on, stay and stay.pk, reason).items():
        setattr(residence, name, value)
    residence.version += 1
    residence.updated_at = at
    residence.save()
    verb = "create" if kind == Kind.STARTED else "change"
    detail = {"event": str(kind), "reason": reason}
    record(by, verb, residence, person_id=residence.person_id, detail=detail)


def sets_of(kind: str, on: date, stay: int | None, reason: str) -> dict[str, Any]:
    """The columns that an event sets: folded over the events of a residence they are its columns."""
    sets: dict[str, Any] = {"stay_id": stay} if stay is not None else {}
    if kind == Kind.LEFT:
        sets["away_since"] = on
    if kind in (Kind.RETURNED, Kind.ENDED):
        sets["away_since"] = None
    if kind == Kind.ENDED:
        sets |= {"until_date": on, "end_reason": reason}
    return sets
