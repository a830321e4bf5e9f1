"""Somebody who is not in the register yet calls or comes in: their file, their request and its homes, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.cases.actions.national_numbers import record_number
from veerkracht.register.cases.actions.workers import take_up
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import access, checks
from veerkracht.register.lists.actions.own_asking import ask_homes
from veerkracht.register.lists.checks import Asked
from veerkracht.register.lists.rules import lists
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.making import make_person
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import may
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

OLDEST_YEARS = 120


@dataclass(frozen=True)
class Caller:
    """Somebody who asks and is not in the register yet. `area`: the municipality (its code) where they live.

    `national_number`: "" when it is not told. `despite_birth_date`: it is right although it tells another birth date.
    """

    given_name: str
    family_name: str
    birth_date: date
    area: str
    national_number: str = ""
    despite_birth_date: bool = False


def ask_homes_for_new(
    caller: Caller, services: Sequence[Service], *, by: Actor, kind: str, asked: Asked | None = None
) -> Request:
    """Make a file for somebody and ask homes for them, as `ask_homes` does; all of it or nothing.

    Who does so works on the file from then; at a home on that day alone, since a home follows a request on its own list
    and sees no other. Somebody with the same name who is in the register already is a double to look at, and nobody
    learns here who is known there. Raises `Invalid` at its field, and `Refused`.
    """
    access.require_for_others(by)
    _check(caller, by)
    programme = lists().programme
    until = clock.today() if may("entry.keep", by, programme) else None
    with said(), transaction.atomic():
        person = make_person(
            caller.given_name,
            caller.family_name,
            caller.birth_date,
            area=caller.area,
            fictitious=clock.demo_day() is not None,
        )
        record(by, "create", person, person_id=person.pk)
        take_up(person, by=by, programme=programme, until=until)
        _record_number(person, caller, by)
        return ask_homes(person, services, by=by, kind=kind, asked=asked)


def _check(caller: Caller, by: Actor) -> None:
    today = clock.today()
    if caller.area not in checks.municipalities_of(by):
        raise Invalid(
            Text(
                nl="Kies een gemeente van het gebied van uw rol.",
                en="Choose a municipality of the area of your role.",
            ),
            "area",
        )
    if caller.birth_date > today:
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "birth_date")
    if today.year - caller.birth_date.year > OLDEST_YEARS:
        raise Invalid(
            Text(
                nl=f"Dit is meer dan {OLDEST_YEARS} jaar geleden: kijk het jaar na.",
                en=f"This is more than {OLDEST_YEARS} years ago: check the year.",
            ),
            "birth_date",
        )


def _record_number(person: Person, caller: Caller, by: Actor) -> None:
    if caller.national_number:
        record_number(
            person,
            by=by,
            number=caller.national_number,
            despite_birth_date=caller.despite_birth_date,
        )
