"""Recognised, open, staffed, closed and why, occupied, held and free: places by service and by area."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from veerkracht.register import clock
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import access
from veerkracht.register.supply.models import Recognition, Service
from veerkracht.register.supply.queries.staffing import Staffed, staffed_of
from veerkracht.register.supply.queries.states import CLOSED, FREE, Group, groups, recognitions


@dataclass(frozen=True)
class Capacity:
    """The places of a service on a day.

    `recognised`, `extra`: by the government, and of these with the extra recognition; None: nobody said. `places`: all
    that are there, of which `closed` for a while by reason, and `open` the others; of these `occupied`, `held` now, and
    `free`. `staffed`, `offerable`: open places, and free ones, that there is staff for; None: not known.
    `sleeps_free`: for how many people the free places are. `told_at`: when the organisation last confirmed them.
    """

    service: int
    recognised: int | None
    extra: int | None
    places: int
    open: int
    closed: Mapping[str, int]
    staffed: int | None
    occupied: int
    held: int
    free: int
    offerable: int | None
    sleeps_free: int
    told_at: datetime | None


@dataclass(frozen=True)
class AreaCapacity:
    """The places of all services in an area together. `unknown_recognised`, `unknown_staffed`: open places of services
    of which it is not known how many are recognised or staffed; the numbers are of the others.
    """

    area: str
    name: str
    services: int = 0
    recognised: int = 0
    extra: int = 0
    unknown_recognised: int = 0
    open: int = 0
    closed: Mapping[str, int] = field(default_factory=dict)
    staffed: int = 0
    unknown_staffed: int = 0
    occupied: int = 0
    held: int = 0
    free: int = 0


def capacity(services: Iterable[Service], on: date | None = None) -> dict[int, Capacity]:
    """What there is of the places of services on a day (today), by service; three queries for however many.

    For services that the reader may know of: who asks looks to that. What is held is known of today only; of a day to
    come it is what is known today.
    """
    on, services = on or clock.today(), list(services)
    ids = [service.pk for service in services]
    found, recognised = groups(ids, on), recognitions(ids, on)
    staffed = staffed_of(services, on, found, recognised)
    return {
        service.pk: _capacity(
            service, found.get(service.pk, []), recognised.get(service.pk), staffed[service.pk]
        )
        for service in services
    }


def by_area(
    actor: Actor, programme: str = "", on: date | None = None, level: str = "province"
) -> list[AreaCapacity]:
    """Places by area of a level (`areas.SETS`), by the area's name; five queries.

    Services at a secret address are counted for their own organisation only. Raises `Refused`.
    """
    services = list(access.list_counted_services(actor, programme))
    found = capacity(services, on)
    table = areas.table()
    of_level = dict(zip(table["code"], table[areas.SETS[level]], strict=True))
    by_code: dict[str, list[Capacity]] = {}
    for service in services:
        by_code.setdefault(of_level.get(service.area) or "", []).append(found[service.pk])
    names = dict(areas.choices(level))
    totals = [total(ones, code, names.get(code) or code) for code, ones in by_code.items()]
    return sorted(totals, key=lambda one: (one.name, one.area))


def total(ones: Iterable[Capacity], area: str = "", name: str = "") -> AreaCapacity:
    """The places of several services together."""
    ones, closed = list(ones), Counter[str]()
    for one in ones:
        closed.update(one.closed)
    return AreaCapacity(
        area=area,
        name=name,
        services=len(ones),
        recognised=sum(one.recognised or 0 for one in ones),
        extra=sum(one.extra or 0 for one in ones),
        unknown_recognised=sum(one.open for one in ones if one.recognised is None),
        open=sum(one.open for one in ones),
        closed=dict(sorted(closed.items())),
        staffed=sum(one.staffed or 0 for one in ones),
        unknown_staffed=sum(one.open for one in ones if one.staffed is None),
        occupied=sum(one.occupied for one in ones),
        held=sum(one.held for one in ones),
        free=sum(one.free for one in ones),
    )


def _capacity(
    service: Service, there: list[Group], recognised: Recognition | None, staffed: Staffed
) -> Capacity:
    closed = Counter[str]()
    for group in there:
        if group.state == CLOSED:
            closed[group.reason] += group.count
    return Capacity(
        service=service.pk,
        recognised=staffed.recognised,
        extra=recognised.extra_places if recognised else None,
        places=sum(group.count for group in there),
        open=staffed.open,
        closed=dict(closed),
        staffed=staffed.staffed,
        occupied=staffed.occupied,
        held=staffed.held,
        free=staffed.free,
        offerable=staffed.offerable,
        sleeps_free=sum(group.sleeps for group in there if group.state == FREE),
        told_at=service.places_confirmed_at,
    )
