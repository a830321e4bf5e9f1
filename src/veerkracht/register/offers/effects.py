"""What an answer does to somebody's place on the home's list, by the region's file."""

from collections.abc import Iterable
from datetime import timedelta

from veerkracht.region.offers import LOWER, OFF, PARKED, Decline
from veerkracht.register import clock
from veerkracht.register.lists.models import Entry, EntryStep
from veerkracht.register.lists.writing import lock_entries, take_off, write_step
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor


def take_effect(decline: Decline, entries: Iterable[Entry], by: Actor) -> None:
    """Do to entries what a decline does. Only for actions that asked whether somebody may answer.

    An entry that meanwhile stands aside or is off the list stays as it is.
    """
    today = clock.today()
    for entry in lock_entries(entries):
        if entry.state != Entry.State.WAITING:
            continue
        if decline.effect == PARKED:
            sets = {"state": Entry.State.PARKED, "parked_until": today + timedelta(days=decline.days)}
            rest = {"ask_again_on": None, "answer_by": None}
            write_step(entry, EntryStep.Kind.PARKED, by=by, on=today, reason=decline.id, **sets, **rest)
        elif decline.effect == LOWER:
            write_step(entry, EntryStep.Kind.LOWERED, by=by, on=today, reason=decline.id, list_date=today)
        elif decline.effect == OFF:
            take_off(entry, by=by, on=today, reason=decline.id)
        else:
            continue
        detail = {"step": decline.effect, "reason": decline.id}
        record(by, "change", entry, person_id=entry.request.person_id, detail=detail)
