"""Places: which are free, holding one for somebody, and what comes of it."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import Asked, Id, OfProgramme, Version, answers, changes
from veerkracht.register.care.access import get_request
from veerkracht.register.supply import access, actions
from veerkracht.register.supply.holding_checks import LONGEST_MINUTES, LONGEST_REFERENCE
from veerkracht.register.supply.models import Hold as Kept
from veerkracht.register.supply.queries import places as queries

router = Router(tags=["places"])


class HoldOfUnit(Schema):
    """A hold as its maker and the organisation of the place see it. `request` "": under a reference only."""

    id: int
    version: int
    state: str
    by: str
    until: datetime
    reference: str
    request: str


class Unit(Schema):
    """A place. `state`: free, held, taken, closed for a while (`closed_because`) or unstaffed: free, but there is no
    staff for it. `hold` only for whom it concerns.
    """

    id: int
    name: str
    kind: str
    state: str
    until: datetime | None
    hold: HoldOfUnit | None
    sleeps: int
    ward: str
    closed_because: str
    reopens_on: date | None


class Service(Schema):
    """`confirmed_at`: when the organisation itself last said that these places stand as they are. `staffed`: open
    places that there is staff for; null: not known.
    """

    id: int
    name: str
    organisation: str
    programme: str
    area: str
    secret: bool
    confirmed_at: datetime | None
    free: int
    staffed: int | None
    units: list[Unit]


class Places(Schema):
    """`after`: what to ask for the next page; "" on the last."""

    services: list[Service]
    after: str


class Hold(Schema):
    """`version`: to send with a change."""

    id: int
    version: int
    unit: int
    state: str
    until: datetime
    reference: str
    request: str

    @classmethod
    def of(cls, hold: Kept) -> "Hold":
        names = ("version", "state", "until", "reference")
        return cls(
            id=hold.pk,
            unit=hold.unit_id,
            request=hold.request.number if hold.request else "",
            **{name: getattr(hold, name) for name in names},
        )


class OfServices(OfProgramme):
    after: Annotated[str, Field(max_length=20)] = ""
    size: Annotated[int, Field(ge=1, le=50)] = queries.SHOWN


class Ask(Asked):
    """For how long, and for whom: a request, or a reference of one's own."""

    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)]
    request: Annotated[str, Field(max_length=12)] = ""
    reference: Annotated[str, Field(max_length=LONGEST_REFERENCE)] = ""


class Seen(Version):
    """`on`: the day on which somebody comes or leaves; today when it isn't said."""

    on: date | None = None


@router.get("/places", response=answers(Places), summary=_("Services with their places, and which are free"))
def places(request: HttpRequest, asked: Query[OfServices]) -> queries.PlacePage:
    return queries.places(caller(request), asked.programme, after=asked.after, size=asked.size)


@router.post("/places/{id}/hold", response=changes(Hold), summary=_("Hold a free place for a while"))
def hold(request: HttpRequest, id: Id, data: Ask) -> Hold:
    actor = caller(request)
    unit = access.get_unit(actor, id)
    wanted = get_request(actor, data.request, purpose="api") if data.request else None
    made = actions.hold_place(unit, by=actor, minutes=data.minutes, request=wanted, reference=data.reference)
    return Hold.of(made)


@router.get("/holds/{id}", response=answers(Hold), summary=_("One hold"))
def one(request: HttpRequest, id: Id) -> Hold:
    return Hold.of(access.get_hold(caller(request), id))


@router.post(
    "/holds/{id}/confirm", response=changes(Hold), summary=_("Say that the person comes: a stay begins")
)
def confirm(request: HttpRequest, id: Id, data: Seen) -> Hold:
    actor = caller(request)
    actions.confirm_hold(access.get_hold(actor, id), by=actor, version=data.version, on=data.on)
    return Hold.of(access.get_hold(actor, id))


@router.post("/holds/{id}/release", response=changes(Hold), summary=_("Give a place back"))
def release(request: HttpRequest, id: Id, data: Seen) -> Hold:
    actor = caller(request)
    return Hold.of(
        actions.release_hold(access.get_hold(actor, id), by=actor, version=data.version, on=data.on)
    )
