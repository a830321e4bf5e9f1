"""What must be so before a place is held or somebody comes to it; each raises what is wrong."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q

from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.supply.models import Hold, Service, Unit
from veerkracht.register.supply.staffing import closed_on
from veerkracht.register.supply.words import reason_name
from veerkracht.rulebook.types import Text

LONGEST_MINUTES = 7 * 24 * 60
LONGEST_REFERENCE = 100
_FURTHEST = timedelta(days=366)


def check_units(units: Sequence[Unit]) -> None:
    """Raise `Invalid` unless there is one, all are of one service, and none is there more often than it sleeps
    people.
    """
    if len({unit.service_id for unit in units}) != 1:
        raise Invalid(
            Text(
                nl="Wie samen komt, komt in één dienst: kies plaatsen van dezelfde dienst.",
                en="Who comes together comes to one service: choose places of the same service.",
            ),
            "units",
        )
    for unit, times in Counter(units).items():
        if times > unit.sleeps:
            raise Invalid(
                Text(
                    nl=f"Plaats {unit.name} is voor {unit.sleeps}; gevraagd: {times}.",
                    en=f"Place {unit.name} is for {unit.sleeps}; asked: {times}.",
                ),
                "units",
            )


def of_each(units: Sequence[Unit], request: Any, requests: Sequence[Any]) -> tuple[Any, ...]:
    """The request on each hold, None where there is none. Raises `Invalid` for fewer or more requests than places."""
    if requests and (request is not None or len(requests) != len(units)):
        raise Invalid(
            Text(
                nl=f"Geef één vraag voor elke plaats; plaatsen: {len(units)}, vragen: {len(requests)}.",
                en=f"Give one request for each place; places: {len(units)}, requests: {len(requests)}.",
            ),
            "requests",
        )
    return tuple(requests) or (request, *[None] * (len(units) - 1))


def check_asked(minutes: int, reference: str) -> None:
    """Raise `Invalid` for a term that is too short or too long (minutes), or too long a reference."""
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise Invalid(
            Text(
                nl=f"Een plaats wordt 1 tot {LONGEST_MINUTES} minuten vastgehouden; gevraagd: {minutes}.",
                en=f"A place is held for 1 to {LONGEST_MINUTES} minutes; asked: {minutes}.",
            ),
            "minutes",
        )
    if len(reference) > LONGEST_REFERENCE:
        raise Invalid(
            Text(
                nl=f"Een verwijzing telt hoogstens {LONGEST_REFERENCE} tekens; gevonden: {len(reference)}.",
                en=f"A reference has at most {LONGEST_REFERENCE} characters; found: {len(reference)}.",
            ),
            "reference",
        )


def check_request(by: Actor, service: Service, request: Any) -> None:
    """Raise `Refused` for a request that the actor may not see, whose existence is not told, and `Invalid` for one that
    no longer runs or is of another programme.
    """
    if not may("request.read", by, request):
        record(by, "refused", "place.hold", detail={"object": request.number})
        raise Refused()
    if request.programme != service.programme or not request.live:
        raise Invalid(
            Text(
                nl=f"Vraag {request.number} loopt niet in het programma van deze plaats.",
                en=f"Request {request.number} does not run in the programme of this place.",
            ),
            "request",
        )


def check_open(unit: Unit, on: date, field: str = "unit") -> None:
    """Raise `Invalid` unless a place is open on a day, and not closed for a while."""
    if unit.from_date > on or (unit.until_date is not None and unit.until_date < on):
        raise Invalid(
            Text(
                nl=f"Plaats {unit.name} is op {on:%d-%m-%Y} niet open.",
                en=f"Place {unit.name} is not open on {on:%d-%m-%Y}.",
            ),
            field,
        )
    closure = unit.closures.filter(closed_on(on)).first()
    if closure is not None:
        why = reason_name(closure.reason)
        raise Invalid(
            Text(
                nl=f"Plaats {unit.name} is op {on:%d-%m-%Y} gesloten: {why.nl}.",
                en=f"Place {unit.name} is closed on {on:%d-%m-%Y}: {why.en}.",
            ),
            field,
        )


def check_arrival(hold: Hold, on: date) -> None:
    """Raise `Invalid` unless on that day the place is open and nobody else is there any more. Who comes together is not
    in the way.
    """
    if on > clock.today() + _FURTHEST:
        raise Invalid(
            Text(
                nl=f"{on:%d-%m-%Y} ligt meer dan een jaar in de toekomst.",
                en=f"{on:%d-%m-%Y} is more than a year from now.",
            ),
            "on",
        )
    others = hold.unit.stays.exclude(Q(hold__party=hold.party) if hold.party else Q(pk=None))
    left = others.aggregate(last=Max("until_date"))["last"]
    if left and on < left:
        raise Invalid(
            Text(
                nl=f"Tot {left:%d-%m-%Y} was hier iemand anders; gevraagd: {on:%d-%m-%Y}.",
                en=f"Somebody else was here until {left:%d-%m-%Y}; asked: {on:%d-%m-%Y}.",
            ),
            "on",
        )
    if on >= clock.today():
        check_open(hold.unit, on, "on")
