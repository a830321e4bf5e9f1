"""The gate to a person by number, for who keeps files without reading them."""

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import EVERY_PROGRAMME, kept_from, may


def get_person(actor: Actor, verb: str, number: str) -> Person:
    """The person with this number, on whom an actor may do `verb`, whatever that person asks for.

    Raises `Refused`, the same whether there is no such person or the actor may not know of them.
    """
    person = Person.objects.filter(number=number).first()
    if (
        person is None
        or person.pk in kept_from(actor)
        or not all(may(verb, actor, of) for of in (EVERY_PROGRAMME, person))
    ):
        record(actor, "refused", verb, detail={"asked": number[:20]})
        raise Refused()
    return person
