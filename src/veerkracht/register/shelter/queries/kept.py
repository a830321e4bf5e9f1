"""What a desk's browser keeps for when the network drops: which services had places free, and at what moment.

No person is in it, and of a secret service neither its name nor where it is but for its zone: a device can be taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from veerkracht.register import clock
from veerkracht.register.crisis.access import require_desk
from veerkracht.register.crisis.models import Shelter
from veerkracht.register.crisis.rules import rules
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Hold, Unit
from veerkracht.register.supply.staffing import free_of_closure, in_the_way, open_on


@dataclass(frozen=True)
class KeptService:
    """A service that had room. `name`: "" for a secret one. `sleeps`: of each free place, the largest first."""

    service: int
    name: str
    zone: str
    kinds: tuple[str, ...]
    sleeps: tuple[int, ...]
    adults: bool
    from_age: int
    to_age: int
    pets: bool
    step_free: bool
    told_at: datetime


@dataclass(frozen=True)
class Kept:
    """`at`: the moment at which this was so. `user`: who asked, as notes name them."""

    at: datetime
    user: int
    services: tuple[KeptService, ...]


def kept_places(actor: Actor) -> Kept:
    """The services with a place free now, by zone and name; three queries for however many. Raises `Refused`."""
    require_desk("search.place", actor)
    record(actor, "list", "service", detail={"what": "kept for when the network drops"})
    now, today = clock.now(), clock.today()
    told = list(Shelter.objects.select_related("service").order_by("service__name", "service_id"))
    busy = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    units = Unit.objects.filter(
        open_on(today), free_of_closure(today), service__in=[one.service_id for one in told]
    )
    free: dict[int, list[int]] = {}
    for service, sleeps in (
        units.exclude(Exists(busy)).order_by("-sleeps", "pk").values_list("service", "sleeps")
    ):
        free.setdefault(service, []).append(sleeps)
    rows = (_row(one, free[one.service_id]) for one in told if one.service_id in free)
    return Kept(
        now, actor.user_id or 0, tuple(sorted(rows, key=lambda one: (one.zone, one.name, one.service)))
    )


def _row(one: Shelter, sleeps: Iterable[int]) -> KeptService:
    service = one.service
    zone = rules().zone_of(service.area)
    return KeptService(
        service=service.pk,
        name="" if service.secret else service.name,
        zone=zone.id if zone else "",
        kinds=tuple(one.kinds),
        sleeps=tuple(sleeps),
        adults=one.adults,
        from_age=one.from_age,
        to_age=one.to_age,
        pets=one.pets,
        step_free=one.step_free,
        told_at=one.told_at,
    )
