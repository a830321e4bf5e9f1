"""How many places of services can be given to somebody by a day to come: what is known, and what is likely."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least
from scipy.stats import nbinom

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.supply.models import Service, Stay
from veerkracht.register.supply.queries.capacity import capacity
from veerkracht.rulebook.types import Text

# Ends are counted over this long back; the range holds eight of ten outcomes.
_BACK = timedelta(days=365)
_RANGE = (0.1, 0.5, 0.9)
_FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Expected:
    """`known`: places that are free on the day by what is known today: free now, an end that is known, a closed place
    that opens, a new one. `likely`: low, median and high of the places that can be given to somebody up to that day,
    with those that residents leave at the pace of the last year; None where too little is known of that pace.
    """

    known: int
    likely: tuple[int, int, int] | None


def expected_free(services: Iterable[Service], on: date) -> dict[int, Expected]:
    """What is expected of each service on a day, by service; five queries for however many.

    The number of ends is taken to be Poisson, with a rate of which the last year's ends tell (a Gamma with the prior of
    Jeffreys): so what comes is negative binomial, wider for who had few. Raises `Invalid` for a day gone by or more
    than a year away.
    """
    services, today = list(services), clock.today()
    _check_day(on, today)
    now, then = capacity(services, today), capacity(services, on)
    ends = _ends([service.pk for service in services], today)
    found = {}
    for service in services:
        known, stays = then[service.pk].free, ends.get(service.pk, (0, 0.0))
        still = min(now[service.pk].occupied, then[service.pk].occupied)
        found[service.pk] = Expected(known, _likely(known, still, stays, (on - today).days))
    return found


def _likely(known: int, still: int, stays: tuple[int, float], days: int) -> tuple[int, int, int] | None:
    """`still`: places that are occupied now and then; `stays`: how many ended, in how many days of stay."""
    ended, lived = stays
    if not lived:
        return (known, known, known) if still == 0 else None
    chance = lived / (lived + still * days) if still * days else 1.0
    if chance == 1.0:
        return (known, known, known)
    low, median, high = (min(still, int(nbinom.ppf(part, ended + 0.5, chance))) for part in _RANGE)
    return (known + low, known + median, known + high)


def _ends(services: list[int], today: date) -> dict[int, tuple[int, float]]:
    """By service, how many stays ended in the year before today, and how many days were stayed in it."""
    begin = today - _BACK
    stays = Stay.objects.filter(unit__service__in=services, from_date__lt=today)
    stays = stays.exclude(until_date__lte=begin)
    last = Least(Coalesce("until_date", Value(today)), Value(today))
    lived = ExpressionWrapper(last - Greatest("from_date", Value(begin)), output_field=DurationField())
    rows = stays.values(service=F("unit__service")).annotate(
        ended=Count("pk", filter=Q(until_date__lte=today)), lived=Sum(lived)
    )
    return {
        row["service"]: (row["ended"], row["lived"] / timedelta(days=1)) for row in rows.order_by("service")
    }


def _check_day(on: date, today: date) -> None:
    if not today <= on <= today + _FURTHEST:
        raise Invalid(
            Text(
                nl=f"Kies een dag van vandaag tot over een jaar; gevonden: {on:%d-%m-%Y}.",
                en=f"Choose a day from today to a year from now; found: {on:%d-%m-%Y}.",
            ),
            "on",
        )
