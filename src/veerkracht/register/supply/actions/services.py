"""What an organisation offers: its locations, services and their places."""

from datetime import date

from django.db import transaction

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.people.models import Organisation
from veerkracht.register.people.sealing import seal
from veerkracht.register.supply import access
from veerkracht.register.supply.models import Location, Service, Unit
from veerkracht.register.supply.public_words import refuse_names, refuse_title
from veerkracht.rulebook.types import Text

MOST_SLEEPERS = 20


def add_location(
    organisation: Organisation, *, by: Actor, name: str, area: str, address: str = "", secret: bool = False
) -> Location:
    """Say where an organisation has a building. `secret`: its address is sealed, and read by the organisation only.

    Raises `Refused` for another organisation than one's own, and `Invalid` for an empty name, one that is there, one
    with a person's name in it (`public_words`) or an area that isn't.
    """
    access.require_own("place.manage", by, organisation)
    _check_area(area)
    name, address = _named(name), " ".join(address.split())
    # A sealed address is read by the organisation alone.
    refuse_names(by, organisation, name=name, **({} if secret else {"address": address}))
    with said(), transaction.atomic():
        location = Location.objects.create(
            organisation=organisation,
            name=name,
            area=area,
            address="" if secret else address,
            secret=secret,
            sealed_address=seal(address) if secret and address else "",
        )
        # Never the address: the log is read by others.
        record(by, "create", location, detail={"secret": secret})
    return location


def add_service(
    organisation: Organisation,
    *,
    by: Actor,
    programme: str,
    name: str,
    area: str,
    secret: bool = False,
    **more: str,
) -> Service:
    """Say that an organisation offers a programme in a municipality (its code). `secret`: not told to others.

    `more`: its `kind` and its `rules` (`models.Service`). Raises `Refused` for another organisation than one's own, and
    `Invalid` for an empty name, one that is there or one with a person's name in it.
    """
    service = Service(organisation=organisation, programme=programme, area=area, secret=secret, **more)
    access.require_of("place.manage", by, service, access.is_of(by, service))
    service.name = _named(name)
    refuse_names(by, organisation, name=service.name)
    with said(), transaction.atomic():
        service.save()
        record(by, "create", service, detail={"programme": programme})
    return service


def place_service(service: Service, *, by: Actor, location: Location) -> Service:
    """Say in which building a service is. At a secret address the service is secret too.

    Raises `Invalid` for a building of another organisation.
    """
    access.require_of("place.manage", by, service, access.is_of(by, service))
    if location.organisation_id != service.organisation_id:
        raise Invalid(
            Text(
                nl="Deze locatie is van een andere organisatie.",
                en="This location is of another organisation.",
            ),
            "location",
        )
    with said(), transaction.atomic():
        service = Service.objects.select_for_update().get(pk=service.pk)
        service.location, service.area = location, location.area
        service.secret = service.secret or location.secret
        service.changed_at = clock.now()
        service.save(update_fields=["location", "area", "secret", "changed_at"])
        record(by, "change", service, detail={"location": location.pk})
    return service


def add_unit(
    service: Service, *, by: Actor, name: str, kind: str = "", on: date | None = None, **more: object
) -> Unit:
    """Open a place of a service from a day (today). `more`: for how many it is (`sleeps`; as its kind) and its `ward`.

    Raises `Invalid` for an empty name, one that is there or one with a person's name in it, and for a place for nobody.
    """
    access.require_of("place.manage", by, service, access.is_of(by, service))
    unit = Unit(service=service, name=_named(name), kind=kind, from_date=on or clock.today(), **more)
    unit.sleeps = _sleeps(more.get("sleeps"), kind)
    refuse_title(unit.name, "name")
    refuse_title(unit.ward, "ward")
    with said(), transaction.atomic():
        unit.save()
        record(by, "create", unit, detail={"service": service.pk})
    return unit


def confirm_places(service: Service, *, by: Actor) -> Service:
    """Say, for the organisation of a service, that its places stand here as they are now."""
    access.require_of("place.confirm", by, service, access.is_of(by, service))
    service.places_confirmed_at = clock.now()
    service.save(update_fields=["places_confirmed_at"])
    record(by, "change", service, detail={"confirmed": True})
    return service


def _sleeps(said: object, kind: str) -> int:
    if said is None:
        places = region.current().places
        return places.sleeps(kind) if places else 1
    if not isinstance(said, int) or not 1 <= said <= MOST_SLEEPERS:
        raise Invalid(
            Text(
                nl=f"Een plaats is voor 1 tot {MOST_SLEEPERS} personen; gevonden: {said}.",
                en=f"A place is for 1 to {MOST_SLEEPERS} people; found: {said}.",
            ),
            "sleeps",
        )
    return said


def _check_area(area: str) -> None:
    if area not in names():
        raise Invalid(
            Text(nl=f"Er is geen gemeente “{area}”.", en=f"There is no municipality “{area}”."), "area"
        )


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid(Text(nl="Geef een naam.", en="Give a name."), "name")
    return name
