"""The places of areas and homes in numbers."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import OfProgramme, answers
from veerkracht.register import clock
from veerkracht.register.supply.queries.by_area import (
    AreaCapacity,
    ServiceCapacity,
    by_area,
    service_page,
)

router = Router(tags=["capacity"])


class PlaceCounts(Schema):
    """Places on a day. `recognised`, `staffed`: null where nobody said. `closed`: how many by reason."""

    recognised: int | None
    extra: int | None
    places: int
    open: int
    closed: dict[str, int]
    staffed: int | None
    occupied: int
    held: int
    free: int


class Expected(Schema):
    """`known`: free on the day by what is known today; `likely`: low, median and high with who leaves until then."""

    known: int
    likely: list[int] | None


class HomePlaces(Schema):
    """`area`: its municipality, or its province where the address is secret."""

    id: int
    name: str
    organisation: str
    area: str
    counts: PlaceCounts
    expected: Expected | None

    @classmethod
    def of(cls, row: ServiceCapacity) -> "HomePlaces":
        return cls(
            id=row.service.pk,
            name=row.service.name,
            organisation=row.service.organisation.name,
            area=row.where,
            counts=PlaceCounts.from_orm(row.places),
            expected=Expected.from_orm(row.expected) if row.expected else None,
        )


class HomesPlaces(Schema):
    """`after`: what to ask for the next page; "" on the last."""

    rows: list[HomePlaces]
    after: str


class AreaPlaces(Schema):
    """`unknown_recognised`, `unknown_staffed`: open places of services of which it is not known how many are recognised
    or staffed; the numbers are of the others.
    """

    area: str
    name: str
    services: int
    recognised: int
    extra: int
    unknown_recognised: int
    places: int
    open: int
    closed: dict[str, int]
    staffed: int
    unknown_staffed: int
    occupied: int
    held: int
    free: int
    expected: Expected | None


class OfAreas(OfProgramme):
    """`on`: the day to count (today); `ahead`: a day for which to say what is expected free."""

    level: Literal["municipality", "zone", "region", "province"] = "province"
    on: date | None = None
    ahead: date | None = None


class OfHomes(OfProgramme):
    on: date | None = None
    ahead: date | None = None
    after: Annotated[str, Field(max_length=20)] = ""


@router.get("/capacity/areas", response=answers(list[AreaPlaces]), summary=_("Places by area on a day"))
def stays_areas(request: HttpRequest, asked: Query[OfAreas]) -> list[AreaCapacity]:
    actor = caller(request)
    return by_area(actor, asked.programme, asked.on, asked.level, ahead=asked.ahead)


@router.get("/capacity/services", response=answers(HomesPlaces), summary=_("Places by service on a day"))
def stays_services(request: HttpRequest, asked: Query[OfHomes]) -> HomesPlaces:
    actor, ahead = caller(request), asked.ahead or clock.today()
    found = service_page(actor, asked.programme, ahead=ahead, after=asked.after, on=asked.on)
    return HomesPlaces(rows=list(map(HomePlaces.of, found.rows)), after=found.after)
