"""Places that nobody has and that are no vacancy: which, and why they do not become one by themselves."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.offers.models import LIVE_VACANCIES, Vacancy
from veerkracht.register.offers.rules import rules_of
from veerkracht.register.supply.models import Hold, Service, Unit, UnitClosure
from veerkracht.register.supply.staffing import (
    NOTHING,
    closed_on,
    free_of_closure,
    in_the_way,
    known,
    norms_of,
    open_on,
    room_of,
)

CLOSED, ENDING, WITHDRAWN, STAFF = ("closed", "ending", "withdrawn", "staff")


@dataclass(frozen=True)
class Idle:
    """A place that is free and no vacancy. `why`: "closed" (for `reason`, until it `reopens_on`), "ending" (it is gone
    before anybody could come), "withdrawn" (the home took it off the vacancies), "staff" (there is none for it), or ""
    when nothing keeps it from being one.
    """

    unit: Unit
    why: str
    reason: str = ""
    reopens_on: date | None = None


def free_units(services: Collection[int]) -> QuerySet[Unit]:
    """Open places of services that nobody has or holds, not closed today, and not among the vacancies."""
    return _unlisted().filter(free_of_closure(clock.today()), service__in=services)


def idle(services: Iterable[Service], which: Q | None = None) -> list[Idle]:
    """The idle places of services, by number; `which`: of those alone. At most three queries for however many.

    Services whose places the region does not offer have none.
    """
    offered = {one.pk: one for one in services if one.programme in region.current().offers}
    units = _with_whys(_unlisted().filter(which or Q(), service__in=offered))
    found = [_idle(unit, offered[unit.service_id]) for unit in units.order_by("pk")]
    staffed = _staffed([one.unit for one in found if not one.why], offered)
    return [one if one.why or staffed[one.unit.pk] else Idle(one.unit, STAFF) for one in found]


def ready_after(programme: str, from_date: date) -> date:
    """The day on which a place that comes free can be lived in again, by the region's days of turnover."""
    return from_date + timedelta(days=rules_of(programme).number("turnover-days", clock.today()))


def _unlisted() -> QuerySet[Unit]:
    live = Vacancy.objects.filter(unit=OuterRef("pk"), state__in=LIVE_VACANCIES)
    taken = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    return Unit.objects.filter(~Exists(live), ~Exists(taken), open_on(clock.today()))


def _with_whys(units: QuerySet[Unit]) -> QuerySet[Unit]:
    today = clock.today()
    closures = UnitClosure.objects.filter(unit=OuterRef("pk"))
    closed = closures.filter(closed_on(today)).order_by("from_date")
    reopened = closures.filter(reopens_on__lte=today).order_by("-reopens_on")
    last = Vacancy.objects.filter(unit=OuterRef("pk")).order_by("-pk")
    left = Hold.objects.filter(unit=OuterRef("pk"), state="released", stay__isnull=False).order_by(
        "-updated_at"
    )
    return units.annotate(
        closed_for=Subquery(closed.values("reason")[:1]),
        closed_until=Subquery(closed.values("reopens_on")[:1]),
        reopened_on=Subquery(reopened.values("reopens_on")[:1]),
        left_at=Subquery(left.values("updated_at")[:1]),
        last_state=Subquery(last.values("state")[:1]),
        last_at=Subquery(last.values("updated_at")[:1]),
    )


def _idle(unit: Unit, service: Service) -> Idle:
    if unit.closed_for:
        return Idle(unit, CLOSED, unit.closed_for, unit.closed_until)
    if unit.until_date is not None and unit.until_date < ready_after(service.programme, clock.today()):
        return Idle(unit, ENDING)
    return Idle(unit, WITHDRAWN if _stays_off(unit) else "")


def _stays_off(unit: Unit) -> bool:
    """What the home took off the vacancies stays off, until somebody left the place or it was opened again since."""
    if unit.last_state != Vacancy.State.WITHDRAWN:
        return False
    has_left = unit.left_at is not None and unit.left_at > unit.last_at
    has_reopened = unit.reopened_on is not None and unit.reopened_on >= localdate(unit.last_at)
    return not (has_left or has_reopened)


def _staffed(units: Sequence[Unit], services: dict[int, Service]) -> dict[int, bool]:
    """Of idle places, for which there is staff beside the places that are taken, held or among the vacancies."""
    today = clock.today()
    by_service: dict[int, list[Unit]] = {}
    for unit in units:
        by_service.setdefault(unit.service_id, []).append(unit)
    asked = [id for id in by_service if norms_of(services[id].programme, today)]
    busy, staff = (_busy(asked, today), known(asked, today)) if asked else ({}, {})
    found = {unit.pk: True for unit in units}
    for id in asked:
        places = [*busy.get(id, []), *((unit.kind, False) for unit in by_service[id])]
        room = room_of(services[id].programme, places, staff.get(id, NOTHING), today)
        if room is not None:
            found |= {unit.pk: fits for unit, fits in zip(by_service[id], room.fits(), strict=True)}
    return found


def _busy(services: Collection[int], on: date) -> dict[int, list[tuple[str, bool]]]:
    taken = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    live = Vacancy.objects.filter(unit=OuterRef("pk"), state__in=LIVE_VACANCIES)
    units = Unit.objects.filter(
        Exists(taken) | (Exists(live) & free_of_closure(on)), open_on(on), service__in=services
    )
    rows = units.values("service", "kind").annotate(count=Count("pk")).order_by("service", "kind")
    found: dict[int, list[tuple[str, bool]]] = {}
    for row in rows:
        found.setdefault(row["service"], []).extend([(row["kind"], True)] * row["count"])
    return found
