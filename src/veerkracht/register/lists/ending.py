"""What becomes of entries when somebody comes to live in a home, or no longer asks. For actions that asked."""

from datetime import date, timedelta

from django.db.models import Q

from veerkracht.register.care import bundles
from veerkracht.register.care.models import Request
from veerkracht.register.lists import pairs
from veerkracht.register.lists.models import STANDING, Entry, EntryStep
from veerkracht.register.lists.rules import lists
from veerkracht.register.lists.writing import (
    NOTHING_AWAITED,
    last_day,
    lock_entries,
    take_off,
    write_step,
)
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person

ASK = "ask"


def end_of_request(request: Request, by: Actor, on: date) -> None:
    """Take a request that ends without being served off every list that it is on."""
    pairs.end_of(Q(request=request) | Q(other=request))
    for entry in _standing_of(request):
        # What was written down of a later day stands: it leaves on that day.
        _off(entry, by, max(on, last_day(entry)), lists().reasons["request_ended"])


def end_of_death(person: Person, by: Actor, on: date) -> None:
    """Take whoever died off every list that they are on, also of a request that was served."""
    # Their requests before what hangs on them, as everybody takes them.
    bundles.lock(Request.objects.filter(person=person).values_list("pk", flat=True))
    pairs.end_of(Q(request__person=person) | Q(other__person=person))
    for request in (
        Request.objects.filter(person=person, entries__state__in=STANDING).distinct().order_by("pk")
    ):
        end_of_request(request, by, on)


def settle(request: Request, admitted_at: int | None, by: Actor, on: date) -> None:
    """The person came to live in a home on a day: the entry there led to it, and the others follow the region's word.

    `admitted_at`: the id of the service; None for one whose list the request isn't on.
    """
    for entry in _standing_of(request):
        day = max(on, last_day(entry))
        if entry.service_id == admitted_at:
            write_step(entry, EntryStep.Kind.ADMITTED, by=by, on=day, **NOTHING_AWAITED, state="admitted")
            _log(entry, by, "admitted")
        elif lists().after_admission == ASK:
            _aside(entry, by, day)
        else:
            _off(entry, by, day, lists().reasons["moved_in"])


def _aside(entry: Entry, by: Actor, on: date) -> None:
    """Ask whether they still want this home, and let the entry stand aside meanwhile."""
    awaited = {"parked_until": None, "ask_again_on": None}
    awaited["answer_by"] = on + timedelta(days=lists().answer_days)
    reason = lists().reasons["admitted"]
    write_step(entry, EntryStep.Kind.PARKED, by=by, on=on, reason=reason, state="parked", **awaited)
    _log(entry, by, "parked")


def _off(entry: Entry, by: Actor, on: date, reason: str) -> None:
    take_off(entry, by=by, on=on, reason=reason)
    _log(entry, by, "left")


def _standing_of(request: Request) -> list[Entry]:
    return lock_entries(request.entries.filter(state__in=STANDING))


def _log(entry: Entry, by: Actor, step: str) -> None:
    record(by, "change", entry, person_id=entry.request.person_id, detail={"step": step})
