"""The crisis desk: a call, a search for a place, what fits and why, and what is done with it.

No answer of these holds a name, an address or a phone number: those stand on the pages of one's own desk alone, where
who opens them is written down.
"""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import Asked, Id, Name, Version, Words, answers, changes
from veerkracht.register.crisis import access, actions, needs
from veerkracht.register.crisis.actions.calls import CALL
from veerkracht.register.crisis.actions.searches import SEARCH
from veerkracht.register.crisis.models import Call as Taken
from veerkracht.register.crisis.queries import counts as counting
from veerkracht.register.crisis.queries import desk as queries
from veerkracht.register.crisis.queries.matches import Matches as Found
from veerkracht.register.crisis.queries.matches import matches
from veerkracht.register.supply.access import get_service

router = Router(tags=["desk"])
# Longer than any can be: what is too long is told by the desk's own rules, at its field.
_MOST = 50
Many = Annotated[int, Field(ge=0, le=100_000)]
OfCall = Annotated[str, Field(pattern=rf"^{CALL}-\d{{1,9}}$")]
OfSearch = Annotated[str, Field(pattern=rf"^{SEARCH}-\d{{1,9}}$")]
Note = Annotated[str, Field(max_length=500)]
AreaCode = Annotated[str, Field(max_length=5)]
Listed = Annotated[list[Name], Field(max_length=_MOST)]
Areas = Annotated[list[AreaCode], Field(max_length=_MOST)]


class Call(Schema):
    """A call. `anonymous`: nobody is known by name; a program does not learn who is."""

    number: str
    at: datetime
    channel: str
    caller: str
    area: str
    topics: list[str]
    anonymous: bool
    version: int


class TakenCall(Asked):
    """Ids of the region's file. `reference`: the same one twice is the same call."""

    channel: Name
    caller: Name
    area: AreaCode = ""
    topics: Listed = []
    reference: UUID | None = None


class Wanted(Asked):
    """Who needs what, from where. `children`: their ages; `avoid_names`: kept sealed, and in no answer.

    `schools`: of each child in the sequence of `children`, `works`: of each adult, the municipality; "" of who does not
    mind. `near_area`: one for both, of who does not tell them apart.
    """

    kind: Name
    from_area: AreaCode
    adults: Many = 0
    children: Annotated[list[Many], Field(max_length=_MOST)] = []
    pets: Many = 0
    wheelchair: bool = False
    languages: Listed = []
    nights: Many = 1
    furthest_km: Many | None = None
    schools: Areas = []
    works: Areas = []
    near_area: AreaCode = ""
    avoid_areas: Areas = []
    avoid_names: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=_MOST)] = []
    told_apart: bool = False
    reference: UUID | None = None

    def need(self) -> needs.Need:
        several = ("children", "languages", "schools", "works", "avoid_areas", "avoid_names")
        said = self.dict(exclude={"reference", *several})
        return needs.Need(**said, **{name: tuple(getattr(self, name)) for name in several})


class Held(Schema):
    """What a search holds or found. `until`: when a hold ends; null once it is confirmed."""

    service_id: int
    service: str
    organisation: str
    units: list[str]
    until: datetime | None


class NoneFound(Schema):
    """Why there was no place, and what was done instead. `asked`: how many services were."""

    reason: str
    fallback: str
    asked: int
    at: datetime


class Search(Schema):
    """A search as it is now. `state`: open, held, placed, none or ended. `version`: to send with a change."""

    number: str
    call: str
    kind: str
    persons: int
    state: str
    version: int
    made_at: datetime
    held: Held | None
    none_found: NoneFound | None


class Match(Schema):
    """A service that fits. Of one at a secret address `area` is "" and `km` null: its zone is all that is told."""

    service: int
    name: str
    organisation: str
    secret: bool
    area: str
    zone: Words
    zone_step: int
    km: float | None
    units: list[str]
    beds: int
    spare_beds: int
    told_at: datetime | None
    reasons: list[Words]


class LeftOut(Schema):
    reason: Words
    services: int


class Matches(Schema):
    """In the order in which they are asked. `at`: how old this is."""

    found: list[Match]
    left_out: list[LeftOut]
    at: datetime


class HoldThese(Version):
    service: Id


class Confirm(Version):
    """`transport`: how they come, an id of the region's file."""

    transport: Name = ""
    note: Note = ""


class WithNote(Asked):
    """`note`: in plain words, without a name. `is_sure`: what looks like a name is none."""

    note: Note = ""
    is_sure: bool = False


class Refuse(WithNote):
    service: Id
    reason: Name


class NoPlace(WithNote):
    """Ids of the region's file."""

    reason: Name
    fallback: Name


