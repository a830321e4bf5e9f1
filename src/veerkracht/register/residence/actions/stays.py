"""Somebody comes to live in a home, is away for a while, moves to another place there, and leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.care import serving
from veerkracht.register.care.actions.deaths import write_death
from veerkracht.register.care.models import Request
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.residence import access
from veerkracht.register.residence.ending import end, last_day, leave_place
from veerkracht.register.residence.models import Residence
from veerkracht.register.residence.rules import check_not_later, one_of, rules
from veerkracht.register.residence.turning import came_free, was_taken
from veerkracht.register.residence.writing import Kind, become
from veerkracht.register.rows import locked
from veerkracht.register.supply.actions import confirm_hold, confirm_together, hold_place
from veerkracht.register.supply.models import Hold, Stay, Unit
from veerkracht.rulebook.types import Text

# Long enough to confirm what is moved to in the same breath.
_MOVING_MINUTES = 5


def start_stay(
    holds: Hold | Sequence[Hold], *, by: Actor, on: date | None = None, persons: Sequence[Person] = ()
) -> list[Residence]:
    """Who places are held for comes to live there on a day (today): a couple together, or not at all.

    `persons`: who comes to the places that are held under a reference alone, in the order of `holds`; their live
    request for this help, if they have one, is served too. Raises `Conflict` when a hold's time is up or a person has
    a place already, and `Invalid` for a person who died, a stay that overlaps another of theirs, more or fewer people
    than there are places, or a day that can't be.
    """
    on = on or clock.today()
    several = [holds] if isinstance(holds, Hold) else list(holds)
    for hold in several:
        _require_home(by, hold)
    with said(), transaction.atomic():
        comers = _comers(several, persons)
        stays = _confirmed(several, by, on)
        return [_start(one, stays[hold.pk], by, on) for hold, one in comers]


def leave_for(
    residence: Residence, *, by: Actor, on: date, absence: str, version: int | None = None
) -> Residence:
    """Somebody is away from a day, with their place kept; `absence`: why, of the region's file.

    Raises `Conflict` when somebody was before us, and `Invalid` when they are away already, have left, or the day is
    before what happened last or still to come.
    """
    access.require_of("stay.change", by, residence.service)
    one_of(rules().absences, absence, "absence")
    check_not_later(on)
    with said(), transaction.atomic():
        residence = _live(residence, version, on)
        if residence.away_since is not None:
            raise Invalid(_IS_AWAY.fill(day=residence.away_since), "on")
        become(residence, Kind.LEFT, by=by, on=on, reason=absence)
    return residence


def come_back(residence: Residence, *, by: Actor, on: date, version: int | None = None) -> Residence:
    """Somebody who was away is back from a day on. Raises as `leave_for`, and `Invalid` for who was not away."""
    access.require_of("stay.change", by, residence.service)
    check_not_later(on)
    with said(), transaction.atomic():
        residence = _live(residence, version, on)
        if residence.away_since is None:
            raise Invalid(_IS_THERE, "on")
        become(residence, Kind.RETURNED, by=by, on=on)
    return residence


def move_ward(
    residence: Residence, unit: Unit, *, by: Actor, on: date, version: int | None = None
) -> Residence:
    """Somebody moves to another place of the same home on a day; their old place is free that day.

    A partner stays where they are. Raises `Conflict` when the place is taken, not staffed, or somebody was
    before us, and `Invalid` for a place of another home or a day that is not possible.
    """
    access.require_of("stay.change", by, residence.service)
    check_not_later(on)
    if unit.service_id != residence.service_id:
        raise Invalid(_ANOTHER_HOME, "unit")
    with said(), transaction.atomic():
        residence = _live(residence, version, on)
        left = residence.stay.unit
        # First out, so that the request and the staff of the old place are there for the new one.
        leave_place(residence, by=by, on=on)
        hold = hold_place(unit, by=by, minutes=_MOVING_MINUTES, reference=_MOVED)
        stay = confirm_hold(hold, by=by, on=on)
        _let_follow(stay, residence)
        become(residence, Kind.MOVED, by=by, on=on, stay=stay)
        was_taken(unit, by)
        # Last, when it is known for how many there still is staff.
        came_free(left, by)
    return residence


def end_stay(
    residence: Residence, *, by: Actor, on: date, reason: str, version: int | None = None
) -> Residence:
    """A stay ends on a day, on which another may come to the place; `reason`: why, of the region's file.

    A death is recorded of the person too, with all that it ends. Raises `Conflict` when somebody was before us, and
    `Invalid` for an unknown reason or a day before what happened last or still to come.
    """
    access.require_of("stay.end", by, residence.service)
    is_death = one_of(rules().reasons, reason, "reason").death
    check_not_later(on)
    with said(), transaction.atomic():
        residence = _live(residence, version, on)
        if is_death:
            # What a death ends, this stay among it, is the same wherever it is recorded.
            write_death(residence.person, by=by, on=on)
            residence.refresh_from_db()
        else:
            end(residence, by=by, on=on, reason=reason)
    return residence


@dataclass(frozen=True)
class _Comer:
    person: Person
    request: Request | None


def _require_home(by: Actor, hold: Hold) -> None:
    service = hold.unit.service
    access.require_of("stay.start", by, service)
    if service.programme not in rules().programmes:
        raise Invalid(_NO_HOME.fill(service=service.name), "hold")


def _comers(holds: Sequence[Hold], persons: Sequence[Person]) -> list[tuple[Hold, _Comer]]:
    """Who comes to each held place. All people are locked in one order, so that two who do this don't wait for each
    other.
    """
    named = [hold.request.person_id for hold in holds if hold.request is not None]
    others = [one.pk for one in persons if one.pk not in named]
    places = len(holds) - len(named)
    if len(others) != places:
        raise Invalid(_OTHER_NUMBER.fill(places=places, persons=len(others)), "persons")
    found = {
        one.pk: one
        for one in Person.objects.select_for_update().filter(pk__in=[*named, *others]).order_by("pk")
    }
    comers = []
    for hold in holds:
        person = found[hold.request.person_id if hold.request else others.pop(0)]
        comers.append((hold, _Comer(person, hold.request or _request_of(person, hold))))
    return comers


def _confirmed(holds: Sequence[Hold], by: Actor, on: date) -> dict[int, Stay]:
    """The stay in each held place. Who was held for together comes together."""
    stays: dict[int, Stay] = {}
    for hold in holds:
        if hold.pk not in stays:
            stays |= {stay.hold_id: stay for stay in confirm_together(hold, by=by, on=on)}
    if stays.keys() != {hold.pk for hold in holds}:
        raise Invalid(_TOGETHER, "holds")
    return stays


def _request_of(person: Person, hold: Hold) -> Request | None:
    return Request.objects.filter(person=person, programme=hold.unit.service.programme, live=True).first()


def _start(comer: _Comer, stay: Stay, by: Actor, on: date) -> Residence:
    _check_person(comer.person, on)
    residence = Residence(
        service=stay.unit.service,
        stay=stay,
        person=comer.person,
        request=comer.request,
        from_date=on,
        updated_at=clock.now(),
    )
    residence.save()
    become(residence, Kind.STARTED, by=by, on=on, stay=stay)
    was_taken(stay.unit, by)
    if comer.request is not None:
        serving.serve(comer.request, by=by, on=on)
    return residence


def _check_person(person: Person, on: date) -> None:
    """Only for a person who is locked."""
    if person.died_on:
        raise Invalid(_DIED.fill(day=person.died_on), "persons")
    others = Residence.objects.filter(Q(until_date=None) | Q(until_date__gt=on), person=person)
    other = others.select_related("service").order_by("pk").first()
    if other is None:
        return
    if other.until_date is None:
        raise Conflict(_HAS_A_PLACE.fill(service=other.service.name))
    raise Invalid(_OVERLAPS.fill(day=other.until_date), "on")


def _live(residence: Residence, version: int | None, on: date) -> Residence:
    """The residence as it is now, locked. Raises `Invalid` when it ended, or for a day before what happened last."""
    residence = locked(residence, version)
    if residence.until_date is not None:
        raise Invalid(_HAS_ENDED.fill(day=residence.until_date), "on")
    last = last_day(residence)
    if on < last:
        raise Invalid(_TOO_EARLY.fill(day=last), "on")
    return residence


def _let_follow(stay: Stay, residence: Residence) -> None:
    """The request that a place was had for goes along to the next place."""
    stay.request_id = stay.hold.request_id = residence.request_id
    stay.hold.save(update_fields=["request"])
    stay.save(update_fields=["request"])


_MOVED = "move"
_IS_AWAY = Text(nl="Deze bewoner is al weg sinds {day}.", en="This resident has been away since {day}.")
_IS_THERE = Text(nl="Deze bewoner was niet weg.", en="This resident was not away.")
_ANOTHER_HOME = Text(
    nl="Deze plaats is van een ander huis: wie daarheen gaat, verlaat dit huis eerst.",
    en="This place is of another home: who goes there leaves this home first.",
)
_NO_HOME = Text(
    nl="{service} is geen huis waarin men woont: een plaats wordt er gewoon bevestigd.",
    en="{service} is no home that one lives in: a place there is just confirmed.",
)
_OTHER_NUMBER = Text(
    nl="Van de plaatsen zijn er {places} voor niemand bij naam vastgehouden; er komen er {persons}.",
    en="Of the places, {places} are held for nobody by name; {persons} come.",
)
_TOGETHER = Text(
    nl="Deze plaatsen worden samen vastgehouden: wie samen komt, komt samen.",
    en="These places are held together: who comes together comes together.",
)
_DIED = Text(nl="Deze persoon is overleden op {day}.", en="This person died on {day}.")
_HAS_A_PLACE = Text(
    nl="Deze persoon verblijft al in {service}: dat verblijf eindigt eerst.",
    en="This person lives in {service} already: that stay ends first.",
)
_OVERLAPS = Text(
    nl="Deze persoon verbleef elders tot {day}: een verblijf begint niet voor een ander geëindigd is.",
    en="This person stayed elsewhere until {day}: a stay does not begin before another has ended.",
)
_HAS_ENDED = Text(nl="Dit verblijf eindigde op {day}.", en="This stay ended on {day}.")
_TOO_EARLY = Text(
    nl="Op {day} gebeurde er iets bij dit verblijf: kies die dag of een latere.",
    en="On {day} something happened in this stay: choose that day or a later one.",
)
