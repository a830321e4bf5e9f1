"""What a desk sees: its calls, one call, one search as it is now, and whom to call back."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from veerkracht.register import clock
from veerkracht.register.crisis import access, identities
from veerkracht.register.crisis.identities import Identity
from veerkracht.register.crisis.models import Call, CallBack, Consult, NoneFound, Search, SearchStep, Shift
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.paging import NO_PAGE
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.sealing import opened
from veerkracht.register.supply.models import Hold

SHOWN = 20


@dataclass(frozen=True)
class CallLine:
    """A call in the list: nobody by name, nor where they are placed."""

    number: str
    at: datetime
    channel: str
    caller: str
    area: str
    topics: tuple[str, ...]
    anonymous: bool
    by: str
    advised: bool
    searches: tuple[Search, ...]


@dataclass(frozen=True)
class CallPage:
    """Calls, last first. `after`: what to ask for the next page; "" on the last."""

    calls: tuple[CallLine, ...]
    after: str


@dataclass(frozen=True)
class CallView:
    """One call whole. `known`: who it is about by name, for its own desk only."""

    call: Call
    known: tuple[Identity, ...]
    consult: Consult | None
    searches: tuple[Search, ...]


@dataclass(frozen=True)
class Held:
    """What a search holds or found. `address`, `phone`: of the service; "" when it gave none, or they may not be seen.

    `until`: when a hold ends; None once it is confirmed.
    """

    service_id: int
    service: str
    organisation: str
    units: tuple[str, ...]
    until: datetime | None
    phone: str
    address: str


@dataclass(frozen=True)
class SearchView:
    """One search as it is now. `state`: a hold whose time is up is `open` again, also before that is written down."""

    search: Search
    state: str
    held: Held | None
    steps: tuple[SearchStep, ...]
    none_found: NoneFound | None
    avoid_names: tuple[str, ...]


@dataclass(frozen=True)
class CallBackLine:
    """Whom to call back. `how`, `safe`: by which number, and when it is safe to."""

    id: int
    version: int
    call: str
    due_at: datetime
    is_late: bool
    how: str
    safe: str


def call_page(actor: Actor, *, after: str = "", size: int = SHOWN) -> CallPage:
    """The calls of an actor's own desk; two queries for however many.

    Raises `Refused`, and `Invalid` for a page that isn't there.
    """
    found = access.list_calls(actor)
    if after:
        found = found.filter(_beyond(found, after))
    searches = Prefetch("searches", Search.objects.order_by("pk"))
    rows = list(found.select_related("consult").prefetch_related(searches)[: size + 1])
    lines = tuple(_line(call) for call in rows[:size])
    return CallPage(lines, rows[size - 1].number if len(rows) > size else "")


def call_view(actor: Actor, number: str) -> CallView:
    """One call of one's own desk with who it is about. Raises `Refused`, the same whether it exists or not."""
    call = access.get_call(actor, number)
    return CallView(
        call,
        tuple(identities.known(call)),
        Consult.objects.filter(call=call).first(),
        tuple(call.searches.order_by("pk")),
    )


def search_view(actor: Actor, number: str, *, with_address: bool = True) -> SearchView:
    """One search of one's own desk. Raises `Refused`, the same whether it exists or not.

    The address of a secret service is opened only once its place is confirmed, and the log says that it was looked at.
    Without `with_address` no address or phone number of a service is opened at all.
    """
    search = access.get_search(actor, number)
    holds = Hold.objects.filter(of_search__search=search).select_related(
        "unit__service__organisation", "unit__service__location", "unit__service__shelter"
    )
    live = [hold for hold in holds.order_by("pk") if _is_live(hold)]
    has_lapsed = search.state == Search.State.HELD and not live
    return SearchView(
        search=search,
        state=Search.State.OPEN if has_lapsed else search.state,
        held=_held(actor, search, live, with_address) if live else None,
        steps=tuple(search.steps.select_related("service").order_by("sequence")),
        none_found=NoneFound.objects.filter(search=search).first(),
        avoid_names=tuple(identities.names_to_avoid(search)),
    )


def call_backs(actor: Actor) -> list[CallBackLine]:
    """Whom one's own desk still has to call back, the first due first. Raises `Refused`."""
    calls = access.list_calls(actor).order_by()
    record(actor, "list", "callback")
    due = CallBack.objects.filter(call__in=calls, done_at=None).select_related("call")
    now = clock.now()
    return [_call_back(one, now) for one in due.order_by("due_at", "pk")]


def duty(actor: Actor) -> Shift | None:
    """The shift in which an actor works now; None for none."""
    return access.on_duty(actor)


def _beyond(calls, after: str) -> Q:
    last = calls.filter(number=after).first()
    if last is None:
        raise Invalid(NO_PAGE, "after")
    return Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk)


def _line(call: Call) -> CallLine:
    return CallLine(
        number=call.number,
        at=call.at,
        channel=call.channel,
        caller=call.caller,
        area=call.area,
        topics=tuple(call.topics),
        anonymous=call.anonymous,
        by=call.by_name,
        advised=hasattr(call, "consult"),
        searches=tuple(call.searches.all()),
    )


def _is_live(hold: Hold) -> bool:
    return hold.state == Hold.State.CONFIRMED or (hold.state == Hold.State.HELD and hold.until > clock.now())


def _held(actor: Actor, search: Search, live: list[Hold], with_address: bool) -> Held:
    service = live[0].unit.service
    is_placed = search.state == Search.State.PLACED
    shelter = getattr(service, "shelter", None)
    has_phone = with_address and shelter is not None and shelter.phone
    return Held(
        service_id=service.pk,
        service=service.name,
        organisation=service.organisation.name,
        units=tuple(dict.fromkeys(hold.unit.name for hold in live)),
        until=None if is_placed else min(hold.until for hold in live),
        phone=opened(shelter.phone) if has_phone else "",
        address=_address(actor, service) if is_placed and with_address else "",
    )


def _address(actor: Actor, service) -> str:
    """Where a service is: for the desk that confirmed the place."""
    location = service.location
    if location is None:
        return ""
    if location.secret:
        record(actor, "read", location, fields=["hidden-address"])
        return opened(location.sealed_address) if location.sealed_address else ""
    return str(location.address)


def _call_back(one: CallBack, now: datetime) -> CallBackLine:
    found = json.loads(opened(one.sealed))
    return CallBackLine(
        one.pk,
        one.version,
        one.call.number,
        one.due_at,
        one.due_at < now,
        found.get("how", ""),
        found.get("safe", ""),
    )
