"""A person's national number is recorded, and read by who may. The log tells that it was, never which it is."""

from django.db import transaction

from veerkracht.register.constraints import MESSAGES, said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people import national_numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text

_FIELDS = ("national-number",)
ANOTHER_BIRTH_DATE = Text(
    nl="Dit nummer is van iemand met een andere geboortedatum dan in dit dossier. Kijk allebei na; klopt het nummer "
    "toch, bevestig dat dan.",
    en="This number is of somebody with another birth date than in this file. Check both; if the number is right all "
    "the same, confirm that.",
)


def record_number(
    person: Person, *, by: Actor, number: str, despite_birth_date: bool = False, replaces: bool = False
) -> Person:
    """Seal a national number into the file. `replaces`: over one that is there.

    Raises `Refused`; `Invalid` for wrong check digits, for the number of another, and for another birth date than the
    file's unless `despite_birth_date`; `Conflict` when there is a number already. No error repeats the number, and that
    of another's number says nothing of that other.
    """
    require("number.record", by, person)
    number = national_numbers.normal(number)
    born = national_numbers.birth_date_of(number)
    if born not in (None, person.birth_date) and not despite_birth_date:
        raise Invalid(ANOTHER_BIRTH_DATE, national_numbers.FIELD)
    with said(), transaction.atomic():
        # Two who record at once: the second is told that there is a number.
        person = locked(person)
        if person.national_number_key and not replaces:
            raise Conflict(Text(nl="Er is al een nummer opgenomen.", en="There is a number already."))
        if Person.objects.filter(national_numbers.having(number)).exclude(pk=person.pk).exists():
            record(by, "refused", "national number", person_id=person.pk, detail={"why": "not possible"})
            raise Invalid(MESSAGES["national_number_once"], national_numbers.FIELD)
        national_numbers.write(person, number)
        record(by, "change", person, person_id=person.pk, detail={"replaced": replaces}, fields=_FIELDS)
    return person


def read_number(person: Person, *, by: Actor, purpose: str = "") -> str:
    """The national number of a file; "" when it is not known. The look is logged. Raises `Refused`."""
    require("number.read", by, person)
    record(by, "read", person, person_id=person.pk, purpose=purpose, fields=_FIELDS)
    return national_numbers.read(person)
