"""How a hold changes: the one place where its state, its steps and the stay that rests on it are written.

Only for actions that asked whether somebody may, on a hold that is new or locked, in the transaction of the change.
"""

from datetime import date

from veerkracht.register import clock
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import LIVE_HOLDS, Hold, HoldStep, Stay


def become(hold: Hold, state: str, by: Actor) -> None:
    """Add a step and keep its state beside it."""
    # Never before the step before it, even when the machine's clock was set back.
    at = max(clock.now(), hold.updated_at)
    HoldStep.objects.create(hold=hold, kind=state, at=at, by_id=by.user_id, by_name=by.name, role=by.role)
    hold.state, hold.updated_at = state, at
    hold.version += 1
    hold.save(update_fields=["state", "version", "updated_at"])
    person = hold.request.person_id if hold.request_id else None
    verb = "create" if state == "held" else "change"
    record(by, verb, hold, person_id=person, detail={"unit": hold.unit_id, "state": state})


def give_back(hold: Hold, by: Actor, on: date | None = None) -> None:
    """Let a live hold go, and end the stay in it on a day (today)."""
    become(hold, "released", by)
    stay = Stay.objects.filter(hold=hold).first()
    if stay is None:
        return
    # Who was to come later and does not, was never there.
    stay.until_date = on or max(clock.today(), stay.from_date)
    stay.save(update_fields=["until_date"])


def give_back_of(request_id: int, by: Actor, on: date) -> None:
    """Let the live hold of a request go, when there is one: what it was for is no longer asked."""
    held = Hold.objects.select_for_update(of=("self",)).filter(request=request_id, state__in=LIVE_HOLDS)
    for hold in held.order_by("pk"):
        begun = Stay.objects.filter(hold=hold).values_list("from_date", flat=True).first()
        give_back(hold, by, max(on, begun or on))
