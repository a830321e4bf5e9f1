"""When somebody begins and ends to work at a desk."""

from django.db import transaction

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import access
from veerkracht.register.crisis.models import Shift
from veerkracht.register.crisis.rules import rules
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text


def start_shift(*, by: Actor, kind: str) -> Shift:
    """Begin to work at one's own desk, until the shift's end by the clock of the region.

    Raises `Invalid` for a shift that does not run now, and `Conflict` for who works in another already.
    """
    access.require_desk("call.take", by)
    if by.membership is None:
        raise Refused()
    shifts, now = rules().shifts, clock.now()
    ends = shifts[kind].ends(now, region.current().time_zone) if kind in shifts else None
    if ends is None:
        raise Invalid(
            Text(
                nl=f"De dienst “{kind[:60]}” loopt nu niet en begint niet binnen het uur.",
                en=f"The shift “{kind[:60]}” does not run now and does not begin within the hour.",
            ),
            "kind",
        )
    with said(), transaction.atomic():
        # One that ran out is over; nobody has to say so.
        Shift.objects.filter(user=by.user_id, ended_at=None, until_at__lte=now).update(ended_at=now)
        shift = Shift.objects.create(
            user=by.user,
            membership=by.membership,
            organisation=by.membership.organisation,
            kind=kind,
            from_at=now,
            until_at=ends,
        )
        record(by, "create", shift, detail={"kind": kind})
    return shift


def end_shift(*, by: Actor) -> Shift:
    """Stop working. What one holds stays held until its time is up. Raises `Invalid` for who is not on duty."""
    access.require_desk("call.take", by)
    with said(), transaction.atomic():
        # Locked: a shift is ended once.
        running = Shift.objects.select_for_update().filter(user=by.user_id, ended_at=None)
        shift = running.filter(organisation=by.organisation_id).first()
        if shift is None:
            raise Invalid(access.OFF_DUTY, "shift")
        shift.ended_at = clock.now()
        shift.save(update_fields=["ended_at"])
        record(by, "change", shift, detail={"ended": True})
    return shift
