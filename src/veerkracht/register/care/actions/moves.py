"""Somebody moves house to another municipality: who keeps their list changes with it, and what they asked stays."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care import moving
from veerkracht.register.care.locks import change_list
from veerkracht.register.care.models import Request
from veerkracht.register.cases.protection.addresses import end_former
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Move, Person
from veerkracht.register.permissions import Case, require
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.queries import team
from veerkracht.rulebook.types import Text

# The kind of notice; its words are on the pages.
MOVED = "person-moved"


def move_person(case: Case, *, by: Actor, area: str, on: date, seen: str = "") -> Move:
    """The person of a case lives in another municipality (its code) from the day `on`, as they or staff say today.

    Their requests go over to who keeps the list there; dates and places in order that do not hang on where somebody
    lives stay. What was known before stays written, with both dates. An ordinary address from before that day ends.
    `seen`: where they lived when the actor looked ("" for no matter where).

    Raises `Refused` for who may not say so, `Conflict` when somebody recorded another move since, and `Invalid` for
    an unknown municipality or the one where they live, a day to come or before what is known, and who has died.
    """
    require("person.move", by, case)
    if area not in areas.names():
        raise Invalid(
            Text(nl=f"Er is geen gemeente “{area}”.", en=f"There is no municipality “{area}”."), "area"
        )
    if on > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "on")
    with said(), transaction.atomic():
        for programme in _programmes(case.person):
            change_list(programme)
        # Locked so that of two who say so at once the second is told.
        person = Person.objects.select_for_update().get(pk=case.person_id)
        if seen and seen != person.area:
            raise Conflict(CHANGED_MEANWHILE)
        _check(person, area, on)
        move = Move.objects.create(
            person=person,
            area_before=person.area,
            area=area,
            holds_from=on,
            recorded_at=clock.now(),
            by_id=by.user_id,
            by_name=by.name,
            role=by.role,
        )
        person.area = area
        person.save(update_fields=["area"])
        Request.objects.filter(person=person).update(area=area)
        end_former(person, on)
        moving.follow_all(move, by)
        record(by, "change", person, person_id=person.pk, detail={"moved": True}, fields=("contact",))
        _tell_team(person, by)
    return move


def _programmes(person: Person) -> list[str]:
    return sorted(set(Request.objects.filter(person=person).values_list("programme", flat=True)))


def _check(person: Person, area: str, on: date) -> None:
    if person.died_on:
        raise Invalid(Text(nl="Deze persoon is overleden.", en="This person has died."), "person")
    if area == person.area:
        raise Invalid(Text(nl="Daar woont deze persoon al.", en="They live there already."), "area")
    last = person.moves.order_by("-pk").values_list("holds_from", flat=True).first()
    earliest = last or person.birth_date
    if on < earliest:
        raise Invalid(
            Text(
                nl=f"Neem een dag vanaf {earliest:%d-%m-%Y}: van toen is al iets bekend.",
                en=f"Take a day from {earliest:%d-%m-%Y} on: something is known of then already.",
            ),
            "on",
        )


def _tell_team(person: Person, by: Actor) -> None:
    users = {user.pk: user for programme in _programmes(person) for user in team(person, programme)}
    tell([user for id, user in sorted(users.items()) if id != by.user_id], MOVED, person)
