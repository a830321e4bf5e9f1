"""Residents of homes, what happens in a stay, and how full homes are."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import Asked, Id, Name, Version, Words, answers, changes
from veerkracht.register.residence import actions
from veerkracht.register.residence.access import get_residence
from veerkracht.register.residence.queries import Residents, residents
from veerkracht.register.residence.queries.full import HowFull, how_full
from veerkracht.register.residence.queries.one import OneStay, one_stay
from veerkracht.register.residence.queries.residents import MOST, SHOWN
from veerkracht.register.supply.access import get_hold, get_service, get_unit

router = Router(tags=["stays"])


class Resident(Schema):
    """`number`: of the person. `category`: the outcome of the last measurement; "" where there is none. `id`,
    `version`: of the stay.
    """

    id: int
    version: int
    number: str
    name: str
    place: str
    ward: str
    since: date
    away_since: date | None
    category: str
    expired: bool


class ResidentsPage(Schema):
    """By family name. `how_many`: in all; `after`: what to ask for the next page; "" on the last."""

    rows: list[Resident]
    how_many: int
    after: str


class Happened(Schema):
    """`kind`: started, moved, left (for a while), returned or ended."""

    kind: str
    on: date
    place: str
    why: Words
    by: str


class BillLine(Schema):
    what: Words
    days: int
    cents_a_day: int
    payer: str
    cents: int


class Bill(Schema):
    """What the resident pays of these days. `unpriced`: days of which nobody said what they cost."""

    first: date
    last: date
    days: int
    away: int
    unpriced: int
    cents: int
    lines: list[BillLine]


class HomeStay(Schema):
    """`version`: to send with a change. `category`: the outcome of the last measurement; "" where there is none.

    `bill`: of this month, or of the last month of a stay that ended.
    """

    id: int
    version: int
    home: int
    person: str
    name: str
    unit: int
    place: str
    from_date: date
    until_date: date | None
    end_reason: str
    away_since: date | None
    category: str
    happened: list[Happened]
    bill: Bill

    @classmethod
    def of(cls, found: OneStay) -> "HomeStay":
        row = found.residence
        names = ("version", "from_date", "until_date", "end_reason", "away_since")
        return cls(
            id=row.pk,
            home=row.service_id,
            person=row.person.number,
            name=str(row.person),
            unit=row.stay.unit_id,
            place=row.stay.unit.name,
            category=found.need.outcome if found.need else "",
            happened=list(map(Happened.from_orm, found.happened)),
            bill=Bill.from_orm(found.bill),
            **{name: getattr(row, name) for name in names},
        )


class OnDay(Schema):
    """In people; `of_recognised`, `of_open`: shares. null where it is not known."""

    recognised: int | None
    open: int
    occupied: int
    away: int
    of_recognised: float | None
    of_open: float | None


class OverYear(Schema):
    """In days, from `first` up to and including `last`: of a year that goes on, up to yesterday."""

    first: date
    last: date
    recognised: int | None
    open: int
    occupied: int
    billed: int
    of_recognised: float | None
    of_open: float | None


class Occupancy(Schema):
    """Two numbers that are never mixed: who has a place on a day, and billed days over the reference year."""

    on: date
    on_day: OnDay
    over_year: OverYear


class OfHome(Asked):
    name: Name = ""
    after: Annotated[str, Field(max_length=20)] = ""
    size: Annotated[int, Field(ge=1, le=MOST)] = SHOWN


class OnADay(Asked):
    """`on`: today when it isn't said."""

    on: date | None = None


class Start(Asked):
    """`hold`: of a place that is held for a request; who is held together comes together."""

    hold: Id
    on: date | None = None


class OnThatDay(Version):
    on: date


class Leave(OnThatDay):
    """`absence`: why, of the region's file."""

    absence: Name


class Move(OnThatDay):
    """`unit`: a free place of the same home."""

    unit: Id


class End(OnThatDay):
    """`reason`: why, of the region's file."""

    reason: Name


@router.get("/homes/{id}/residents", response=answers(ResidentsPage), summary=_("Who lives in a home"))
def stays_residents(request: HttpRequest, id: Id, asked: Query[OfHome]) -> Residents:
    actor = caller(request)
    return residents(actor, get_service(actor, id), **asked.dict())


@router.get("/homes/{id}/occupancy", response=answers(Occupancy), summary=_("How full a home is"))
def stays_occupancy(request: HttpRequest, id: Id, asked: Query[OnADay]) -> HowFull:
    return how_full(caller(request), id, asked.on)


@router.post("/stays", response=changes(list[HomeStay]), summary=_("They come to live there"))
def stays_start(request: HttpRequest, data: Start) -> list[HomeStay]:
    actor = caller(request)
    begun = actions.start_stay(get_hold(actor, data.hold), by=actor, on=data.on)
    return [HomeStay.of(one_stay(actor, one.pk)) for one in begun]


@router.get("/stays/{id}", response=answers(HomeStay), summary=_("One stay and what happened in it"))
def stays_one(request: HttpRequest, id: Id) -> HomeStay:
    return HomeStay.of(one_stay(caller(request), id))


@router.post(
    "/stays/{id}/leave", response=changes(HomeStay), summary=_("Away for a while, with the place kept")
)
def stays_leave(request: HttpRequest, id: Id, data: Leave) -> HomeStay:
    return _act(request, id, actions.leave_for, data.dict())


@router.post("/stays/{id}/return", response=changes(HomeStay), summary=_("Back from an absence"))
def stays_return(request: HttpRequest, id: Id, data: OnThatDay) -> HomeStay:
    return _act(request, id, actions.come_back, data.dict())


@router.post("/stays/{id}/move", response=changes(HomeStay), summary=_("To another place of the same home"))
def stays_move(request: HttpRequest, id: Id, data: Move) -> HomeStay:
    unit = get_unit(caller(request), data.unit)
    return _act(request, id, actions.move_ward, {**data.dict(), "unit": unit})


@router.post("/stays/{id}/end", response=changes(HomeStay), summary=_("The stay ends"))
def stays_end(request: HttpRequest, id: Id, data: End) -> HomeStay:
    return _act(request, id, actions.end_stay, data.dict())


def _act(request: HttpRequest, id: int, verb: Any, asked: dict[str, Any]) -> HomeStay:
    actor = caller(request)
    verb(get_residence(actor, id), by=actor, **asked)
    return HomeStay.of(one_stay(actor, id))
