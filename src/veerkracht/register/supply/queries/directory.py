"""The public directory: who gives what, where, for whom and with what room, derived from the register.

Whoever reads it is nobody in particular: what is at a secret address is not in it, and could not be asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.people import areas
from veerkracht.register.supply import words
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.paging import beyond
from veerkracht.register.supply.queries.staffing import Staffed, staffed_of
from veerkracht.register.supply.queries.states import Group, groups
from veerkracht.register.supply.secrecy import refuse_secret
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.types import Text

SHOWN = 20
MOST = 200


@dataclass(frozen=True)
class Room:
    """Units of one kind. `sleeps`: for how many people together."""

    kind: Text
    units: int
    sleeps: int


@dataclass(frozen=True)
class Entry:
    """A service. `for_whom`: what is asked of who comes, by the programme's conditions.

    `confirmed_on`: when its organisation last said that this stands as it is; `expires_on`: until when that counts.
    `free`: places that can be had at `free_at`; None where nobody confirmed it in time, or it is not known.
    """

    id: int
    name: str
    organisation: str
    enterprise_number: str
    programme: str
    programme_name: Text
    kind: Text
    area: str
    area_name: str
    address: str
    for_whom: tuple[Text, ...]
    rooms: tuple[Room, ...]
    free: int | None
    free_at: datetime
    confirmed_on: date | None
    expires_on: date | None
    is_current: bool
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class DirectoryPage:
    """Entries by name. `after`: what to ask for the next page; "" on the last."""

    entries: tuple[Entry, ...]
    after: str


@dataclass(frozen=True)
class Asked:
    """What is looked for: a programme, a municipality or a larger area by its level, a part of a name."""

    programme: str = ""
    level: str = "municipality"
    area: str = ""
    name: str = ""


def directory(asked: Asked | None = None, *, after: str = "", size: int = SHOWN) -> DirectoryPage:
    """A page of the services that anybody may know of; three queries, four after the first page.

    Raises `Invalid` for an area or a page that isn't there.
    """
    found = _public(asked or Asked())
    rows = list(beyond(found, after)[: min(size, MOST) + 1])
    shown = rows[: min(size, MOST)]
    return DirectoryPage(entries(shown), str(shown[-1].pk) if len(rows) > len(shown) else "")


def all_entries(asked: Asked | None = None) -> tuple[Entry, ...]:
    """All services that are asked for, for a file; three queries. Raises `Invalid` for an area that isn't there."""
    return entries(list(_public(asked or Asked())))


def entry(id: int) -> Entry:
    """One service. Raises `Refused`, the same whether it exists or not."""
    found = list(_public(Asked()).filter(pk=id))
    if not found:
        raise Refused()
    return entries(found)[0]


def entries(services: Sequence[Service]) -> tuple[Entry, ...]:
    """What the directory says of services. Raises `Invalid` when one of them is at a secret address."""
    refuse_secret(services)
    today, now = clock.today(), clock.now()
    there = groups([one.pk for one in services], today)
    staffed = staffed_of(services, today, there, {})
    asked = {id: _for_whom(id, today) for id in {one.programme for one in services}}
    return tuple(
        _entry(one, staffed[one.pk], there.get(one.pk, []), asked[one.programme], now) for one in services
    )


def _public(asked: Asked) -> QuerySet[Service]:
    found = Service.objects.filter(secret=False).filter(Q(location=None) | Q(location__secret=False))
    if asked.programme:
        found = found.filter(programme=asked.programme)
    if asked.area:
        found = found.filter(area__in=areas.codes(asked.level, asked.area))
    if asked.name:
        found = found.filter(Q(name__icontains=asked.name) | Q(organisation__name__icontains=asked.name))
    return found.select_related("organisation", "location").order_by("name", "id")


def _entry(
    service: Service, places: Staffed, there: Iterable[Group], for_whom: tuple[Text, ...], now: datetime
) -> Entry:
    kinds = region.current().kinds_of_help
    confirmed = service.places_confirmed_at
    expires = _expires_on(confirmed)
    is_current = expires is not None and localdate(now) < expires
    return Entry(
        id=service.pk,
        name=service.name,
        organisation=service.organisation.name,
        enterprise_number=service.organisation.enterprise_number or "",
        programme=service.programme,
        programme_name=kinds.get(service.programme, Text(service.programme, service.programme)),
        kind=words.service_kind_name(service.kind),
        area=service.area,
        area_name=areas.names().get(service.area, service.area),
        address=service.location.address if service.location else "",
        for_whom=for_whom,
        rooms=_rooms(there),
        free=_free(places) if is_current else None,
        free_at=now,
        confirmed_on=localdate(confirmed) if confirmed else None,
        expires_on=expires,
        is_current=is_current,
        created_at=service.created_at,
        changed_at=service.changed_at,
    )


def _free(places: Staffed) -> int:
    """Free places, with staff where that is known."""
    return places.free if places.offerable is None else places.offerable


def _expires_on(confirmed: datetime | None) -> date | None:
    places = region.current().places
    if confirmed is None or places is None:
        return None
    return localdate(confirmed) + timedelta(days=places.freshness.days)


def _for_whom(programme: str, on: date) -> tuple[Text, ...]:
    known = region.current().programmes.get(programme)
    if known is None:
        return ()
    return tuple(one.reason for one in all_on(known.conditions, on) if one.reason.en)


def _rooms(there: Iterable[Group]) -> tuple[Room, ...]:
    by_kind: dict[str, tuple[int, int]] = {}
    for group in there:
        units, sleeps = by_kind.get(group.kind, (0, 0))
        by_kind[group.kind] = units + group.count, sleeps + group.sleeps
    return tuple(Room(words.kind_name(kind), *counts) for kind, counts in by_kind.items())
