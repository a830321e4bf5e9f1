"""Shelters of Testland and desks that look for a place in them."""

from datetime import date, timedelta
from typing import Any

from tests import factories
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.identities import Identity
from veerkracht.register.crisis.models import Call, Search, Shift
from veerkracht.register.crisis.needs import Need
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Location, Service

COMMAND = Actor.for_command("tests")
PROGRAMME = "crisis-shelter"
MOTHER = Identity("Amina", "El Fassi", date(1990, 5, 17))
SON = Identity("Ilyas", "El Fassi", date(2016, 2, 29), role="child")


def make_worker(desk: str = "Desk North", *, on_duty: bool = True, **facts: Any) -> Actor:
    """Somebody of a desk, who began a shift."""
    worker = of(desk, "crisis-worker", **facts)
    if on_duty:
        actions.start_shift(by=worker, kind="day")
    return worker


def of(organisation: str, role: str, **facts: Any) -> Actor:
    """Somebody who works for an organisation."""
    user = factories.make_user(role, **facts)
    other, _ = Organisation.objects.get_or_create(name=organisation, defaults={"kind": "desk"})
    Membership.objects.filter(user=user).update(organisation=other)
    return factories.actor_for(user, role)


def make_shelter(
    name: str = "House Birch",
    *,
    area: str = "north",
    sleeps: tuple[int, ...] = (4,),
    secret: bool = False,
    address: str = "",
    **of_it: Any,
) -> Service:
    """A service of an organisation of its own, with a place for each number, that says for whom it is."""
    owner, _ = Organisation.objects.get_or_create(name=f"{name} vzw", defaults={"kind": "provider"})
    service = supply.add_service(owner, by=COMMAND, programme=PROGRAMME, name=name, area=area, secret=secret)
    if address:
        service.location = Location.objects.create(
            organisation=owner, name=name, area=area, **_address(address, secret)
        )
        service.save()
    for number, people in enumerate(sleeps, 1):
        unit = supply.add_unit(service, by=COMMAND, name=f"Room {number}")
        unit.sleeps = people
        unit.save()
    described = actions.Description(**{"kinds": ("shelter",), **of_it})
    actions.describe_shelter(service, described, by=COMMAND)
    return service


def make_call(by: Actor, **facts: Any) -> Call:
    return actions.take_call(actions.Told(**{"channel": "phone", "caller": "self", **facts}), by=by)


def make_search(by: Actor, call: Call | None = None, **facts: Any) -> Search:
    """A search for a mother and a child, unless it is said otherwise."""
    need = Need(**{"kind": "shelter", "from_area": "north", "adults": 1, "children": (8,), **facts})
    return actions.search(call or make_call(by), need, by=by)


def end_shifts() -> None:
    """All shifts have run out, as when the night is over."""
    for shift in Shift.objects.all():
        shift.until_at, shift.from_at = shift.from_at, shift.from_at - timedelta(hours=8)
        shift.save()


def _address(address: str, secret: bool) -> dict[str, Any]:
    from veerkracht.register.people.sealing import seal

    return {"secret": True, "sealed_address": seal(address)} if secret else {"address": address}
