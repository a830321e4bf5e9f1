"""Days of places and of people within a span, by service: what a year's occupancy is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from veerkracht.register import clock
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


def occupied(services: Iterable[int], over: Span) -> Mapping[int, int]:
    """Days on which people had a place; one query."""
    rows = Stay.objects.filter(unit__service__in=services)
    return _summed(rows, "unit__service", over, "until_date")


def open_places(services: Iterable[int], over: Span) -> Mapping[int, int]:
    """Days of open places, each as often as it sleeps people, without those on which it was closed; two queries."""
    services = list(services)
    units = Unit.objects.filter(service__in=services)
    there = _summed(units, "service", over, "until_date", times="sleeps")
    closures = UnitClosure.objects.filter(unit__service__in=services)
    closed = _summed(closures, "unit__service", over, "reopens_on", times="unit__sleeps")
    return {service: found - closed.get(service, 0) for service, found in there.items()}


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
    rows = left.annotate(until=Subquery(after.order_by("pk").values("holds_from")[:1]))
    found: dict[int, int] = {}
    for service, from_, until in rows.values_list("residence__service", "holds_from", "until").iterator():
        found[service] = found.get(service, 0) + over.days(from_, until)
    return found


def _stepwise(steps: list[tuple[date, int]], over: Span) -> int:
    """Days of places that are so many from each day on, until the next."""
    ends = [day for day, _places in steps[1:]] + [over.end]
    return sum(places * over.days(day, end) for (day, places), end in zip(steps, ends, strict=True))


def _summed(rows: QuerySet, service: str, over: Span, end: str, *, times: str = "") -> dict[int, int]:
    """The days within a span from `from_date` up to, and without, an end (None: it goes on), by service.

    `times`: what each row counts for. Rows that say their last day (`until_date` of a unit) count it too.
    """
    there = rows.filter(Q(**{end: None}) | Q(**{f"{end}__gte": over.first}), from_date__lt=over.end)
    # Most rows lie over the whole span or begin and end as others do: few differ once they are cut to it, and days are
    # counted here, since SQLite would call back for each.
    cut = {
        "begins": Greatest("from_date", Value(over.first)),
        "ends": Least(Coalesce(end, Value(over.end)), Value(over.end)),
    }
    last_days = Count("pk", filter=Q(**{f"{end}__lt": over.end}))
    by = there.values(of=F(service), each=F(times) if times else Value(1), **cut)
    found: dict[int, int] = {}
    for row in by.annotate(count=Count("pk"), last_days=last_days).order_by("of"):
        days = row["count"] * (row["ends"] - row["begins"]).days
        days += row["last_days"] if rows.model is Unit else 0
        found[row["of"]] = found.get(row["of"], 0) + row["each"] * days
    return found
