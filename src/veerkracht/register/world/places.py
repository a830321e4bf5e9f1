"""A handful of services with places in the demo world; every name says that it is invented."""

from datetime import timedelta

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import Service, Unit

# Name, kind of organisation, for how many people each of its places is, places.
_SERVICES = (
    ("Huis De Proef (demo)", "provider", 1, ("Kamer 1", "Kamer 2", "Kamer 3", "Kamer 4")),
    ("Huis Het Voorbeeld (demo)", "provider", 2, ("Studio A", "Studio B")),
    ("Kortverblijf Modelhof (demo)", "agency", 1, ("Bed 1", "Bed 2", "Bed 3")),
)
_STREET = "Verzonnen Straat"
_OPEN_FOR = timedelta(days=365)
_HELD_MINUTES = 24 * 60


def add_places() -> None:
    """Add the services with their places; one place is held, and one taken where nobody lives."""
    by = Actor.for_command("world")
    programme, areas = _programme(), region.current().areas.get_column("code")
    for place, (name, owned_by, sleeps, units) in enumerate(_SERVICES):
        owner = Organisation.objects.filter(kind=owned_by).order_by("pk").first()
        if owner is None:
            continue
        area = areas[place * len(areas) // len(_SERVICES)]
        service = actions.add_service(owner, by=by, programme=programme, name=name, area=area)
        address = f"{_STREET} {place + 1}"
        location = actions.add_location(owner, by=by, name=name, area=area, address=address)
        service = actions.place_service(service, by=by, location=location)
        opened = [
            actions.add_unit(service, by=by, name=unit, kind=_kind(sleeps), on=clock.today() - _OPEN_FOR)
            for unit in units
        ]
        if place == 0:
            _use(opened, service)
        # In people, and one more than is open in every other service, as where a wing is being built.
        actions.recognise(
            service,
            by=by,
            places=sleeps * len(units) + place % 2,
            holds_from=clock.today() - _OPEN_FOR,
            source="Verzonnen voor de demo",
        )
        actions.confirm_places(service, by=by)


def _kind(sleeps: int) -> str:
    """The region's first kind of unit for so many people; "" where it has none."""
    places = region.current().places
    kinds = places.kinds.values() if places else ()
    return next((kind.id for kind in kinds if kind.sleeps == sleeps), "")


def _use(units: list[Unit], service: Service) -> None:
    """One place held for somebody, by who works there, and one taken; in a home nobody has one without living there."""
    membership = Membership.objects.filter(role="admission", organisation=service.organisation).first()
    by = Actor(membership.user, membership) if membership else Actor.for_command("world")
    actions.hold_place(units[0], by=by, minutes=_HELD_MINUTES, reference="Proef 17")
    if service.programme not in _where_people_live():
        actions.confirm_hold(actions.hold_place(units[1], by=by, minutes=_HELD_MINUTES), by=by)


def _where_people_live() -> tuple[str, ...]:
    residence = region.current().residence
    return tuple(residence.programmes) if residence else ()


def _programme() -> str:
    """The first programme that hands out places; the region's first when there is none."""
    programmes = region.current().programmes
    return next((id for id, one in programmes.items() if one.resource == "places"), next(iter(programmes)))
