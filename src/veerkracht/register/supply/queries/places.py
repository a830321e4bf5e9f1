"""Which places there are and which are free now."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch

from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import kept_from, may
from veerkracht.register.supply import access
from veerkracht.register.supply.models import LIVE_HOLDS, Hold, Service, Unit, UnitClosure
from veerkracht.register.supply.paging import own_first
from veerkracht.register.supply.secrecy import address_of, where
from veerkracht.register.supply.staffing import (
    NOTHING,
    Known,
    Room,
    closed_on,
    in_the_way,
    known,
    open_on,
    room_of,
)

SHOWN = 20


@dataclass(frozen=True)
class HoldView:
    """A hold as its maker and the organisation of the place see it."""

    id: int
    version: int
    state: str
    by: str
    until: datetime
    reference: str
    request: str
    may_confirm: bool
    may_release: bool


@dataclass(frozen=True)
class UnitView:
    """A place. `state`: free, held, taken, closed (`closed_because`: an id of the region's reasons) or unstaffed: free,
    and there is no staff for it. `hold` only for whom it concerns.
    """

    id: int
    name: str
    kind: str
    state: str
    until: datetime | None
    hold: HoldView | None
    sleeps: int = 1
    ward: str = ""
    closed_because: str = ""
    reopens_on: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class ServiceView:
    """`free`: places that can be held now. `staffed`: open places that there is staff for; None: not known. `where`:
    the name of its municipality (`area`), or of its province where the address is secret for the reader. `is_short`:
    each of its free places can be held, but there is no staff for all of them at once.
    """

    id: int
    name: str
    organisation: str
    programme: str
    area: str
    where: str
    address: str
    secret: bool
    confirmed_at: datetime | None
    free: int
    staffed: int | None
    units: tuple[UnitView, ...]
    may_hold: bool
    may_confirm: bool
    may_manage: bool
    is_short: bool


@dataclass(frozen=True)
class PlacePage:
    """Services: those of one's own organisation first, then by name. `after`: what to ask for the next page; "" on the
    last.
    """

    services: tuple[ServiceView, ...]
    after: str


def places(actor: Actor, programme: str = "", *, after: str = "", size: int = SHOWN) -> PlacePage:
    """The services that an actor may know of with their open places, page by page: their own organisation's first.

    Raises `Refused` for who may see no places, and `Invalid` for a page that isn't there.
    """
    found = access.list_services(actor, programme)
    found = found.select_related("organisation", "location").prefetch_related(_open_units())
    rows = list(own_first(found, actor.organisation_id, after)[: size + 1])
    shown = rows[:size]
    kept = frozenset(kept_from(actor))
    staff = known([service.pk for service in shown], clock.today())
    views = tuple(_service(actor, service, kept, staff.get(service.pk, NOTHING)) for service in shown)
    return PlacePage(views, str(shown[-1].pk) if len(rows) > size else "")


def _open_units() -> Prefetch:
    live = Hold.objects.filter(in_the_way(), state__in=LIVE_HOLDS).select_related("membership", "request")
    today = clock.today()
    closures = UnitClosure.objects.filter(closed_on(today))
    units = Unit.objects.filter(open_on(today)).order_by("name", "id")
    found = units.prefetch_related(
        Prefetch("holds", live, to_attr="live_holds"), Prefetch("closures", closures, to_attr="closed_now")
    )
    return Prefetch("units", found, to_attr="open_units")


def _service(actor: Actor, service: Service, kept: frozenset[int], staff: Known) -> ServiceView:
    """`kept`: the restricted people of whom the actor may not know; a place that is held for them is held, no more."""
    room = room_of(
        service.programme,
        [(unit.kind, bool(unit.live_holds)) for unit in service.open_units if not _is_closed(unit)],
        staff,
        clock.today(),
    )
    ours = access.is_of(actor, service)
    may_hold = may("place.hold", actor, service.programme)
    may_confirm = ours and may("place.confirm", actor, service.programme)
    units = tuple(_unit(actor, service, unit, may_hold, may_confirm, kept) for unit in service.open_units)
    units = tuple(_with_staff(unit, room) for unit in units)
    free = sum(unit.state == "free" for unit in units)
    return ServiceView(
        id=service.pk,
        name=service.name,
        organisation=service.organisation.name,
        programme=service.programme,
        area=service.area if ours or not service.secret else "",
        where=where(actor, service),
        address=address_of(actor, service),
        secret=service.secret,
        confirmed_at=service.places_confirmed_at,
        free=sum(room.fits()) if room else free,
        staffed=room.staffed() if room else None,
        units=units,
        may_hold=may_hold,
        may_confirm=may_confirm,
        may_manage=ours and may("place.manage", actor, service.programme),
        is_short=room is not None and sum(room.fits()) < free,
    )


def _is_closed(unit: Unit) -> bool:
    """Closed for a while, and nobody is in it any more."""
    return bool(unit.closed_now) and not unit.live_holds


def _with_staff(unit: UnitView, room: Room | None) -> UnitView:
    has_none = unit.state == "free" and room is not None and not room.takes(unit.kind)
    return replace(unit, state="unstaffed") if has_none else unit


def _unit(
    actor: Actor, service: Service, unit: Unit, may_hold: bool, may_confirm: bool, kept: frozenset[int]
) -> UnitView:
    live = unit.live_holds[0] if unit.live_holds else None
    about = {"sleeps": unit.sleeps, "ward": unit.ward, "last_day": unit.until_date}
    if _is_closed(unit):
        closure = unit.closed_now[0]
        closed = {"closed_because": closure.reason, "reopens_on": closure.reopens_on}
        return UnitView(unit.pk, unit.name, unit.kind, "closed", None, None, **about, **closed)
    if live is None:
        return UnitView(unit.pk, unit.name, unit.kind, "free", None, None, **about)
    # Already read: without this the rows would be asked for again.
    live.unit, unit.service = unit, service
    view = None
    is_kept = live.request is not None and live.request.person_id in kept
    if access.concerns(actor, live) and not is_kept:
        view = HoldView(
            id=live.pk,
            version=live.version,
            state=live.state,
            by=live.by_name,
            until=live.until,
            reference=live.reference,
            request=live.request.number if live.request else "",
            may_confirm=may_confirm and live.state == "held",
            may_release=may_hold,
        )
    held = live.state == "held"
    until = live.until if held else None
    return UnitView(unit.pk, unit.name, unit.kind, "held" if held else "taken", until, view, **about)
