"""Days of places and of people within a span, by service: what a year's occupancy is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from veerkracht.register import clock
from veerkracht.register.day_counts import DaysBetween
from veerkracht.register.residence.models import ResidenceEvent
from veerkracht.register.residence.rules import rules
from veerkracht.register.supply.models import Recognition, Stay, Unit, UnitClosure

_DAY = timedelta(days=1)
Kind = ResidenceEvent.Kind


@dataclass(frozen=True)
class Span:
    """Days from `first` up to, and without, `end`."""

    first: date
    end: date

    @classmethod
    def until_today(cls, first: date, last: date) -> "Span":
        """From a day up to and including another, as far as these days are over."""
        return cls(first, max(first, min(last + _DAY, clock.today())))

    @property
    def last(self) -> date:
        return self.end - _DAY

    def days(self, from_: date, until: date | None) -> int:
        """How many of its days lie from a day up to, and without, another."""
        return max(0, (min(until or self.end, self.end) - max(from_, self.first)).days)

    def each(self, from_: date, until: date | None) -> list[date]:
        """Those of its days, as `days` counts them."""
        first = max(from_, self.first)
        return [first + place * _DAY for place in range(self.days(from_, until))]


def occupied(services: Iterable[int], over: Span) -> Mapping[int, int]:
    """Days on which people had a place; one query."""
    rows = Stay.objects.filter(unit__service__in=services)
    return _summed(rows, "unit__service", over, "until_date")


def open_places(services: Iterable[int], over: Span) -> Mapping[int, int]:
    """Days of open places, each as often as it sleeps people, without those on which it was closed; three queries.

    As on a day: who still is in a closed place has it, so on those days it is open.
    """
    services = list(services)
    units = Unit.objects.filter(service__in=services)
    there = _summed(units, "service", over, "until_date", times="sleeps")
    closures = UnitClosure.objects.filter(unit__service__in=services)
    closed = _summed(closures, "unit__service", over, "reopens_on", times="unit__sleeps")
    still = _still_taken(closures, over)
    return {id: found - closed.get(id, 0) + still.get(id, 0) for id, found in there.items()}


def _still_taken(closures: QuerySet[UnitClosure], over: Span) -> dict[int, int]:
    """Days of closed places in which somebody still was; one query. These are few: a place is closed when it is empty,
    but who comes before a day of closing that was planned may still be there.
    """
    beyond = Q(reopens_on=None) | Q(unit__stays__from_date__lt=F("reopens_on"))
    meets = Q(unit__stays__until_date=None) | Q(unit__stays__until_date__gt=F("from_date"))
    rows = closures.filter(beyond, meets, unit__stays__isnull=False).values_list(
        "pk",
        "unit__service",
        "unit__sleeps",
        "from_date",
        "reopens_on",
        "unit__stays__from_date",
        "unit__stays__until_date",
    )
    days: dict[tuple[int, int, int], set[date]] = {}
    for pk, service, sleeps, shut, opens, came, left in rows:
        # Of two in one room each day of the room counts once.
        last = min(one for one in (opens, left, over.end) if one is not None)
        days.setdefault((pk, service, sleeps), set()).update(over.each(max(shut, came), last))
    found: dict[int, int] = {}
    for (_pk, service, sleeps), taken in days.items():
        found[service] = found.get(service, 0) + sleeps * len(taken)
    return found


def recognised(services: Iterable[int], over: Span) -> Mapping[int, int]:
    """Days of recognised places; nothing for a service of which nobody said so before the span's end; one query."""
    rows = Recognition.objects.filter(service__in=services, holds_from__lt=over.end)
    found: dict[int, list[tuple[date, int]]] = {}
    for service, day, places in rows.order_by("holds_from", "recorded_at", "pk").values_list(
        "service", "holds_from", "places"
    ):
        found.setdefault(service, []).append((day, places))
    return {service: _stepwise(steps, over) for service, steps in found.items()}


def not_billed(services: Iterable[int], over: Span) -> Mapping[int, int]:
    """Days on which a resident was away for what the region does not bill; one query."""
    unbilled = [one.id for one in rules().absences.values() if not one.billed]
    after = ResidenceEvent.objects.filter(
        residence=OuterRef("residence"), pk__gt=OuterRef("pk"), kind__in=[Kind.RETURNED, Kind.ENDED]
    )
    left = ResidenceEvent.objects.filter(
        kind=Kind.LEFT, reason__in=unbilled, residence__service__in=services, holds_from__lt=over.end
    )
    away = left.annotate(until=Subquery(after.order_by("pk").values("holds_from")[:1]))
    return _summed(away, "residence__service", over, "until", begin="holds_from")


def _stepwise(steps: list[tuple[date, int]], over: Span) -> int:
    """Days of places that are so many from each day on, until the next."""
    ends = [day for day, _places in steps[1:]] + [over.end]
    return sum(places * over.days(day, end) for (day, places), end in zip(steps, ends, strict=True))


def _summed(
    rows: QuerySet, service: str, over: Span, end: str, *, begin: str = "from_date", times: str = ""
) -> dict[int, int]:
    """The days within a span from a beginning up to, and without, an end (None: it goes on), by service.

    `times`: what each row counts for. Rows that say their last day (`until_date` of a unit) count it too.
    """
    lasts = Q(**{end: None}) | Q(**{f"{end}__gte": over.first})
    there = rows.filter(lasts, **{f"{begin}__lt": over.end})
    days = DaysBetween(
        Greatest(begin, Value(over.first)), Least(Coalesce(end, Value(over.end)), Value(over.end))
    )
    if rows.model is Unit:
        days += Case(When(**{f"{end}__lt": over.end}, then=Value(1)), default=Value(0))
    each = days * F(times) if times else days
    found = there.values(of=F(service)).annotate(days=Sum(each)).order_by("of")
    return dict(found.values_list("of", "days"))
