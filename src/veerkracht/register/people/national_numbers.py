"""National numbers: checked by the region's schemes, sealed, and found by a keyed hash. Never shown, never logged.

No text of this module repeats a number: what was typed wrong is not in an error either.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q

from veerkracht import region
from veerkracht.region.number_schemes import birth_date_in, checked
from veerkracht.register.errors import Invalid
from veerkracht.register.people.models import Person
from veerkracht.register.people.sealing import is_by_newest, mark, marks, opened, seal
from veerkracht.rulebook.types import Text

_PURPOSE = "national number"
_CHUNK = 1000
FIELD = "number"


def normal(text: str) -> str:
    """A number as it is kept. Raises `Invalid` when its check digits are wrong, or the region has no such numbers."""
    number = checked(region.current().national_numbers, text)
    if number is None:
        raise Invalid(
            Text(
                nl="Dit is geen geldig rijksregisternummer: kijk na of elk cijfer klopt.",
                en="This is no valid national number: check every digit.",
            ),
            FIELD,
        )
    return number


def birth_date_of(number: str) -> date | None:
    """The birth date that a number tells; None when it tells none."""
    return birth_date_in(region.current().national_numbers, number)


def having(number: str, prefix: str = "") -> Q:
    """People with this number; `prefix` leads to them from another model ("person__")."""
    return Q(**{f"{prefix}national_number_key__in": marks(number, _PURPOSE)})


def write(person: Person, number: str) -> None:
    """Seal a number into a person's row; only inside a transaction that holds the row."""
    person.national_number_sealed, person.national_number_key = seal(number), mark(number, _PURPOSE)
    person.save(update_fields=["national_number_sealed", "national_number_key"])


def read(person: Person) -> str:
    """The person's number; "" when it is not known. For who passed a gate only."""
    return opened(person.national_number_sealed) if person.national_number_sealed else ""


def under_older_keys() -> int:
    """How many numbers are not yet sealed with the newest key."""
    kept = Person.objects.exclude(national_number_key=None).values_list("national_number_sealed", flat=True)
    return sum(not is_by_newest(sealed) for sealed in kept.iterator(_CHUNK))


def reseal() -> int:
    """Seal every number with the newest key, all of them or none; gives how many. Nobody sees one."""
    done, last = 0, 0
    with transaction.atomic():
        # Locked: a number that is recorded meanwhile must not be lost under the old one.
        people = Person.objects.select_for_update().exclude(national_number_key=None).order_by("pk")
        while chunk := list(people.filter(pk__gt=last)[:_CHUNK]):
            for person in chunk:
                number = opened(person.national_number_sealed)
                person.national_number_sealed = seal(number)
                person.national_number_key = mark(number, _PURPOSE)
            Person.objects.bulk_update(chunk, ["national_number_sealed", "national_number_key"])
            done, last = done + len(chunk), chunk[-1].pk
    return done
