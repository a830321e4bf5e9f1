"""What an organisation offers: its services and their places."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply import access
from veerkracht.register.supply.models import LIVE_HOLDS, Service, Unit
from veerkracht.rulebook.types import Text

# More than this has no service: a slip of the finger.
MOST_PLACES = 10_000


def add_service(
    organisation: Organisation, *, by: Actor, programme: str, name: str, area: str, secret: bool = False
) -> Service:
    """Say that an organisation offers a programme in a municipality (its code). `secret`: not told to others.

    Raises `Refused` for another organisation than one's own, and `Invalid` for an empty name or one that is there.
    """
    service = Service(organisation=organisation, programme=programme, area=area, secret=secret)
    access.require_of("place.manage", by, service, access.is_of(by, service))
    service.name = _named(name)
    with said(), transaction.atomic():
        service.save()
        record(by, "create", service, detail={"programme": programme})
    return service


def add_unit(service: Service, *, by: Actor, name: str, kind: str = "", on: date | None = None) -> Unit:
    """Open a place of a service from a day (today). Raises `Invalid` for an empty name or one that is there."""
    access.require_of("place.manage", by, service, access.is_of(by, service))
    with said(), transaction.atomic():
        unit = Unit.objects.create(
            service=service, name=_named(name), kind=kind, from_date=on or clock.today()
        )
        record(by, "create", unit, detail={"service": service.pk})
    return unit


def close_unit(unit: Unit, *, by: Actor, on: date) -> Unit:
    """Say on which day a place is open for the last time. Raises `Conflict` while somebody holds or has it."""
    access.require_of("place.manage", by, unit.service, access.is_of(by, unit.service))
    with said(), transaction.atomic():
        # Locked, so that nobody takes it between the look and the closing.
        unit = Unit.objects.select_for_update().get(pk=unit.pk)
        if unit.holds.filter(state__in=LIVE_HOLDS).exists():
            raise Conflict(
                Text(
                    nl="Iemand houdt of heeft deze plaats nog: geef ze eerst terug.",
                    en="Somebody still holds or has this place: give it back first.",
                )
            )
        unit.until_date = on
        unit.save(update_fields=["until_date"])
        record(by, "change", unit, detail={"until": str(on)})
    return unit


def confirm_places(service: Service, *, by: Actor) -> Service:
    """Say, for the organisation of a service, that its places stand here as they are now."""
    access.require_of("place.confirm", by, service, access.is_of(by, service))
    service.places_confirmed_at = clock.now()
    service.save(update_fields=["places_confirmed_at"])
    record(by, "change", service, detail={"confirmed": True})
    return service


def recognise_places(service: Service, *, by: Actor, places: int | None) -> Service:
    """Say how many places of a service the government recognises, open or not; None: not known.

    Raises `Invalid` for a number below nothing or that no service has.
    """
    access.require_of("place.manage", by, service, access.is_of(by, service))
    if places is not None and not 0 <= places <= MOST_PLACES:
        raise Invalid(
            Text(
                nl=f"Een dienst heeft 0 tot {MOST_PLACES} erkende plaatsen; gevonden: {places}.",
                en=f"A service has 0 to {MOST_PLACES} recognised places; found: {places}.",
            ),
            "places",
        )
    service.recognised_places = places
    service.save(update_fields=["recognised_places"])
    record(by, "change", service, detail={"recognised": places})
    return service


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(Text(nl="Geef een naam.", en="Give a name."), "name")
    return name
