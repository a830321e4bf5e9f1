"""The file of somebody who stays in crisis, made from what the desk knows. For the actions that may make one."""

from veerkracht.register.cases.actions.workers import take_up
from veerkracht.register.crisis.identities import known
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.making import make_person
from veerkracht.register.people.models import Person
from veerkracht.register.shelter.models import CrisisStay, Guest
from veerkracht.rulebook.types import Text

NOBODY_KNOWN = Text(
    nl="Niemand van dit verblijf is met naam bekend. Neem eerst bij de oproep op wie het is.",
    en="Nobody of this stay is known by name. First record at the call who it is.",
)


def file_of(guest: Guest, stay: CrisisStay, by: Actor) -> Person:
    """The file of a guest of a locked stay, made from what the desk knows when there is none; who asks works on it.

    A person with the same name who is in the register already is not looked for: who keeps the list does that, and
    nobody learns here who is known there. Raises `Invalid` for a guest who is not known by name.
    """
    if guest.known_id is None:
        raise Invalid(NOBODY_KNOWN, "guests")
    if guest.person is None:
        rows = list(stay.search.call.known.order_by("pk"))
        who = known(stay.search.call)[[row.pk for row in rows].index(guest.known_id)]
        guest.person = make_person(
            who.given_name,
            who.family_name,
            who.birth_date,
            area=stay.search.from_area,
            language=who.language,
            fictitious=stay.fictitious,
        )
        guest.save(update_fields=["person"])
        record(by, "create", guest.person, person_id=guest.person.pk)
    take_up(guest.person, by=by)
    return guest.person
