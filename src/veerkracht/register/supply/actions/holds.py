"""Holding places for somebody, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.constraints import MESSAGES, said
from veerkracht.register.errors import Conflict
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.register.supply import access, guards
from veerkracht.register.supply import holding_checks as checks
from veerkracht.register.supply.keepers import is_kept
from veerkracht.register.supply.models import LIVE_HOLDS, Hold, Stay, Unit
from veerkracht.register.supply.staffing import require_staff
from veerkracht.register.supply.writing import become, give_back
from veerkracht.rulebook.types import Text

NO_LONGER_HELD = Text(
    nl="Deze plaats wordt niet meer vastgehouden: de tijd was om, of iemand gaf haar terug.",
    en="This place is no longer held: the time was up, or somebody gave it back.",
)


LIVES_HERE = Text(
    nl="Op deze plaats woont iemand: beëindig eerst dat verblijf.",
    en="Somebody lives in this place: end that stay first.",
)


@dataclass(frozen=True)
class _Asked:
    """For whom, and for how long. `until`: a moment that somebody was told already; None: so many minutes from now."""

    minutes: int
    requests: tuple[models.Model | None, ...]
    reference: str
    until: datetime | None = None

    def given(self) -> list[models.Model]:
        return [request for request in self.requests if request is not None]


def hold_place(
    unit: Unit, *, by: Actor, minutes: int, request: models.Model | None = None, reference: str = ""
) -> Hold:
    """Keep a free place for somebody for so many minutes: for a request, or under a reference.

    Raises `Conflict` when the place is taken, there is no staff for it or the request has a place already, and
    `Invalid` for a place that is not open or closed for a while, a time longer than a week, or a request of another
    programme or that no longer runs.
    """
    return hold_together([unit], by=by, minutes=minutes, request=request, reference=reference)[0]


def hold_together(
    units: Sequence[Unit],
    *,
    by: Actor,
    minutes: int,
    request: models.Model | None = None,
    requests: Sequence[models.Model] = (),
    reference: str = "",
    verb: str = "place.hold",
) -> list[Hold]:
    """Keep several places of one service, all or none: a couple, a family. In the order of `units`.

    A unit that sleeps two may be named twice, for a hold of each of a couple. `requests`: one for each of `units`;
    `request`: one for all, on the first hold. `verb`: by which permission, for a room that holds by its own. Raises as
    `hold_place`, and `Invalid` for no unit, units of several services, a unit more often than it sleeps people, or
    another number of requests.
    """
    if units:
        access.require_of(verb, by, units[0].service, access.knows(by, units[0].service))
    else:
        require(verb, by, by.programme)
    checks.check_units(units)
    checks.check_asked(minutes, reference)
    asked = _Asked(minutes, checks.of_each(units, request, requests), reference)
    for one in asked.given():
        checks.check_request(by, units[0].service, one)
    # Whose time is up is not in the way; in a transaction of its own, in the order of all who do this.
    _lapse(by, Q(unit__in=units) | Q(request__in=asked.given()))
    with said(), transaction.atomic():
        return _held(units, asked, by)


def hold_until(
    units: Sequence[Unit], *, by: Actor, until: datetime, requests: Sequence[models.Model]
) -> list[Hold]:
    """As `hold_together`, until a moment that may be further away, for an action that asked already whether somebody
    may do this for these requests: an offer stands for as long as its term.
    """
    checks.check_units(units)
    asked = _Asked(0, checks.of_each(units, None, requests), "", until)
    _lapse(by, Q(unit__in=units) | Q(request__in=asked.given()))
    with said(), transaction.atomic():
        return _held(units, asked, by)


def keep_longer(holds: Sequence[Hold], *, by: Actor, until: datetime) -> None:
    """Keep locked holds until a later moment, for an action that asked already: somebody said that they come.

    Raises `Conflict` for a hold whose time is up or that was given back.
    """
    for hold in holds:
        if hold.state != "held" or hold.until <= clock.now():
            raise Conflict(NO_LONGER_HELD)
        hold.until = max(hold.until, until)
        hold.save(update_fields=["until"])
        person = hold.request.person_id if hold.request_id else None
        record(by, "change", hold, person_id=person, detail={"until": hold.until.isoformat()})


def _held(units: Sequence[Unit], asked: _Asked, by: Actor) -> list[Hold]:
    # Locked before they are looked at: of all who want these places now, one goes first and the others see that. By
    # number, so that two who want some of the same don't wait for each other.
    found = Unit.objects.select_for_update(of=("self",)).select_related("service").order_by("pk")
    by_id = {unit.pk: unit for unit in found.filter(pk__in={unit.pk for unit in units})}
    for unit in by_id.values():
        checks.check_open(unit, clock.today())
    if Hold.objects.filter(unit__in=by_id, state__in=LIVE_HOLDS).exists():
        raise Conflict(MESSAGES["one_live_hold_per_unit"])
    party, now = uuid4() if len(units) > 1 else None, clock.now()
    beds: dict[int, int] = {}
    made = []
    for unit, request in zip(units, asked.requests, strict=True):
        beds[unit.pk] = beds.get(unit.pk, 0) + 1
        if beds[unit.pk] == 1:
            # Each sees the places that the ones before it took.
            require_staff(by_id[unit.pk])
        place = {"unit": by_id[unit.pk], "bed": beds[unit.pk], "party": party, "request": request}
        made.append(_made(asked, by, now, place))
    return made


def _made(asked: _Asked, by: Actor, now: datetime, place: dict[str, Any]) -> Hold:
    hold = Hold.objects.create(
        by=by.user,
        by_name=by.name,
        membership=by.membership,
        reference=asked.reference,
        made_at=now,
        until=asked.until or now + timedelta(minutes=asked.minutes),
        updated_at=now,
        **place,
    )
    become(hold, "held", by)
    return hold


def confirm_hold(hold: Hold, *, by: Actor, version: int | None = None, on: date | None = None) -> Stay:
    """Say, for the organisation of the place, that the person comes on a day (today): their stay begins.

    Who is held together comes together: the others of the party are confirmed too. `version`: what was seen. Raises
    `Conflict` when somebody was before us or the time is up, and `Invalid` for a day on which somebody else was still
    there or the place is closed, or more than a year away.
    """
    stays = confirm_together(hold, by=by, version=version, on=on)
    return next(stay for stay in stays if stay.hold_id == hold.pk)


def confirm_together(
    hold: Hold,
    *,
    by: Actor,
    version: int | None = None,
    on: date | None = None,
    verb: str = "place.confirm",
) -> list[Stay]:
    """As `confirm_hold`; the stay of each of the party, in the order in which they were held.

    Raises `Conflict` when one of them lapsed or was released meanwhile: then nobody's is confirmed.
    """
    access.require_of(verb, by, hold.unit.service, access.may_settle(verb, by, hold))
    on = on or clock.today()
    with said(), transaction.atomic():
        party = _party(hold, version)
        guards.check([one.pk for one in party])
        if any(one.state != "held" or one.until <= clock.now() for one in party):
            raise Conflict(NO_LONGER_HELD)
        return [_confirmed(one, by, on) for one in party]


def _confirmed(hold: Hold, by: Actor, on: date) -> Stay:
    checks.check_arrival(hold, on)
    become(hold, "confirmed", by)
    return Stay.objects.create(
        unit=hold.unit, bed=hold.bed, hold=hold, request_id=hold.request_id, from_date=on
    )


def release_hold(
    hold: Hold,
    *,
    by: Actor,
    version: int | None = None,
    on: date | None = None,
    verb: str = "place.hold",
) -> Hold:
    """Give a place back: who held it or the organisation of the place may. A stay in it ends on `on` (today).

    What is held together is given back together; once they have come, each leaves alone. `version`: what was seen.
    Raises `Conflict` when somebody was before us, and `Invalid` for a day before the stay began.
    """
    access.require_of(verb, by, hold.unit.service, access.concerns(by, hold))
    with said(), transaction.atomic():
        party = _party(hold, version)
        guards.check([one.pk for one in party])
        if party[0].state not in LIVE_HOLDS:
            raise Conflict(NO_LONGER_HELD)
        if any(is_kept(one.pk) for one in party):
            raise Conflict(LIVES_HERE)
        for one in party:
            give_back(one, by, on)
    return next(one for one in party if one.pk == hold.pk)


def _party(hold: Hold, version: int | None) -> list[Hold]:
    """A hold with those that are held together with it, all locked, in the order in which they were made."""
    of_it = Q(pk=hold.pk) | (Q(party=hold.party, state="held") if hold.party else Q(pk=None))
    # Of who confirms one of a party and who gives back another, one goes first: both lock them all, in one order.
    found = list(Hold.objects.select_for_update().filter(of_it).order_by("pk"))
    fresh = next(one for one in found if one.pk == hold.pk)
    if version is not None and fresh.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    return found if fresh.state == "held" else [fresh]


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
