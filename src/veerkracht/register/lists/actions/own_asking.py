"""A family asks once: the request itself, and its place on the list of every home that it chooses."""

from collections.abc import Sequence

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care import actions as care
from veerkracht.register.care.models import Request
from veerkracht.register.constraints import said
from veerkracht.register.lists.actions.doubles import look_for_doubles_of
from veerkracht.register.lists.actions.entries import register
from veerkracht.register.lists.checks import Asked
from veerkracht.register.lists.rules import lists
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.supply.models import Service


def ask_homes(
    person: Person, services: Sequence[Service], *, by: Actor, kind: str, asked: Asked | None = None
) -> Request:
    """Somebody asks for a place in a home from today, at these homes, the most wanted first; all of it or nothing.

    For the person, who speaks for them, or who may record requests. Whether they are on lists under another number too
    is looked for at once, and is for an officer to decide on: who asks isn't told of it.

    Raises what `care.ask` and `register` raise: `Conflict` for who asks already, `Invalid` at its field.
    """
    with said(), transaction.atomic():
        request = care.ask(person, by=by, programme=lists().programme, kind=kind, on=clock.today())
        register(request, services, by=by, asked=asked)
        look_for_doubles_of(person)
    return request
