"""Open, staffed, recognised: what there is of a service's places, and what staff is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import islice

from veerkracht.register import clock
from veerkracht.register.supply.models import Recognition, Service
from veerkracht.register.supply.queries.states import (
    CLOSED,
    FREE,
    HELD,
    STATES,
    TAKEN,
    Group,
    groups,
    recognitions,
)
from veerkracht.register.supply.staffing import NOTHING, Known, Room, known, norms_of, room_by
from veerkracht.rulebook import staffing as rules
from veerkracht.rulebook.staffing import Norm
from veerkracht.rulebook.types import Text

# Why it is not known how many places have staff.
NO_NORM, NO_COUNT = "no-norm", "no-count"


@dataclass(frozen=True)
class Missing:
    """What is short of one norm to keep every open place open, in hundredths of a full-time equivalent, rounded up."""

    norm: str
    text: Text
    fte_hundredths: int


@dataclass(frozen=True)
class Staffed:
    """The places of a service on a day. `staffed` and `offerable`: None when that is not known, and `unknown` says
    why.

    `recognised`: by the government; None: nobody said. `occupied`: somebody stays there; `held`: kept for somebody now.
    `free`: open, and neither. `offerable`: free with staff for it. `counted_on`: the oldest of the days on which the
    staff was counted. `people`: for how many people the open places are; `people_staffed`: those with staff.
    """

    service: int
    recognised: int | None
    open: int
    staffed: int | None
    occupied: int
    held: int
    offerable: int | None
    missing: tuple[Missing, ...]
    counted_on: date | None
    unknown: str
    people: int
    people_staffed: int | None

    @property
    def free(self) -> int:
        return self.open - self.occupied - self.held

    @property
    def unstaffed(self) -> int | None:
        """Open places without staff."""
        return None if self.staffed is None else self.open - self.staffed


def staffing(services: Iterable[Service], on: date | None = None) -> dict[int, Staffed]:
    """What there is of the places of services on a day (today), by service; three queries for however many.

    For services that the reader may know of: who asks looks to that. What is held is known of today only. A place that
    is closed for a while is not open.
    """
    on, services = on or clock.today(), list(services)
    ids = [service.pk for service in services]
    return staffed_of(services, on, groups(ids, on), recognitions(ids, on))


def staffed_of(
    services: Iterable[Service],
    on: date,
    found: Mapping[int, list[Group]],
    recognised: Mapping[int, Recognition],
) -> dict[int, Staffed]:
    """As `staffing`, from what is there and what is recognised; one query."""
    services = list(services)
    staff = known([service.pk for service in services], on)
    norms = {programme: norms_of(programme, on) for programme in {one.programme for one in services}}
    return {
        service.pk: _staffed(
            service,
            [group for group in found.get(service.pk, []) if group.state != CLOSED],
            recognised.get(service.pk),
            staff.get(service.pk, NOTHING),
            norms[service.programme],
        )
        for service in services
    }


def _staffed(
    service: Service,
    there: list[Group],
    recognised: Recognition | None,
    staff: Known,
    norms: tuple[Norm, ...],
) -> Staffed:
    kinds = [(group.kind, group.state != FREE) for group in there for _unit in range(group.count)]
    room = room_by(norms, kinds, staff)
    count = {state: sum(group.count for group in there if group.state == state) for state in STATES}
    with_staff = _with_staff(there, room) if room else None
    return Staffed(
        service=service.pk,
        recognised=recognised.places if recognised else None,
        open=len(kinds),
        staffed=None if with_staff is None else sum(with_staff),
        occupied=count[TAKEN],
        held=count[HELD],
        offerable=sum(room.fits()) if room else None,
        missing=_missing(norms, room.missing()) if room else (),
        counted_on=staff.counted_on,
        unknown="" if room else NO_COUNT if norms else NO_NORM,
        people=sum(group.sleeps for group in there),
        people_staffed=None if with_staff is None else _people(there, with_staff),
    )


def _with_staff(there: list[Group], room: Room) -> list[int]:
    """Of each group, how many of its places there is staff for."""
    taken = iter(rules.staffed(room.norms, room.taken, room.there_is))
    free = iter(room.fits())
    return [sum(islice(free if group.state == FREE else taken, group.count)) for group in there]


def _people(there: list[Group], with_staff: list[int]) -> int:
    """For how many people so many of each group are; places of one kind are for equally many, or so on average."""
    return round(
        sum(
            Fraction(group.sleeps * count, group.count)
            for group, count in zip(there, with_staff, strict=True)
        )
    )


def _missing(norms: tuple[Norm, ...], short: Mapping[str, Fraction]) -> tuple[Missing, ...]:
    return tuple(
        Missing(norm.id, norm.text, -int(-short[norm.id] * 100 // 1)) for norm in norms if short[norm.id]
    )
