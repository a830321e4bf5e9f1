"""What a day in a home costs, and what is paid beside it."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.routes.stays import OnADay
from veerkracht.api.shapes import Id, Words, answers
from veerkracht.register.residence import queries
from veerkracht.register.residence.queries.residents import MOST, SHOWN
from veerkracht.register.supply.access import get_service

router = Router(tags=["prices"])


class Price(Schema):
    """A price a day in cents, from `from_date` until the next of its kind of place. `unit_kind` "": of every kind that
    has no price of its own. `parts`: cents by the region's ids of parts. `version`, `why`: how often it was written
    down, and why again.
    """

    id: int
    version: int
    unit_kind: str
    from_date: date
    cents: int
    parts: dict[str, int]
    ground: str
    reference: str
    why: str


class PublicPart(Schema):
    name: Words
    cents: int


class PublicPrice(Schema):
    """As everybody reads it on the page of the home: what a day costs today, in cents."""

    unit_kind: str
    from_date: date
    cents: int
    parts: list[PublicPart]

    @classmethod
    def of(cls, price: queries.PriceNow) -> "PublicPrice":
        return cls(
            unit_kind=price.unit_kind,
            from_date=price.from_date,
            cents=price.cents,
            parts=[PublicPart(name=Words.from_orm(name), cents=cents) for name, cents in price.parts],
        )


class Contribution(Schema):
    """What is paid beside the day price, a day, up to and including `until_date`; null: it goes on. `stay`, `person`:
    for whom. `effect`: whether it "lowers" or "raises" what they pay. `payer`: who pays it, where somebody does.
    """

    id: int
    stay: int
    person: str
    kind: str
    name: Words
    effect: str
    payer: str
    cents_a_day: int
    from_date: date
    until_date: date | None


class Contributions(Schema):
    """As they were written down. `after`: what to ask for the next page; "" on the last."""

    rows: list[Contribution]
    after: str


class OnADayByPage(OnADay):
    after: Annotated[str, Field(max_length=20)] = ""
    size: Annotated[int, Field(ge=1, le=MOST)] = SHOWN


@router.get("/homes/{id}/prices", response=answers(list[Price]), summary=_("What a day in a home costs"))
def prices_home(request: HttpRequest, id: Id, asked: Query[OnADay]) -> list[queries.ToldPrice]:
    return queries.prices_on(caller(request), id, asked.on)


@router.get(
    "/homes/{id}/contributions",
    response=answers(Contributions),
    summary=_("What is paid beside the day price of a home"),
)
def prices_contributions(request: HttpRequest, id: Id, asked: Query[OnADayByPage]) -> queries.Contributions:
    actor = caller(request)
    return queries.contributions(actor, get_service(actor, id), **asked.dict())


@router.get(
    "/directory/{id}/prices",
    response=answers(list[PublicPrice]),
    summary=_("What a day in a home costs today, for everybody"),
)
def prices_public(request: HttpRequest, id: Id) -> list[PublicPrice]:
    return list(map(PublicPrice.of, queries.public_prices(id)))
