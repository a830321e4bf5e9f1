"""Who is on a list just in case is asked again; who doesn't answer stands aside; who stood aside comes back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import access, pairs, rules
from veerkracht.register.lists.actions.entries import leave
from veerkracht.register.lists.asking import next_asking
from veerkracht.register.lists.ending import settle
from veerkracht.register.lists.models import STANDING, Entry, EntryStep, Together
from veerkracht.register.lists.writing import lock_entries, locked_standing, take_off, write_step
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.residence.models import Residence
from veerkracht.register.sharing.models import Notice
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.representation import who_is_told
from veerkracht.rulebook.types import Text

# The kind of notice; its words are on the pages.
ASKED_AGAIN = "entry-asked-again"
# So many are written in one transaction: others wait no longer than that.
_AT_ONCE = 200


@dataclass(frozen=True)
class Sweep:
    """What a day's work on the lists did, in entries; and in pairs: `lapsed`, the other did not agree in time to come
    together, and `joined`, they agreed and nothing is in the way any more.
    """

    asked: int
    unanswered: int
    restored: int
    settled: int
    lapsed: int = 0
    joined: int = 0


def answer_still_wanted(
    entry: Entry, *, by: Actor, wanted: bool, ready: bool = False, version: int | None = None
) -> Entry:
    """Say whether an entry is still wanted: not, and it leaves; or it stays, now (`ready`) or for later as it was.

    Also before anybody asked. Raises `Invalid` for an entry that is off its list, or whose request no longer runs: who
    lives in a home and wants to move to another asks anew, and keeps the date.
    """
    if not wanted:
        return leave(entry, by=by, reason=rules.lists().reasons["not_wanted"], version=version)
    access.require_change(by, entry)
    on = clock.today()
    with said(), transaction.atomic():
        entry = locked_standing(entry, version)
        if not entry.request.live:
            raise Invalid(_ASK_ANEW)
        when = Entry.Ready.NOW if ready else entry.when_ready
        sets = {"state": "waiting", "when_ready": when, "parked_until": None, "answer_by": None}
        sets["ask_again_on"] = next_asking(when, "waiting", on)
        write_step(entry, EntryStep.Kind.STILL_WANTED, by=by, on=on, **sets)
        record(by, "change", entry, person_id=entry.request.person_id, detail={"step": "still-wanted"})
    return entry


_ASK_ANEW = Text(
    nl="Deze vraag loopt niet meer, omdat de persoon al in een woonzorgcentrum woont. Wil die verhuizen, stel dan een "
    "nieuwe vraag en schrijf weer in: de datum van inschrijving blijft.",
    en="This request no longer runs, since the person lives in a home already. To move, ask anew and register again: "
    "the date of registration stays.",
)


def sweep(*, by: Actor) -> Sweep:
    """A day's work on all lists, for a command that runs each day.

    Who is on a list just in case is asked again, who did not answer in time stands aside, who stood aside until today
    takes part again, and who came to live in a home without an offer is settled. What was done isn't done twice.
    """
    require("entry.sweep", by)
    today = clock.today()
    standing = Entry.objects.filter(request__live=True)
    ask = standing.filter(state="waiting", ask_again_on__lte=today, answer_by=None)
    late = Entry.objects.filter(state__in=STANDING, answer_by__lt=today)
    back = standing.filter(state="parked", parked_until__lte=today)
    return Sweep(
        asked=_each(ask, by, _ask),
        unanswered=_each(late, by, _unanswered),
        restored=_each(back, by, _restored),
        settled=_settled(by),
        lapsed=_lapsed(by, today),
        joined=_joined(by),
    )


def _ask(entry: Entry, by: Actor, today: date) -> None:
    until = today + timedelta(days=rules.lists().answer_days)
    write_step(entry, EntryStep.Kind.ASKED_AGAIN, by=by, on=today, answer_by=until)
    _tell(entry.request, today, until)


def _tell(request: Request, today: date, until: date) -> None:
    """Tell who asks, and who speaks for them, once a day for all homes together."""
    told = Notice.objects.filter(kind=ASKED_AGAIN, person=request.person_id, about=request.number)
    if not told.filter(text__on=str(today)).exists():
        users = who_is_told(request.person, today)
        tell(users, ASKED_AGAIN, request.person, request.number, on=str(today), until=str(until))


def _unanswered(entry: Entry, by: Actor, today: date) -> None:
    """Nobody loses a date by silence, as long as the request runs; who lives in a home and says nothing leaves."""
    if not entry.request.live:
        take_off(entry, by=by, on=today, reason=rules.lists().reasons["moved_in"])
        return
    sets = {"state": "parked", "parked_until": None, "ask_again_on": None, "answer_by": None}
    reason = rules.lists().reasons["no_answer"]
    write_step(entry, EntryStep.Kind.PARKED, by=by, on=today, reason=reason, **sets)


def _restored(entry: Entry, by: Actor, today: date) -> None:
    sets = {"state": "waiting", "parked_until": None, "answer_by": None}
    sets["ask_again_on"] = next_asking(entry.when_ready, "waiting", today)
    write_step(entry, EntryStep.Kind.RESTORED, by=by, on=today, **sets)


def _each(wanted: QuerySet[Entry], by: Actor, do: Callable[[Entry, Actor, date], None]) -> int:
    """Do something to each of some entries that still is as wanted once it is locked; how many it was done to."""
    today, done = clock.today(), 0
    ids = list(wanted.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        with said(), transaction.atomic():
            for entry in lock_entries(wanted.filter(pk__in=ids[start : start + _AT_ONCE])):
                do(entry, by, max(today, entry.registered_on))
                record(
                    by, "change", entry, person_id=entry.request.person_id, detail={"sweep": do.__name__[1:]}
                )
                done += 1
    return done


def _settled(by: Actor) -> int:
    """Entries of people who live in a home by now, and that nobody told the lists of."""
    still = Entry.objects.filter(state__in=STANDING, request__state="served").filter(
        Q(state="waiting") | Q(answer_by=None)
    )
    requests = {entry.request for entry in still.select_related("request").order_by("pk")}
    lives = dict(
        Residence.objects.filter(request__in=requests).order_by("from_date").values_list("request", "service")
    )
    done = 0
    for request in sorted(requests, key=lambda one: one.pk):
        with said(), transaction.atomic():
            done += request.entries.filter(state__in=STANDING).count()
            settle(request, lives.get(request.pk), by, clock.today())
    return done


def _lapsed(by: Actor, today: date) -> int:
    over = Together.objects.filter(state=Together.State.ASKED, until__lt=today)
    return _each_pair(over, by, pairs.lapse)


def _joined(by: Actor) -> int:
    """Pairs that agreed while a place was held for one of them alone."""
    agreed = Together.objects.filter(state=Together.State.AGREED, request__live=True, other__live=True)
    return _each_pair(agreed, by, lambda one: pairs.join(one, by))


def _each_pair(wanted: QuerySet[Together], by: Actor, do: Callable[[Together], object]) -> int:
    """Do something to each pair that still is as wanted once it is locked; how many changed."""
    done = 0
    for found in list(wanted.order_by("pk")):
        with said(), transaction.atomic():
            one = pairs.locked_with_requests(found)
            if not wanted.filter(pk=one.pk).exists():
                continue
            version = one.version
            do(one)
            if one.version > version:
                record(by, "change", one, person_id=one.request.person_id, detail={"together": one.state})
                done += 1
    return done
