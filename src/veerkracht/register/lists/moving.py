"""What a move does to entries on the lists of homes."""

from veerkracht.register import clock
from veerkracht.register.lists.models import STANDING, Entry, EntryStep
from veerkracht.register.lists.writing import last_day, lock_entries, write_step
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import PERSON, Actor
from veerkracht.register.people.models import Move


def look_again(move: Move, by: Actor) -> None:
    """Where somebody lives may decide their place: what they tell of it each home checks before it offers."""
    if by.role != PERSON:
        return
    told = Entry.objects.filter(request__person=move.person_id, state__in=STANDING, to_check=False)
    for entry in lock_entries(told):
        day = max(clock.today(), last_day(entry))
        write_step(entry, EntryStep.Kind.CHANGED, by=by, on=day, to_check=True)
        record(by, "change", entry, person_id=move.person_id, detail={"step": "moved"})
