"""A call comes in: what it is about, who it is about when they say so, and the advice that was given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import access, identities, rules
from veerkracht.register.crisis.identities import Identity
from veerkracht.register.crisis.models import Call, Consult, Shift
from veerkracht.register.crisis.placed import name_all
from veerkracht.register.crisis.plain_words import plain_words
from veerkracht.register.crisis.steps import WITH_A_PLACE
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text

CALL = "C"
# So long after it came a call may still be written down, as when the network was away.
LATEST = timedelta(hours=24)
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Told:
    """What a call tells: ids of the region's file. `at`: when it came (now); `reference`: by which it is kept once."""

    channel: str
    caller: str
    area: str = ""
    topics: tuple[str, ...] = ()
    at: datetime | None = None
    reference: UUID | None = None


def take_call(told: Told, *, by: Actor) -> Call:
    """Write down that somebody called; they stay anonymous. The same reference twice is the same call.

    Raises `Refused`, and `Invalid` for who is (or was) not on duty, a moment to come or of yesterday, and what the
    region's file does not name.
    """
    access.require_desk("call.take", by)
    if by.membership is None:
        raise Refused()
    known = Call.objects.filter(reference=told.reference, organisation=by.organisation_id).first()
    if told.reference and known:
        return known
    now = clock.now()
    at = _moment(told.at, now)
    facts = {
        "channel": rules.choice("channel", told.channel).id,
        "caller": rules.choice("caller", told.caller).id,
        "area": rules.area(told.area, "area") if told.area else "",
        "topics": rules.choices("topic", told.topics, "topics"),
    }
    shift = access.require_duty(by) if told.at is None else _shift_at(by, at)
    with said(), transaction.atomic():
        call = Call.objects.create(
            number=numbers.take(CALL)[0],
            reference=told.reference or uuid4(),
            organisation=by.membership.organisation,
            shift=shift,
            by=by.user,
            by_name=by.name,
            at=at,
            recorded_at=now,
            **facts,
        )
        record(by, "create", call, detail={"channel": call.channel})
    return call


def identify(call: Call, people: Sequence[Identity], *, by: Actor, version: int | None = None) -> Call:
    """Say who an anonymous call is about, because they want it: a worker's own step, never a match of the machine.

    `version`: what was seen. Raises `Conflict` when somebody named them before us, or when a place is held by this call
    and these people have one already.
    """
    access.require_desk("call.take", by, call)
    found = identities.checked(people)
    with said(), transaction.atomic():
        call = locked(call, version)
        if not call.anonymous:
            raise Conflict(
                Text(nl="Deze oproep is al op naam.", en="Who this call is about is known already.")
            )
        holds = call.searches.filter(state__in=WITH_A_PLACE, told_apart=False).exists()
        identities.keep(call, found, holds=holds)
        call.anonymous = False
        call.version += 1
        call.save(update_fields=["anonymous", "version"])
        name_all(call)
        record(by, "change", call, detail={"identified": len(found)})
    return call


def consult(
    call: Call, *, by: Actor, advice: Iterable[str], note: str = "", is_sure: bool = False
) -> Consult:
    """Close a call with the advice that was given. A new question is a new call.

    `is_sure`: what looks like a name in the note is none. Raises `Conflict` when it was closed before, and `Invalid`
    for no advice, advice that the region's file does not name, and a name in the note.
    """
    access.require_desk("call.take", by, call)
    given = rules.choices("advice", advice)
    if not given:
        raise Invalid(Text(nl="Kies minstens één advies.", en="Choose at least one advice."), "advice")
    words = plain_words(note, "note", names=identities.names_in(call), longest=LONGEST_NOTE, is_sure=is_sure)
    with said(), transaction.atomic():
        call = locked(call)
        if Consult.objects.filter(call=call).exists():
            raise Conflict(Text(nl="Deze oproep kreeg al advies.", en="This call has its advice already."))
        made = Consult.objects.create(call=call, advice=given, note=words, by_name=by.name, at=clock.now())
        record(by, "change", call, detail={"consult": given})
    return made


def _moment(at: datetime | None, now: datetime) -> datetime:
    if at is not None and not now - LATEST <= at <= now:
        raise Invalid(
            Text(
                nl="Een oproep wordt binnen 24 uur genoteerd, en niet voor ze kwam.",
                en="A call is written down within 24 hours, and not before it came.",
            ),
            "at",
        )
    return at or now


def _shift_at(by: Actor, at: datetime) -> Shift:
    """The shift in which somebody worked at a moment gone by, ended since or not. Raises `Invalid` for none."""
    shifts = Shift.objects.filter(
        user=by.user_id, organisation=by.organisation_id, from_at__lte=at, until_at__gt=at
    )
    found = shifts.exclude(ended_at__lte=at).order_by("-from_at").first()
    if found is None:
        record(by, "refused", "call.take", detail={"why": "off duty"})
        raise Invalid(access.OFF_DUTY, "shift")
    return found
