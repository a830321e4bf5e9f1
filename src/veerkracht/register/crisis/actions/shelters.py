"""What a service tells the desks: for whom it is, and how it is reached."""

from dataclasses import dataclass

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import rules
from veerkracht.register.crisis.models import Shelter
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.sealing import seal
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.register.supply.access import is_of, require_of
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

OLDEST, LONGEST_PHONE = 130, 60


@dataclass(frozen=True)
class Description:
    """For whom a service is; the fields of `models.Shelter`."""

    kinds: tuple[str, ...]
    adults: bool = True
    from_age: int = 0
    to_age: int = 17
    pets: bool = False
    step_free: bool = False
    languages: tuple[str, ...] = ()
    phone: str = ""


def describe_shelter(
    service: Service, said_of_it: Description, *, by: Actor, version: int | None = None
) -> Shelter:
    """Say, for the organisation of a service, which kinds of crisis help it gives and to whom.

    `version`: what was seen. Raises `Refused` for another's service, and `Invalid` for no kind, a kind or language that
    the region's file does not have, and ages upside down.
    """
    require_of("place.manage", by, service, is_of(by, service))
    facts = _checked(said_of_it)
    with said(), transaction.atomic():
        # Locked, so that of two who describe it at once the second is told.
        found = Shelter.objects.select_for_update().filter(service=service).first()
        if found and version is not None and found.version != version:
            raise Conflict(CHANGED_MEANWHILE)
        shelter = found or Shelter(service=service, version=0)
        for name, value in facts.items():
            setattr(shelter, name, value)
        shelter.told_by, shelter.told_at = by.name, clock.now()
        shelter.version += 1
        shelter.save()
        record(by, "change" if found else "create", shelter, detail={"service": service.pk})
    return shelter


def _checked(one: Description) -> dict[str, object]:
    kinds = list(dict.fromkeys(rules.kind_of(kind).id for kind in one.kinds))
    if not kinds:
        raise Invalid(
            Text(nl="Kies minstens één soort hulp.", en="Choose at least one kind of help."), "kinds"
        )
    if not 0 <= one.from_age <= one.to_age <= OLDEST:
        raise Invalid(
            Text(
                nl=f"Verwacht: leeftijden van 0 tot {OLDEST}, de laagste eerst; gevonden: {one.from_age} en "
                f"{one.to_age}.",
                en=f"Expected: ages from 0 to {OLDEST}, the lowest first; found: {one.from_age} and {one.to_age}.",
            ),
            "to_age",
        )
    if len(one.phone) > LONGEST_PHONE:
        raise Invalid(
            Text(nl=f"Hoogstens {LONGEST_PHONE} tekens.", en=f"At most {LONGEST_PHONE} characters."), "phone"
        )
    return {
        "kinds": kinds,
        "adults": one.adults,
        "from_age": one.from_age,
        "to_age": one.to_age,
        "pets": one.pets,
        "step_free": one.step_free,
        "languages": rules.choices("language", one.languages, "languages"),
        "phone": seal(one.phone) if one.phone.strip() else "",
    }
