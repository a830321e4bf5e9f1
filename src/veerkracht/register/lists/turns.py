"""When a turn at a home is likely: how many places come free there in a year, from what is known of that home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, Q, Sum, Value
from django.db.models.functions import Coalesce, Greatest, Least
from scipy.stats import gamma

from veerkracht.forecast.services import TurnRange, turn_at
from veerkracht.region.homes import Share
from veerkracht.register.lists.rules import lists
from veerkracht.register.residence.models import Residence

_BACK = timedelta(days=365)
# Nine times out of ten between the first and the last, as every range of a region's files.
_RANGE = (0.05, 0.5, 0.95)
# Keys of an order by which nobody who comes later goes first.
_BY_DATE = {"list_date", "registered_on", "id"}


@dataclass(frozen=True)
class Turnover:
    """Who lives in a home now, and what it saw in the last year: residents who left, and years lived by all."""

    residents: int
    left: int
    lived: float


def turnover(services: Sequence[int], on: date) -> dict[int, Turnover]:
    """By service, in one query; nothing for one where nobody lived."""
    begin = on - _BACK
    last = Least(Coalesce("until_date", Value(on)), Value(on))
    lived = ExpressionWrapper(last - Greatest("from_date", Value(begin)), output_field=DurationField())
    found = Residence.objects.filter(service__in=services, from_date__lte=on).exclude(until_date__lte=begin)
    rows = found.values("service").annotate(
        living=Count("pk", filter=Q(until_date=None) | Q(until_date__gt=on)),
        left=Count("pk", filter=Q(until_date__lte=on)),
        lived=Sum(lived),
    )
    return {
        row["service"]: Turnover(row["living"], row["left"], row["lived"] / _BACK)
        for row in rows.order_by("service")
    }


def vacancies_a_year(seen: Turnover, vacated: Share) -> tuple[float, float, float] | None:
    """Low, middle and high of the places that come free in a year; None where nobody lives.

    What the region's file says of all homes is the prior, a Gamma distribution with that middle and that width; what
    this home saw in the last year weighs in by Poisson counts, so a home with little history keeps the region's range.
    """
    if not seen.residents or not vacated.value:
        return None
    # Nine of ten between low and high: 3.29 standard deviations apart.
    spread = max((vacated.high - vacated.low) / 3.29, 1e-6)
    years = vacated.value / spread**2
    shape = vacated.value * years
    low, middle, high = gamma.ppf(_RANGE, shape + seen.left, scale=1 / (years + seen.lived))
    return seen.residents * low, seen.residents * middle, seen.residents * high


def likely_turn(ahead: int, seen: Turnover | None, by: Sequence[str], on: date) -> TurnRange | None:
    """When the turn of who has so many ahead of them is likely; None when nothing is known. `by`: the home's order."""
    found = lists()
    vacancies = vacancies_a_year(seen, found.vacated) if seen else None
    return turn_at(
        ahead,
        vacancies,
        on=on,
        skipped=found.skipped.known,
        **({} if set(by) <= _BY_DATE else {"overtaken": found.overtaken.known}),
    )