class CallBack(Schema):
    """Whom to call back, by their call. By which number stands on the page of the desk alone."""

    id: int
    call: str
    due_at: datetime
    is_late: bool
    version: int


class CallBacks(Schema):
    call_backs: list[CallBack]


class CountRow(Schema):
    """`id`: an hour, or an id of the region's file; "" for all together."""

    id: str
    name: Words
    counts: dict[str, int]


class Counts(Schema):
    """`is_exact`: of one's own desk; else of all desks together, and rounded."""

    way: str
    from_date: date
    until_date: date
    columns: list[str]
    rows: list[CountRow]
    total: CountRow
    is_exact: bool


class Counted(Asked):
    """By hour, zone, kind or channel, of the calls from a day up to and including another."""

    by: Name = "zone"
    from_date: date
    until_date: date


@router.post("/desk/calls", response=changes(Call), summary=_("Take a call; it is anonymous"))
def desk_take_call(request: HttpRequest, data: TakenCall) -> Taken:
    told = actions.Told(**{**data.dict(), "topics": tuple(data.topics)})
    return actions.take_call(told, by=caller(request))


@router.post("/desk/calls/{number}/search", response=changes(Search), summary=_("Begin to look for a place"))
def desk_search(request: HttpRequest, number: OfCall, data: Wanted) -> dict[str, Any]:
    actor = caller(request)
    call = access.get_call(actor, number)
    made = actions.search(call, data.need(), by=actor, reference=data.reference)
    return _search(actor, made.number)


@router.get("/desk/searches/{number}", response=answers(Search), summary=_("One search as it is now"))
def desk_one_search(request: HttpRequest, number: OfSearch) -> dict[str, Any]:
    return _search(caller(request), number)


@router.get(
    "/desk/searches/{number}/matches", response=answers(Matches), summary=_("Which places fit, with reasons")
)
def desk_matches(request: HttpRequest, number: OfSearch) -> Found:
    actor = caller(request)
    return matches(actor, access.get_search(actor, number))


@router.post("/desk/searches/{number}/hold", response=changes(Search), summary=_("Hold places for them all"))
def desk_hold(request: HttpRequest, number: OfSearch, data: HoldThese) -> dict[str, Any]:
    actor = caller(request)
    search = access.get_search(actor, number)
    actions.hold_for(search, get_service(actor, data.service), by=actor, version=data.version)
    return _search(actor, number)


@router.post("/desk/searches/{number}/confirm", response=changes(Search), summary=_("They can come"))
def desk_confirm(request: HttpRequest, number: OfSearch, data: Confirm) -> dict[str, Any]:
    return _act(request, number, actions.confirm, data)


@router.post("/desk/searches/{number}/release", response=changes(Search), summary=_("Give back what is held"))
def desk_release(request: HttpRequest, number: OfSearch, data: Version) -> dict[str, Any]:
    return _act(request, number, actions.release, data)


@router.post(
    "/desk/searches/{number}/refuse", response=changes(Search), summary=_("A service does not take them in")
)
def desk_refuse(request: HttpRequest, number: OfSearch, data: Refuse) -> dict[str, Any]:
    actor = caller(request)
    search = access.get_search(actor, number)
    said = data.dict(exclude={"service"})
    actions.refuse(search, get_service(actor, data.service), by=actor, **said)
    return _search(actor, number)


@router.post("/desk/searches/{number}/none-found", response=changes(Search), summary=_("No place was found"))
def desk_none_found(request: HttpRequest, number: OfSearch, data: NoPlace) -> dict[str, Any]:
    return _act(request, number, actions.none_found, data)


@router.get("/desk/call-backs", response=answers(CallBacks), summary=_("Whom the desk still calls back"))
def desk_call_backs(request: HttpRequest) -> dict[str, Any]:
    return {"call_backs": queries.call_backs(caller(request))}


@router.get("/desk/counts", response=answers(Counts), summary=_("How many, and what came of it"))
def desk_counts(request: HttpRequest, asked: Query[Counted]) -> counting.Counts:
    return counting.counts(caller(request), asked.by, asked.from_date, asked.until_date)


def _act(request: HttpRequest, number: str, verb: Any, data: Asked) -> dict[str, Any]:
    actor = caller(request)
    verb(access.get_search(actor, number), by=actor, **data.dict())
    return _search(actor, number)


def _search(actor: Any, number: str) -> dict[str, Any]:
    view = queries.search_view(actor, number, with_address=False)
    found = view.search
    return {
        "call": found.call.number,
        "state": view.state,
        "held": view.held,
        "none_found": view.none_found,
        **{name: getattr(found, name) for name in ("number", "kind", "persons", "version", "made_at")},
    }
