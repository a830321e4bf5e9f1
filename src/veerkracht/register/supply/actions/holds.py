"""Holding a place for somebody, and what comes of it."""

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q

from veerkracht.register import clock
from veerkracht.register.constraints import MESSAGES, said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.register.rows import locked
from veerkracht.register.supply import access
from veerkracht.register.supply.models import LIVE_HOLDS, Hold, Stay, Unit
from veerkracht.register.supply.staffing import require_staff
from veerkracht.register.supply.writing import become, give_back
from veerkracht.rulebook.types import Text

LONGEST_MINUTES = 7 * 24 * 60
LONGEST_REFERENCE = 100
_FURTHEST = timedelta(days=366)

NO_LONGER_HELD = Text(
    nl="Deze plaats wordt niet meer vastgehouden: de tijd was om, of iemand gaf haar terug.",
    en="This place is no longer held: the time was up, or somebody gave it back.",
)


def hold_place(
    unit: Unit, *, by: Actor, minutes: int, request: models.Model | None = None, reference: str = ""
) -> Hold:
    """Keep a free place for somebody for so many minutes: for a request, or under a reference.

    Raises `Conflict` when the place is taken, there is no staff for it or the request has a place already, and
    `Invalid` for a place that is not open, a time longer than a week, or a request of another programme or that no
    longer runs.
    """
    access.require_of("place.hold", by, unit.service, access.knows(by, unit.service))
    _check_asked(minutes, reference)
    _check_request(by, unit, request)
    # Whose time is up is not in the way; in a transaction of its own, in the order of all who do this.
    _lapse(by, Q(unit=unit) | (Q(request=request) if request else Q(pk=None)))
    with said(), transaction.atomic():
        # Locked before it is looked at: of all who want this place now, one goes first and the others see that.
        unit = Unit.objects.select_for_update(of=("self",)).select_related("service").get(pk=unit.pk)
        _check_open(unit)
        if unit.holds.filter(state__in=LIVE_HOLDS).exists():
            raise Conflict(MESSAGES["one_live_hold_per_unit"])
        require_staff(unit)
        now = clock.now()
        hold = Hold.objects.create(
            unit=unit,
            request=request,
            by=by.user,
            by_name=by.name,
            membership=by.membership,
            reference=reference,
            made_at=now,
            until=now + timedelta(minutes=minutes),
            updated_at=now,
        )
        become(hold, "held", by)
    return hold


def confirm_hold(hold: Hold, *, by: Actor, version: int | None = None, on: date | None = None) -> Stay:
    """Say, for the organisation of the place, that the person comes on a day (today): their stay begins.

    `version`: what was seen. Raises `Conflict` when somebody was before us or the time is up, and `Invalid` for a
    day on which somebody else was still there, or more than a year away.
    """
    service = hold.unit.service
    access.require_of("place.confirm", by, service, access.is_of(by, service))
    on = on or clock.today()
    with said(), transaction.atomic():
        hold = locked(hold, version)
        if hold.state != "held" or hold.until <= clock.now():
            raise Conflict(NO_LONGER_HELD)
        _check_arrival(hold.unit, on)
        become(hold, "confirmed", by)
        return Stay.objects.create(unit=hold.unit, hold=hold, request_id=hold.request_id, from_date=on)


def release_hold(hold: Hold, *, by: Actor, version: int | None = None, on: date | None = None) -> Hold:
    """Give a place back: who held it or the organisation of the place may. A stay in it ends on `on` (today).

    `version`: what was seen. Raises `Conflict` when somebody was before us, and `Invalid` for a day before the stay
    began.
    """
    access.require_of("place.hold", by, hold.unit.service, access.concerns(by, hold))
    with said(), transaction.atomic():
        hold = locked(hold, version)
        if hold.state not in LIVE_HOLDS:
            raise Conflict(NO_LONGER_HELD)
        give_back(hold, by, on)
    return hold


def lapse_holds(*, by: Actor) -> int:
    """Write down which holds' time is up; how many. They were no longer in the way before this either."""
    require("place.hold", by, by.programme)
    return _lapse(by, Q(unit__service__programme=by.programme) if by.programme else Q())


def _lapse(by: Actor, which: Q) -> int:
    over = Hold.objects.filter(which, state="held", until__lte=clock.now())
    # Mostly there are none, and then nobody has to wait for us.
    if not over.exists():
        return 0
    with said(), transaction.atomic():
        # One after the other by number, so that two who do this at once don't wait for each other.
        found = list(over.select_for_update(of=("self",)).order_by("pk"))
        for hold in found:
            become(hold, "lapsed", by)
    return len(found)


def _check_asked(minutes: int, reference: str) -> None:
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


def _check_request(by: Actor, unit: Unit, request: Any) -> None:
    """Only for a request that the actor may see: another's existence is not told."""
    if request is None:
        return
    if not may("request.read", by, request):
        record(by, "refused", "place.hold", detail={"object": request.number})
        raise Refused()
    if request.programme != unit.service.programme or not request.live:
        raise Invalid(
            Text(
                nl=f"Vraag {request.number} loopt niet in het programma van deze plaats.",
                en=f"Request {request.number} does not run in the programme of this place.",
            ),
            "request",
        )


def _check_open(unit: Unit) -> None:
    today = clock.today()
    if unit.from_date > today or (unit.until_date is not None and unit.until_date < today):
        raise Invalid(
            Text(
                nl=f"Plaats {unit.name} is op {today:%d-%m-%Y} niet open.",
                en=f"Place {unit.name} is not open on {today:%d-%m-%Y}.",
            ),
            "unit",
        )


def _check_arrival(unit: Unit, on: date) -> None:
    if on > clock.today() + _FURTHEST:
        raise Invalid(
            Text(
                nl=f"{on:%d-%m-%Y} ligt meer dan een jaar in de toekomst.",
                en=f"{on:%d-%m-%Y} is more than a year from now.",
            ),
            "on",
        )
    left = unit.stays.aggregate(last=Max("until_date"))["last"]
    if left and on < left:
        raise Invalid(
            Text(
                nl=f"Tot {left:%d-%m-%Y} was hier iemand anders; gevraagd: {on:%d-%m-%Y}.",
                en=f"Somebody else was here until {left:%d-%m-%Y}; asked: {on:%d-%m-%Y}.",
            ),
            "on",
        )
