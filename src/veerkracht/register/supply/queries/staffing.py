"""Open, staffed, recognised: what there is of a service's places, and what staff is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Exists, OuterRef

from veerkracht.register import clock
from veerkracht.register.supply.models import Hold, Service, Stay, Unit
from veerkracht.register.supply.staffing import NOTHING, Room, in_the_way, known, norms_of, open_on, room_of
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
    staff was counted.
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

    @property
    def free(self) -> int:
        return self.open - self.occupied - self.held

    @property
    def unstaffed(self) -> int | None:
        """Open places without staff."""
        return None if self.staffed is None else self.open - self.staffed


def staffing(services: Iterable[Service], on: date | None = None) -> dict[int, Staffed]:
    """What there is of the places of services on a day (today), by service; two queries for however many.

    For services that the reader may know of: who asks looks to that. What is held is known of today only.
    """
    on, services = on or clock.today(), list(services)
    ids = [service.pk for service in services]
    staff, places = known(ids, on), _places(ids, on)
    found = {}
    for service in services:
        rows = places.get(service.pk, [])
        of = staff.get(service.pk, NOTHING)
        room = room_of(service.programme, [(kind, state != "free") for kind, state in rows], of, on)
        norms = norms_of(service.programme, on)
        found[service.pk] = _staffed(service, [state for _kind, state in rows], room, norms, of.counted_on)
    return found


def _staffed(
    service: Service, states: list[str], room: Room | None, norms: tuple[Norm, ...], counted_on: date | None
) -> Staffed:
    return Staffed(
        service=service.pk,
        recognised=service.recognised_places,
        open=len(states),
        staffed=room.staffed() if room else None,
        occupied=states.count("taken"),
        held=states.count("held"),
        offerable=sum(room.fits()) if room else None,
        missing=_missing(norms, room.missing()) if room else (),
        counted_on=counted_on,
        unknown="" if room else NO_COUNT if norms else NO_NORM,
    )


def _missing(norms: tuple[Norm, ...], short: Mapping[str, Fraction]) -> tuple[Missing, ...]:
    return tuple(
        Missing(norm.id, norm.text, -int(-short[norm.id] * 100 // 1)) for norm in norms if short[norm.id]
    )


def _places(services: list[int], on: date) -> dict[int, list[tuple[str, str]]]:
    """By service, the kind and the state of each place that is open on a day: taken, held or free."""
    stays = Stay.objects.filter(unit=OuterRef("pk"), from_date__lte=on).exclude(until_date__lte=on)
    held = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    units = Unit.objects.filter(open_on(on), service__in=services).order_by("service", "id")
    is_today = on == clock.today()
    rows = units.annotate(is_taken=Exists(stays), is_held=Exists(held))
    found: dict[int, list[tuple[str, str]]] = {}
    for service, kind, taken, kept in rows.values_list("service", "kind", "is_taken", "is_held"):
        state = "taken" if taken else "held" if kept and is_today else "free"
        found.setdefault(service, []).append((kind, state))
    return found
