"""Finding who may be on the lists twice, and deciding on it: a named person looks, nothing is merged by itself."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.lists.likeness import Pair, Somebody, compared, pairs
from veerkracht.register.lists.models import STANDING, Double, Entry, EntryStep
from veerkracht.register.lists.rules import lists
from veerkracht.register.lists.writing import last_day, lock_entries, take_off, write_step
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text

LONGEST_WHY = 300


def find_doubles(*, by: Actor) -> int:
    """Look who stands on lists of homes and may be somebody else there too; how many new pairs there are to look at.

    A pair that somebody decided on doesn't come back.
    """
    require("double.find", by)
    people = [_somebody(one) for one in _on_lists().iterator()]
    found = pairs(people)
    with said(), transaction.atomic():
        new = _note(found)
        record(by, "create", "double", detail={"compared": len(people), "found": new})
    return new


def look_for_doubles_of(person: Person) -> None:
    """Whether somebody who comes on lists may be there already as somebody else. For an action that asked who may; it
    is logged as the system's own work, since who asks must not learn of it.
    """
    me = _somebody(person)
    near = Q(birth_date=person.birth_date) | Q(area=person.area)
    others = _on_lists().filter(near).exclude(pk=person.pk)
    found = [pair for one in others.iterator() if (pair := compared(me, _somebody(one)))]
    with said(), transaction.atomic():
        if new := _note(found):
            record(Actor.for_command("doubles"), "create", "double", detail={"found": new})


def _on_lists() -> QuerySet[Person]:
    return Person.objects.filter(requests__entries__state__in=STANDING).distinct().order_by("pk")


def _somebody(one: Person) -> Somebody:
    number = one.national_number_key or ""
    return Somebody(one.pk, one.given_name, one.family_name, one.birth_date, one.area, number)


def _note(found: Sequence[Pair]) -> int:
    """Keep the pairs that nobody noted before; how many."""
    if not found:
        return 0
    known = set(Double.objects.values_list("first", "second"))
    new = [pair for pair in found if (pair.first, pair.second) not in known]
    at = clock.now()
    Double.objects.bulk_create(
        Double(
            first_id=pair.first,
            second_id=pair.second,
            grounds=list(pair.grounds),
            likeness=pair.likeness,
            found_at=at,
        )
        for pair in new
    )
    return len(new)


def tell_apart(double: Double, *, by: Actor, why: str, version: int | None = None) -> Double:
    """Decide that two people are two. Raises `Invalid` without a reason, `Conflict` when somebody decided before."""
    for person in double.people:
        require("double.decide", by, person)
    with said(), transaction.atomic():
        double = _undecided(double, version)
        _decide(double, Double.State.DIFFERENT, why, by)
    return double


def bring_together(
    double: Double, *, by: Actor, keep: Person, why: str, version: int | None = None
) -> Double:
    """Decide that two people are one, of whom `keep` goes on.

    The entries of the other go over to the request of `keep`, with the earliest date at each home. The two files stay
    two: the other's request is withdrawn by who keeps it.

    Raises `Invalid` without a reason, for somebody who is neither, or who has no request of their own that runs;
    `Conflict` when somebody decided before.
    """
    for person in double.people:
        require("double.decide", by, person)
    if keep.pk not in (double.first_id, double.second_id):
        raise Invalid(Text(nl="Kies een van beiden.", en="Choose one of the two."), "keep")
    gone = double.second_id if keep.pk == double.first_id else double.first_id
    with said(), transaction.atomic():
        double = _undecided(double, version)
        request = _request_of(keep)
        for entry in lock_entries(Entry.objects.filter(request__person=gone, state__in=STANDING)):
            _go_over(entry, request, by)
        _decide(double, Double.State.SAME, why, by)
    return double


def _undecided(double: Double, version: int | None) -> Double:
    # Locked so that two who decide at once don't both do so.
    double = locked(double, version)
    if double.state != Double.State.OPEN:
        raise Conflict(Text(nl="Hierover is al beslist.", en="This was decided already."))
    return double


def _decide(double: Double, state: str, why: str, by: Actor) -> None:
    why = why.strip()
    if not why or len(why) > LONGEST_WHY:
        raise Invalid(
            Text(
                nl=f"Zeg in hoogstens {LONGEST_WHY} tekens waarop u dit baseert.",
                en=f"Say in at most {LONGEST_WHY} characters what this rests on.",
            ),
            "why",
        )
    double.state, double.why, double.by_id, double.by_name = state, why, by.user_id, by.name
    double.decided_at = clock.now()
    double.version += 1
    double.save()
    for person in (double.first_id, double.second_id):
        record(by, "change", double, person_id=person, detail={"double": state})


def _request_of(person: Person) -> Request:
    """The request that goes on, locked so that its preferences are numbered one after another."""
    runs = Request.objects.select_for_update().filter(person=person, programme=lists().programme, live=True)
    found = runs.order_by("pk").first()
    if found is None:
        raise Invalid(
            Text(
                nl=f"{person} heeft zelf geen vraag die loopt: kies de andere.",
                en=f"{person} has no request of their own that runs: choose the other.",
            ),
            "keep",
        )
    return found


def _go_over(entry: Entry, request: Request, by: Actor) -> None:
    """An entry goes over to another request: what stands there already keeps the earliest date of the two."""
    today = clock.today()
    dates = {"registered_on": entry.registered_on, "list_date": entry.list_date}
    kept = Entry.objects.select_for_update().filter(
        request=request, service=entry.service, state__in=STANDING
    )
    there = kept.first()
    if there is None:
        there = Entry(request=request, service=entry.service)
        said_there = {name: getattr(entry, name) for name in _TAKEN_ALONG}
        preference = request.entries.filter(state__in=STANDING).count() + 1
        write_step(
            there, EntryStep.Kind.REGISTERED, by=by, on=today, preference=preference, **dates, **said_there
        )
    elif entry.list_date < there.list_date:
        write_step(there, EntryStep.Kind.CHANGED, by=by, on=max(today, last_day(there)), **dates)
    take_off(entry, by=by, on=max(today, last_day(entry)), reason=lists().reasons["double"])
    for one in (entry, there):
        record(by, "change", one, person_id=one.request.person_id, detail={"step": "double"})


_TAKEN_ALONG = (
    "when_ready",
    "wished_from",
    "from_place",
    "ward",
    "facts",
    "state",
    "parked_until",
    "ask_again_on",
    "answer_by",
)
