"""Places by area, and service by service: what a planner sees, with what is expected free on a day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import access
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.paging import beyond
from veerkracht.register.supply.queries.capacity import Capacity, capacity, capacity_of
from veerkracht.register.supply.queries.expected import Expected, expected_free, expected_of
from veerkracht.register.supply.queries.states import Group, groups
from veerkracht.register.supply.secrecy import where
from veerkracht.rulebook.types import Text

SHOWN = 25
HEADS = (
    "service", "organisation", "programme", "kind", "area", "recognised", "extra", "open", "people", "staffed",
    "occupied", "held", "free", "closed", "closed_because", "confirmed_at",
)  # fmt: skip


@dataclass(frozen=True)
class AreaCapacity:
    """The places of all services in an area together. `unknown_recognised`, `unknown_staffed`: open places of services
    of which it is not known how many are recognised or staffed; the numbers are of the others. `people` and
    `people_staffed`: for how many people the open and the staffed ones are.
    """

    area: str
    name: str
    services: int = 0
    recognised: int = 0
    extra: int = 0
    unknown_recognised: int = 0
    places: int = 0
    open: int = 0
    closed: Mapping[str, int] = field(default_factory=dict)
    staffed: int = 0
    unknown_staffed: int = 0
    people: int = 0
    people_staffed: int = 0
    occupied: int = 0
    held: int = 0
    free: int = 0
    expected: Expected | None = None


@dataclass(frozen=True)
class ServiceCapacity:
    """A service with its places. `where`: its municipality, or its province where the address is secret."""

    service: Service
    where: str
    places: Capacity
    expected: Expected | None


@dataclass(frozen=True)
class CapacityPage:
    """Services by name. `after`: what to ask for the next page; "" on the last."""

    rows: tuple[ServiceCapacity, ...]
    after: str


def by_area(
    actor: Actor,
    programme: str = "",
    on: date | None = None,
    level: str = "province",
    *,
    ahead: date | None = None,
) -> list[AreaCapacity]:
    """Places by area of a level (`areas.SETS`), by the area's name; as many queries for however many services.

    `ahead`: the day for which is said what is expected free. Services at a secret address are counted for their own
    organisation only. Raises `Refused`, and `Invalid` for a level that isn't there.
    """
    services = list(access.list_counted_services(actor, programme))
    there = groups([one.pk for one in services], on or clock.today())
    return of_services(services, there, on, level, ahead=ahead)


def of_services(
    services: Sequence[Service],
    there: Mapping[int, list[Group]],
    on: date | None = None,
    level: str = "province",
    *,
    ahead: date | None = None,
) -> list[AreaCapacity]:
    """As `by_area`, of services that the reader may count, from what is `there` on that day (`groups`).

    Raises `Invalid` for a level that is none.
    """
    if level not in areas.SETS:
        raise Invalid(
            Text(nl=f"Er is geen soort gebied “{level}”.", en=f"There is no level “{level}”."), "level"
        )
    today = clock.today()
    found = capacity_of(services, on or today, there)
    table = areas.table()
    of_level = dict(zip(table["code"], table[areas.SETS[level]], strict=True))
    by_code: dict[str, list[Service]] = {}
    for service in services:
        by_code.setdefault(of_level.get(service.area) or "", []).append(service)
    now = there if on in (None, today) else None
    expected = expected_of(by_code, ahead, now) if ahead else {}
    names = dict(areas.choices(level))
    totals = [
        _total([found[one.pk] for one in ones], code, names.get(code) or code, expected.get(code))
        for code, ones in by_code.items()
    ]
    return sorted(totals, key=lambda one: (one.name, one.area))


def whole(found: Iterable[AreaCapacity], expected: Expected | None = None) -> AreaCapacity:
    """All areas together."""
    found, closed = list(found), Counter[str]()
    for one in found:
        closed.update(one.closed)
    summed = {name: sum(getattr(one, name) for one in found) for name in _SUMMED}
    return AreaCapacity("", "", closed=dict(sorted(closed.items())), expected=expected, **summed)


def service_page(
    actor: Actor,
    programme: str = "",
    *,
    ahead: date | None,
    after: str = "",
    size: int = SHOWN,
    on: date | None = None,
) -> CapacityPage:
    """A page of services with their places on a day (today). `ahead`: as for `by_area`.

    Raises `Refused`, and `Invalid` for a page that isn't there.
    """
    found = access.list_counted_services(actor, programme).select_related("location")
    rows = list(beyond(found, after)[: size + 1])
    shown = rows[:size]
    places, expected = capacity(shown, on), expected_free(shown, ahead) if ahead else {}
    views = (ServiceCapacity(one, where(actor, one), places[one.pk], expected.get(one.pk)) for one in shown)
    return CapacityPage(tuple(views), str(shown[-1].pk) if len(rows) > size else "")


def exported(actor: Actor, programme: str = "", on: date | None = None) -> list[tuple[object, ...]]:
    """A row for each service on a day (today), in the columns of `HEADS`; None for what is not known. `people`: for how
    many the open places are. Nothing at a secret address.

    Raises `Refused`.
    """
    open_ones = Q(location=None) | Q(location__secret=False)
    services = list(access.list_counted_services(actor, programme).filter(open_ones, secret=False))
    found, is_today = capacity(services, on), on in (None, clock.today())
    return [_row(service, found[service.pk], is_today) for service in services]


def _row(service: Service, places: Capacity, is_today: bool) -> tuple[object, ...]:
    about = (service.name, service.organisation.name, service.programme, service.kind, service.area)
    counts = (
        places.recognised,
        places.extra,
        places.open,
        places.people,
        places.staffed,
        places.occupied,
        places.held if is_today else None,
        places.free,
    )
    why = "; ".join(f"{reason}: {count}" for reason, count in places.closed.items())
    return (*about, *counts, sum(places.closed.values()), why, places.told_at)


_SUMMED = (
    "services", "recognised", "extra", "unknown_recognised", "places", "open", "staffed", "unknown_staffed", "occupied",
    "held", "free", "people", "people_staffed",
)  # fmt: skip


def _total(ones: list[Capacity], area: str, name: str, expected: Expected | None) -> AreaCapacity:
    return replace(whole(map(_alone, ones), expected), area=area, name=name)


def _alone(one: Capacity) -> AreaCapacity:
    return AreaCapacity(
        area="",
        name="",
        services=1,
        recognised=one.recognised or 0,
        extra=one.extra or 0,
        unknown_recognised=one.open if one.recognised is None else 0,
        places=one.places,
        open=one.open,
        closed=one.closed,
        staffed=one.staffed or 0,
        unknown_staffed=one.open if one.staffed is None else 0,
        occupied=one.occupied,
        held=one.held,
        free=one.free,
        people=one.people,
        people_staffed=one.people_staffed or 0,
    )
