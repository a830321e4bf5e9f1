"""When a turn at a home is likely: how many places come free there in a year, from what is known of that home."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least
from scipy.stats import gamma

from veerkracht.forecast.services import TurnRange, turn_at
from veerkracht.region.homes import Share
from veerkracht.register.lists.rules import lists
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.queries.free import free_by_ward

_BACK = timedelta(days=365)
# Nine times out of ten between the first and the last, as every range of a region's files.
_RANGE = (0.05, 0.5, 0.95)
# Keys of an order by which nobody who comes later goes first.
_BY_DATE = {"list_date", "registered_on", "id"}


@dataclass(frozen=True)
class Turnover:
    """Of some places of a home: who lives there now, and what they saw in the last year: residents who left, and years
    lived by all; and how many can be had now.

    For who comes together all but `free` count by room: one comes free when all who live in it have left.
    """

    residents: float
    left: float
    lived: float
    free: int


@dataclass(frozen=True)
class Part(Turnover):
    """The places of one ward of a home that are for so many people."""

    ward: str
    sleeps: int


def turnover(services: Sequence[Service], on: date) -> dict[int, list[Part]]:
    """By service, part by part, in a fixed number of queries. A free place counts only where there is staff for it, as
    far as that is known.
    """
    begin, ids = on - _BACK, [service.pk for service in services]
    last = Least(Coalesce("until_date", Value(on)), Value(on))
    lived = ExpressionWrapper(last - Greatest("from_date", Value(begin)), output_field=DurationField())
    found = Residence.objects.filter(service__in=ids, from_date__lte=on).exclude(until_date__lte=begin)
    rows = found.values("service", ward=F("stay__unit__ward"), sleeps=F("stay__unit__sleeps")).annotate(
        living=Count("pk", filter=Q(until_date=None) | Q(until_date__gt=on)),
        left=Count("pk", filter=Q(until_date__lte=on)),
        lived=Sum(lived),
    )
    seen = {(row["service"], row["ward"], row["sleeps"]): row for row in rows}
    free = free_by_ward(services, on)
    parts: dict[int, list[Part]] = {}
    for service, ward, sleeps in sorted({*seen, *free}):
        row = seen.get((service, ward, sleeps))
        living, left, years = (row["living"], row["left"], row["lived"] / _BACK) if row else (0, 0, 0.0)
        there = free.get((service, ward, sleeps), 0)
        parts.setdefault(service, []).append(Part(living, left, years, there, ward, sleeps))
    return parts


def narrowed(parts: Sequence[Part], ward: str, listed: Collection[str], people: int) -> Turnover | None:
    """What counts for so many people who come together and ask for a ward; None where there is no such place.

    `ward`: "" for who asks for none: then those of the wards that have no list of their own (`listed` have).
    """
    fitting = [
        one
        for one in parts
        if one.sleeps >= people and (one.ward == ward if ward in listed else one.ward not in listed)
    ]
    if not fitting:
        return None
    rooms = [one.sleeps if people > 1 else 1 for one in fitting]
    return Turnover(
        residents=sum(one.residents / size for one, size in zip(fitting, rooms, strict=True)),
        left=sum(one.left / size for one, size in zip(fitting, rooms, strict=True)),
        lived=sum(one.lived / size for one, size in zip(fitting, rooms, strict=True)),
        free=sum(one.free for one in fitting),
    )


def rests_on_home(seen: Turnover) -> bool:
    """Whether what a home itself saw weighs at least as much as what the region's file says of all homes."""
    return seen.lived >= _prior(lists().vacated)[1]


def vacancies_a_year(seen: Turnover, vacated: Share) -> tuple[float, float, float] | None:
    """Low, middle and high of the places that come free in a year; None where nobody lives.

    What the region's file says of all homes is the prior, a Gamma distribution with that middle and that width; what
    this home saw in the last year weighs in by Poisson counts, so a home with little history keeps the region's range.
    """
    if not seen.residents or not vacated.value:
        return None
    shape, years = _prior(vacated)
    low, middle, high = gamma.ppf(_RANGE, shape + seen.left, scale=1 / (years + seen.lived))
    return seen.residents * low, seen.residents * middle, seen.residents * high


def _prior(vacated: Share) -> tuple[float, float]:
    """The shape and the rate, in years lived, of a Gamma distribution with the middle and the width of a share."""
    # Nine of ten between low and high: 3.29 standard deviations apart.
    spread = max((vacated.high - vacated.low) / 3.29, 1e-6)
    years = vacated.value / spread**2
    return vacated.value * years, years


def likely_turn(ahead: int, seen: Turnover | None, by: Sequence[str], on: date) -> TurnRange | None:
    """When the turn of who has so many ahead of them is likely; None when nothing is known. `by`: the home's order."""
    found = lists()
    vacancies = vacancies_a_year(seen, found.vacated) if seen else None
    return turn_at(
        ahead,
        vacancies,
        on=on,
        skipped=found.skipped.known,
        free=seen.free if seen else 0,
        **({} if set(by) <= _BY_DATE else {"overtaken": found.overtaken.known}),
    )
