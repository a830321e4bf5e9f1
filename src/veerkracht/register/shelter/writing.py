"""One step of a stay written, with what it becomes beside it; and the alarms that it settles. For the actions."""

from datetime import datetime

from django.utils.timezone import localtime

from veerkracht.register import clock
from veerkracht.register.crisis.identities import names_in
from veerkracht.register.crisis.models import Call
from veerkracht.register.crisis.plain_words import plain_words
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter import agreeing
from veerkracht.register.shelter.models import Alarm, CrisisStay, StayStep
from veerkracht.register.shelter.norms import CLOCK_FIELDS, consent_due
from veerkracht.rulebook.types import Text

_ON_THE_WALL = "%d-%m-%Y %H:%M"
HAS_ENDED = Text(nl="Dit verblijf is al beëindigd.", en="This stay has ended already.")


def step(
    stay: CrisisStay, kind: str, *, by: Actor, at: datetime, why: str = "", reason: str = ""
) -> StayStep:
    """Write down what happened to a stay that is new or locked, keep its state beside it and settle its alarms."""
    stay.consent_due_at = consent_due(stay) if stay.state == CrisisStay.State.RUNNING else None
    stay.version += 1
    stay.updated_at = max(clock.now(), stay.updated_at)
    stay.save()
    made = StayStep.objects.create(
        stay=stay,
        sequence=stay.version,
        kind=kind,
        holds_at=at,
        recorded_at=stay.updated_at,
        due_at=stay.due_at,
        consent=stay.consent,
        reason=reason,
        why=why,
        by=by.user,
        by_name=by.name,
        role=by.role,
    )
    settle(stay, kind)
    verb = "create" if kind == StayStep.Kind.OPENED else "change"
    record(by, verb, stay, detail={"step": kind, **({"reason": reason} if reason else {})})
    return made


def settle(stay: CrisisStay, by_what: str) -> None:
    """Alarms of an end that is no longer the stay's are over."""
    standing = {clock_: getattr(stay, field) for clock_, field in CLOCK_FIELDS.items()}
    is_running = stay.state == CrisisStay.State.RUNNING
    for alarm in Alarm.objects.filter(stay=stay, settled_at=None).order_by("id"):
        if not is_running or standing[alarm.clock] != alarm.due_at:
            alarm.settled_at, alarm.settled_by = max(clock.now(), alarm.raised_at), by_what
            alarm.save(update_fields=["settled_at", "settled_by"])


def agree_anew(stay: CrisisStay) -> None:
    """Say again what all guests' consents come to."""
    guests = list(stay.guests.order_by("sequence"))
    stay.consent = agreeing.together(guests, agreeing.said_of(guests), stay.ground)


def check_running(stay: CrisisStay) -> None:
    """Raise `Conflict` for a stay that somebody ended before us."""
    if stay.state != CrisisStay.State.RUNNING:
        raise Conflict(HAS_ENDED)


def moment_since(first: datetime, at: datetime | None) -> datetime:
    """When something happened (now, when nobody says). Raises `Invalid` for a moment before `first`, in the future or
    without a time zone.
    """
    at = at or clock.now()
    if at.tzinfo is None:
        raise Invalid(
            Text(
                nl=f"Geef een moment met zijn tijdzone; gevonden: {at:{_ON_THE_WALL}}.",
                en=f"Give a moment with its time zone; found: {at:{_ON_THE_WALL}}.",
            ),
            "at",
        )
    if not first <= at <= clock.now():
        since, found = (f"{localtime(one):{_ON_THE_WALL}}" for one in (first, at))
        raise Invalid(
            Text(
                nl=f"Dit is een moment vanaf {since} tot nu; gevonden: {found}.",
                en=f"This is a moment from {since} until now; found: {found}.",
            ),
            "at",
        )
    return at


def why_of(text: str, call: Call, *, required: bool = True) -> str:
    """A reason in plain words, without a name. Raises `Invalid` when it is missing, too long or names somebody."""
    if required and not text.strip():
        raise Invalid(Text(nl="Zeg waarom.", en="Say why."), "why")
    return plain_words(text, "why", names=names_in(call))
