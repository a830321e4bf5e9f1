"""How many places of services can be given to somebody by a day to come: what is known, and what is likely."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Count, F, Q, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least
from scipy.stats import nbinom

from veerkracht.register import clock
from veerkracht.register.day_counts import DaysBetween
from veerkracht.register.errors import Invalid
from veerkracht.register.supply.models import Service, Stay
from veerkracht.register.supply.queries.states import FREE, TAKEN, Group, groups
from veerkracht.rulebook.types import Text

# Ends are counted over this long back; the range holds eight of ten outcomes.
_BACK = timedelta(days=365)
_RANGE = (0.1, 0.5, 0.9)
_FURTHEST = timedelta(days=366)


Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Expected:
    """`known`: places that are free on the day by what is known today: free now, an end that is known, a closed place
    that opens, a new one. `likely`: low, median and high of the places that can be given to somebody up to that day,
    with those that residents leave at the pace of the last year; None where too little is known of that pace.
    """

    known: int
    likely: tuple[int, int, int] | None


def expected_free(services: Iterable[Service], on: date) -> dict[int, Expected]:
    """What is expected of each service on a day, by service; see `expected_of`."""
    return expected_of({service.pk: [service] for service in services}, on)


def expected_of(
    of: Mapping[Key, Sequence[Service]], on: date, now: Mapping[int, list[Group]] | None = None
) -> dict[Key, Expected]:
    """What is expected of each group of services together on a day; three queries for however many, or two when what
    there is today (`groups`) is known: `now`.

    The number of ends is taken to be Poisson, with a rate of which the last year's ends tell (a Gamma with the prior of
    Jeffreys): so what comes is negative binomial, wider for who had few. Raises `Invalid` for a day gone by or more
    than a year away.
    """
    today = clock.today()
    _check_day(on, today)
    services = [service for ones in of.values() for service in ones]
    ids = [service.pk for service in services]
    now = groups(ids, today) if now is None else now
    then, ends = groups(ids, on), _ends(ids, today)
    paces = {
        id: _Pace(
            _count(then, id, FREE),
            min(_count(now, id, TAKEN), _count(then, id, TAKEN)),
            *ends.get(id, (0, 0)),
        )
        for id in ids
    }
    days = (on - today).days
    return {
        key: Expected((whole := _together([paces[one.pk] for one in ones])).known, _likely(whole, days))
        for key, ones in of.items()
    }


@dataclass(frozen=True)
class _Pace:
    """Places free on the day by what is known, occupied now and then, and how many stays ended in how many days."""

    known: int
    still: int
    ended: int
    lived: int


def _count(found: Mapping[int, list[Group]], service: int, state: str) -> int:
    return sum(group.count for group in found.get(service, []) if group.state == state)


def _together(paces: Sequence[_Pace]) -> _Pace:
    return _Pace(
        sum(one.known for one in paces),
        sum(one.still for one in paces),
        sum(one.ended for one in paces),
        sum(one.lived for one in paces),
    )


def _likely(pace: _Pace, days: int) -> tuple[int, int, int] | None:
    to_come = pace.still * days
    if not to_come:
        return (pace.known, pace.known, pace.known)
    if not pace.lived:
        return None
    chance = pace.lived / (pace.lived + to_come)
    low, median, high = (min(pace.still, int(nbinom.ppf(part, pace.ended + 0.5, chance))) for part in _RANGE)
    return (pace.known + low, pace.known + median, pace.known + high)


def _ends(services: list[int], today: date) -> dict[int, tuple[int, int]]:
    """By service, how many stays ended in the year before today, and how many days were stayed in it."""
    begin = today - _BACK
    stays = Stay.objects.filter(unit__service__in=services, from_date__lt=today)
    stays = stays.exclude(until_date__lte=begin)
    lived = DaysBetween(
        Greatest("from_date", Value(begin)), Least(Coalesce("until_date", Value(today)), Value(today))
    )
    counted = stays.values(service=F("unit__service")).annotate(
        ended=Count("pk", filter=Q(until_date__lte=today)), lived=Sum(lived)
    )
    rows = counted.order_by("service").values_list("service", "ended", "lived")
    return {service: (ended, days) for service, ended, days in rows}


def _check_day(on: date, today: date) -> None:
    if not today <= on <= today + _FURTHEST:
        raise Invalid(
            Text(
                nl=f"Kies een dag van vandaag tot over een jaar; gevonden: {on:%d-%m-%Y}.",
                en=f"Choose a day from today to a year from now; found: {on:%d-%m-%Y}.",
            ),
            "on",
        )
