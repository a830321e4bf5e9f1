"""Recognised, open, staffed, closed and why, occupied, held and free: the places of services on a day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from veerkracht.register import clock
from veerkracht.register.supply.models import Recognition, Service
from veerkracht.register.supply.queries.staffing import Staffed, staffed_of
from veerkracht.register.supply.queries.states import CLOSED, FREE, Group, groups, recognitions


@dataclass(frozen=True)
class Capacity:
    """The places of a service on a day.

    `recognised`, `extra`: by the government, and of these with the extra recognition; None: nobody said. `places`: all
    that are there, of which `closed` for a while by reason, and `open` the others; of these `occupied`, `held` now, and
    `free`. `staffed`, `offerable`: open places, and free ones, that there is staff for; None: not known.
    `people`, `people_staffed`, `sleeps_free`: for how many people the open, the staffed and the free places are; what
    is recognised is counted in people too. `told_at`: when the organisation last confirmed them.
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
    people: int
    people_staffed: int | None
    told_at: datetime | None


def capacity(services: Iterable[Service], on: date | None = None) -> dict[int, Capacity]:
    """What there is of the places of services on a day (today), by service; three queries for however many.

    For services that the reader may know of: who asks looks to that. What is held is known of today only; of a day to
    come it is what is known today.
    """
    on, services = on or clock.today(), list(services)
    return capacity_of(services, on, groups([service.pk for service in services], on))


def capacity_of(
    services: Sequence[Service], on: date, found: Mapping[int, list[Group]]
) -> dict[int, Capacity]:
    """As `capacity`, from what there is on that day (`groups`); two queries."""
    recognised = recognitions([service.pk for service in services], on)
    staffed = staffed_of(services, on, found, recognised)
    return {
        service.pk: _capacity(
            service, found.get(service.pk, []), recognised.get(service.pk), staffed[service.pk]
        )
        for service in services
    }


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
        people=staffed.people,
        people_staffed=staffed.people_staffed,
        told_at=service.places_confirmed_at,
    )
