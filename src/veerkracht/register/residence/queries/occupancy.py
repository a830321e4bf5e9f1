"""How full homes are: on a day, and over a reference year. Two different numbers, which are never mixed.

On a day it counts who has a place, also who is in hospital. Over a year it counts billed days. Each against the places
that are recognised and against those that are open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q

from veerkracht.register import clock
from veerkracht.register.residence.models import ResidenceEvent
from veerkracht.register.residence.queries import days
from veerkracht.register.residence.rules import rules
from veerkracht.register.supply.models import Service, Stay
from veerkracht.register.supply.queries.states import CLOSED, Group, groups, recognitions

Kind = ResidenceEvent.Kind


@dataclass(frozen=True)
class Occupancy:
    """A home on a day, in people. `recognised`: for how many; None: nobody said. `open`: for how many there is an open
    place; `occupied`: who has one, of whom `away` are in hospital, say.
    """

    recognised: int | None
    open: int
    occupied: int
    away: int = 0

    @property
    def of_recognised(self) -> float | None:
        """The share of recognised places that is occupied; None where that is not known."""
        return self.occupied / self.recognised if self.recognised else None

    @property
    def of_open(self) -> float | None:
        """The share of open places that is occupied; None where there is none."""
        return self.occupied / self.open if self.open else None


@dataclass(frozen=True)
class OverYear:
    """A home over a reference year, from `first` up to and including `last`; of a year that goes on up to yesterday.

    In days: `recognised` and `open` that there were places for people, `occupied` that people had them, and `billed`
    of those: without absences that the region does not bill. `recognised` is None where nobody said.
    """

    first: date
    last: date
    recognised: int | None
    open: int
    occupied: int
    billed: int

    @property
    def of_recognised(self) -> float | None:
        """Billed days as a share of recognised place-days; None where these are not known."""
        return self.billed / self.recognised if self.recognised else None

    @property
    def of_open(self) -> float | None:
        """Billed days as a share of open place-days; None where there were none."""
        return self.billed / self.open if self.open else None


def occupancy(
    services: Iterable[Service], on: date | None = None, there: Mapping[int, list[Group]] | None = None
) -> dict[int, Occupancy]:
    """How full homes are on a day (today), by service; four queries for however many, or three when it is known what
    is `there` on that day (`groups`).

    For services that the reader may know of: who asks looks to that.
    """
    on, ids = on or clock.today(), [service.pk for service in services]
    there = groups(ids, on) if there is None else there
    recognised = recognitions(ids, on)
    occupied, away = _occupied(ids, on), _away(ids, on)
    return {
        id: Occupancy(
            recognised=recognised[id].places if id in recognised else None,
            open=_open(there.get(id, [])),
            occupied=occupied.get(id, 0),
            away=away.get(id, 0),
        )
        for id in ids
    }


def occupancy_over(services: Iterable[Service], year: date | None = None) -> dict[int, OverYear]:
    """How full homes were over the reference year in which a day is (today), by service; five queries for however many.

    For services that the reader may know of: who asks looks to that. Raises `Invalid` for a region without a
    reference year.
    """
    ids = [service.pk for service in services]
    first, last = rules().reference_year.of(year or clock.today())
    # Days that are not over are not counted; of a year to come there are none.
    over = days.Span.until_today(first, last)
    recognised, open_ = days.recognised(ids, over), days.open_places(ids, over)
    occupied, away = days.occupied(ids, over), days.not_billed(ids, over)
    return {
        id: OverYear(
            first=first,
            last=over.last,
            recognised=recognised.get(id),
            open=open_.get(id, 0),
            occupied=occupied.get(id, 0),
            billed=occupied.get(id, 0) - away.get(id, 0),
        )
        for id in ids
    }


def together(ones: Iterable[Occupancy]) -> Occupancy:
    """Several homes as one; those of which nobody said what is recognised count as they are open."""
    ones = list(ones)
    return Occupancy(
        recognised=sum(one.open if one.recognised is None else one.recognised for one in ones) or None,
        open=sum(one.open for one in ones),
        occupied=sum(one.occupied for one in ones),
        away=sum(one.away for one in ones),
    )


def together_over(ones: Iterable[OverYear]) -> OverYear | None:
    """As `together`, over a year; None for no home."""
    ones = list(ones)
    if not ones:
        return None
    return OverYear(
        first=ones[0].first,
        last=ones[0].last,
        recognised=sum(one.open if one.recognised is None else one.recognised for one in ones) or None,
        open=sum(one.open for one in ones),
        occupied=sum(one.occupied for one in ones),
        billed=sum(one.billed for one in ones),
    )


def _open(there: Iterable[Group]) -> int:
    return sum(group.sleeps for group in there if group.state != CLOSED)


def _occupied(services: list[int], on: date) -> Mapping[int, int]:
    here = Q(from_date__lte=on) & (Q(until_date=None) | Q(until_date__gt=on))
    rows = Stay.objects.filter(here, unit__service__in=services).values(service=F("unit__service"))
    return dict(rows.annotate(count=Count("pk")).values_list("service", "count").order_by("service"))


def _away(services: list[int], on: date) -> Mapping[int, int]:
    """Who left for a while on or before a day and was not back or gone by its end."""
    later = ResidenceEvent.objects.filter(
        residence=OuterRef("residence"), pk__gt=OuterRef("pk"), kind__in=[Kind.RETURNED, Kind.ENDED]
    )
    left = ResidenceEvent.objects.filter(
        ~Exists(later.filter(holds_from__lte=on)),
        kind=Kind.LEFT,
        residence__service__in=services,
        holds_from__lte=on,
    )
    rows = left.values(service=F("residence__service")).annotate(count=Count("pk"))
    return dict(rows.values_list("service", "count").order_by("service"))
