"""What there is of places on a day: how many of each kind at each service are taken, held, closed and why, or free."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Concat

from veerkracht.register import clock
from veerkracht.register.supply.models import Hold, Recognition, Stay, Unit, UnitClosure
from veerkracht.register.supply.staffing import closed_on, in_the_way, open_on

TAKEN, HELD, CLOSED, FREE = STATES = ("taken", "held", "closed", "free")
_CLOSED_FOR = "closed for "


@dataclass(frozen=True)
class Group:
    """Units of one kind in one state. `reason`: why they are closed; `sleeps`: for how many people together."""

    kind: str
    state: str
    reason: str
    count: int
    sleeps: int


def groups(services: Collection[int], on: date) -> dict[int, list[Group]]:
    """By service, what there is of its places on a day; one query. What is held is known of today only.

    Who still is in a closed place has it: so it is taken, not closed.
    """
    stays = Stay.objects.filter(unit=OuterRef("pk"), from_date__lte=on).exclude(until_date__lte=on)
    held = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    closures = UnitClosure.objects.filter(closed_on(on), unit=OuterRef("pk")).order_by("from_date")
    units = Unit.objects.filter(open_on(on), service__in=services)
    is_held = Exists(held) if on == clock.today() else Q(pk=None)
    # Why it is closed is looked up only of what nobody has or holds: most places are taken.
    why = closures.annotate(why=Concat(Value(_CLOSED_FOR), "reason")).values("why")[:1]
    states = units.annotate(
        state=Case(
            When(Exists(stays), then=Value(TAKEN)),
            When(is_held, then=Value(HELD)),
            default=Coalesce(Subquery(why), Value(FREE)),
            output_field=CharField(),
        )
    )
    counted = states.values("service", "kind", "state").annotate(count=Count("pk"), people=Sum("sleeps"))
    found: dict[int, list[Group]] = {}
    for service, *row in counted.order_by("service", "kind", "state").values_list(
        "service", "kind", "state", "count", "people"
    ):
        found.setdefault(service, []).append(_group(*row))
    return found


def _group(kind: str, state: str, count: int, people: int) -> Group:
    if state.startswith(_CLOSED_FOR):
        return Group(kind, CLOSED, state.removeprefix(_CLOSED_FOR), count, people)
    return Group(kind, state, "", count, people)


@dataclass(frozen=True)
class ClosedPlaces:
    """Units of a service that are closed for a `reason` until a day; None: nobody said until when."""

    service: int
    reason: str
    reopens_on: date | None
    count: int


def closed_places(services: Collection[int], on: date) -> list[ClosedPlaces]:
    """The places that are closed on a day and in which nobody still is; one query."""
    stays = Stay.objects.filter(unit=OuterRef("pk"), from_date__lte=on).exclude(until_date__lte=on)
    empty = Unit.objects.filter(open_on(on), ~Exists(stays), service__in=services)
    by = ("unit__service", "reason", "reopens_on")
    rows = UnitClosure.objects.filter(closed_on(on), unit__in=empty).values(*by).annotate(count=Count("pk"))
    return [ClosedPlaces(*row) for row in rows.order_by(*by).values_list(*by, "count")]


def recognitions(services: Collection[int], on: date) -> dict[int, Recognition]:
    """By service, the recognition that holds on a day; one query. Of one day the last recorded."""
    rows = Recognition.objects.filter(service__in=services, holds_from__lte=on)
    return {row.service_id: row for row in rows.order_by("holds_from", "recorded_at", "pk")}
