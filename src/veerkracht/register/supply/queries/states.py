"""What there is of places on a day: how many of each kind at each service are taken, held, closed and why, or free."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When

from veerkracht.register import clock
from veerkracht.register.supply.models import Hold, Recognition, Stay, Unit, UnitClosure
from veerkracht.register.supply.staffing import closed_on, in_the_way, open_on

TAKEN, HELD, CLOSED, FREE = STATES = ("taken", "held", "closed", "free")


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
    states = units.annotate(
        why=Subquery(closures.values("reason")[:1]),
        state=Case(
            When(Exists(stays), then=Value(TAKEN)),
            When(is_held, then=Value(HELD)),
            When(why__isnull=False, then=Value(CLOSED)),
            default=Value(FREE),
            output_field=CharField(),
        ),
    )
    counted = states.values("service", "kind", "state", reason=F("why"))
    # By what is counted by: any other expression would be grouped by as well, with the place itself.
    rows = counted.annotate(count=Count("pk"), people=Sum("sleeps")).order_by(
        "service", "kind", "state", "reason"
    )
    found: dict[int, list[Group]] = {}
    for row in rows:
        reason = (row["reason"] or "") if row["state"] == CLOSED else ""
        group = Group(row["kind"], row["state"], reason, row["count"], row["people"])
        found.setdefault(row["service"], []).append(group)
    return found


def recognitions(services: Collection[int], on: date) -> dict[int, Recognition]:
    """By service, the recognition that holds on a day; one query. Of one day the last recorded."""
    rows = Recognition.objects.filter(service__in=services, holds_from__lte=on)
    return {row.service_id: row for row in rows.order_by("holds_from", "recorded_at", "pk")}
