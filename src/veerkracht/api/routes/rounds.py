"""Rounds of money: one person prepares, another signs."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import Session, caller
from veerkracht.api.shapes import Asked, Id, Name, OfProgramme, Version, Words, answers, changes, programme_of
from veerkracht.register.care.access import get_round
from veerkracht.register.care.actions import rounds as actions
from veerkracht.register.care.models import Round as Kept
from veerkracht.register.care.queries import rounds as queries
from veerkracht.register.errors import Invalid

router = Router(tags=["rounds"])
# More than any budget of a region, and less than what a database's whole number holds.
MOST_CENTS = 10**14
Cents = Annotated[int, Field(ge=0, le=MOST_CENTS)]


class Act(Schema):
    by: str
    at: datetime


class RoundRow(Schema):
    """Amounts in cents a year. `follows`: the round from which this money came back."""

    id: int
    date: date
    state: str
    money_cents: int
    spent_cents: int
    granted: int
    follows: int | None
    prepared: Act
    signed: Act | None


class Line(Schema):
    """One request in a round. `cost_cents` a year; `share` 1 when whole."""

    number: str
    name: str
    pot: str
    position: int
    priority_group: int
    priority_date: date | None
    cost_cents: int
    share: float
    granted: bool
    why: Words


class Pot(Schema):
    """`lines`: the first who are granted something; all of them: `/rounds/{id}/lines`."""

    id: str
    name: Words
    available_cents: int
    spent_cents: int
    granted: int
    waiting: int
    first_not_served: Line | None
    lines: list[Line]


class NotEligible(Schema):
    id: str
    text: Words
    count: int


class Round(Schema):
    """`is_current`: the list and the rules are still those it rests on. `version`: to send with a change."""

    id: int
    version: int
    programme: str
    date: date
    state: str
    money_cents: int
    basis: str
    envelopes: dict[str, int] | None
    spent_cents: int
    left_cents: int
    granted: int
    waiting: int
    pots: list[Pot]
    kept_out: int
    not_eligible: list[NotEligible]
    prepared: Act
    reviewed: Act | None
    signed: Act | None
    is_current: bool | None

    @staticmethod
    def resolve_programme(found: queries.RoundView) -> str:
        return found.programme.id


class OfPot(Asked):
    """`after`: the position of the last line of the page before."""

    pot: Name
    after: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    size: Annotated[int, Field(ge=1, le=100)] = 50


class Prepare(Asked):
    """`basis` "expansion": the programme gets its share of it. `envelopes`: cents per group id."""

    programme: Name
    on: date
    money_cents: Cents
    basis: Literal["programme", "expansion"] = "programme"
    envelopes: dict[Name, Cents] | None = None


@router.get("/rounds", response=answers(list[RoundRow]), summary=_("The rounds of a programme, last first"))
def rounds(request: HttpRequest, asked: Query[OfProgramme]) -> tuple[queries.RoundRow, ...]:
    actor = caller(request)
    return queries.round_list(actor, programme_of(actor, asked.programme).id)


@router.post(
    "/rounds", response=changes(Round), summary=_("Prepare a round: a proposal, nothing is handed out")
)
def prepare(request: HttpRequest, data: Prepare) -> queries.RoundView:
    actor = caller(request)
    asked = data.dict()
    programme = programme_of(actor, asked.pop("programme"))
    try:
        made = actions.prepare_round(programme.id, by=actor, **asked)
    except Invalid as fault:
        raise Invalid(fault.text, "money_cents" if fault.field == "money" else fault.field) from fault
    return queries.round_view(actor, made.pk)


@router.get("/rounds/{id}", response=answers(Round), summary=_("One round"))
def one(request: HttpRequest, id: Id) -> queries.RoundView:
    return queries.round_view(caller(request), id)


@router.get("/rounds/{id}/lines", response=answers(list[Line]), summary=_("Who is in a pot of a round"))
def lines(request: HttpRequest, id: Id, asked: Query[OfPot]) -> tuple[queries.Line, ...]:
    """In order, without those whom the caller may not see."""
    return queries.line_page(caller(request), id, asked.pot, asked.after, asked.size)


@router.post("/rounds/{id}/review", response=changes(Round), summary=_("Say that a round is ready to sign"))
def review(request: HttpRequest, id: Id, data: Version) -> queries.RoundView:
    return _act(request, id, data, actions.review_round)


@router.post("/rounds/{id}/cancel", response=changes(Round), summary=_("Put an unsigned round aside"))
def cancel(request: HttpRequest, id: Id, data: Version) -> queries.RoundView:
    return _act(request, id, data, actions.cancel_round)


# By a person who is signed in and never by a program with a token: a signature is a person's.
@router.post(
    "/rounds/{id}/sign", response=changes(Round), auth=[Session()], summary=_("Sign a reviewed round")
)
def sign(request: HttpRequest, id: Id, data: Version) -> queries.RoundView:
    return _act(request, id, data, actions.sign_round)


def _act(request: HttpRequest, id: int, seen: Version, verb: Callable[..., Kept]) -> queries.RoundView:
    actor = caller(request)
    verb(get_round(actor, id), by=actor, version=seen.version)
    return queries.round_view(actor, id)
