"""Vacancies of homes, who is next, and offers: what the home's own software reads, and what it records of answers."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import Session, caller
from veerkracht.api.shapes import Asked, Id, Name, Version, Words, answers, changes
from veerkracht.register.offers import access, actions
from veerkracht.register.offers.actions import Choice
from veerkracht.register.offers.actions import Passing as Passed
from veerkracht.register.offers.queries.day import HomeDay, home_day
from veerkracht.register.offers.queries.one import OfferPage, offer_page
from veerkracht.register.offers.queries.proposal import proposal
from veerkracht.register.offers.rules import LONGEST_TEXT

router = Router(tags=["offers"])
Sentence = Annotated[str, Field(max_length=LONGEST_TEXT)]


class VacancyRow(Schema):
    """`waits_for`: why it can't be offered today: resident, turnover, closed or staff; "" when it can."""

    id: int
    name: str
    ward: str
    sleeps: int
    from_date: date
    ready_on: date
    version: int
    waits_for: str


class Offer(Schema):
    """`state`: made, overdue (its term has passed), accepted, declined, lapsed, withdrawn or fulfilled.

    `people`, `rooms`: in one order. `version`: to send with a change.
    """

    id: int
    state: str
    people: list[Words]
    rooms: list[str]
    made_at: datetime
    until: datetime
    arrives_on: date | None
    place_in_order: int
    of_how_many: int
    signed_by: str
    version: int


class Reminder(Schema):
    what: str
    count: int


class Unlisted(Schema):
    """A free place that is no vacancy. `why`: closed, ending, withdrawn or staff; "" when it becomes one by itself."""

    id: int
    name: str
    why: str
    reopens_on: date | None


class Day(Schema):
    """A home's day. `unlisted`: free places that are no vacancy."""

    on: date
    unlisted: list[Unlisted]
    vacancies: list[VacancyRow]
    offers: list[Offer]
    reminders: list[Reminder]


class Waiting(Schema):
    """Somebody on the list, or all who come together. `entry`: to name them by. `shielded`: who they are is not
    shown; they are offered a place so, and nobody passes them over.

    `hindrance`: why they can't be offered it now; null for nothing.
    """

    place: int
    entry: int
    shielded: bool
    people: list[Words]
    points: int
    hindrance: Words | None


class NextInLine(Schema):
    """Who is next for a vacancy. `first`: who is to be offered it by the home's rules."""

    how_many: int
    first: int | None
    until: datetime
    candidates: list[Waiting]


class WithOthers(Asked):
    """`others`: vacancies offered together with it, for who comes together."""

    others: Annotated[list[Id], Field(max_length=10)] = []


class Passing(Asked):
    """Why somebody who stands higher is passed over: a reason of the region's file, and in words."""

    entry: Id
    reason: Name
    text: Sentence


class Sign(Asked):
    """To whom the place is offered, by one of their entries. `days`: to answer; null: as is usual."""

    entry: Id
    days: Annotated[int, Field(ge=1, le=366)] | None = None
    others: Annotated[list[Id], Field(max_length=10)] = []
    passing: Annotated[list[Passing], Field(max_length=100)] = []


class Accepted(Version):
    arrives_on: date


class Declined(Version):
    reason: Name
    text: Sentence = ""


class TakenBack(Version):
    why: Sentence


class Came(Version):
    """`on`: the day on which they came; today when it isn't said."""

    on: date | None = None


@router.get("/homes/{id}/day", response=answers(Day), summary=_("A home's vacancies and offers today"))
def offers_day(request: HttpRequest, id: Id) -> HomeDay:
    actor = caller(request)
    return home_day(actor, access.get_service(actor, id))


@router.get("/vacancies/{id}/next", response=answers(NextInLine), summary=_("Who is next for a vacancy"))
def offers_next(request: HttpRequest, id: Id, asked: Query[WithOthers]) -> Any:
    actor = caller(request)
    return proposal(actor, access.get_vacancy(actor, id), tuple(asked.others))


# By a person who is signed in and never by a program with a token: a signature is a person's.
@router.post(
    "/vacancies/{id}/offer", response=changes(Offer), auth=[Session()], summary=_("Sign and offer a place")
)
def offers_sign(request: HttpRequest, id: Id, data: Sign) -> Any:
    actor = caller(request)
    vacancies = [access.get_vacancy(actor, one) for one in dict.fromkeys([id, *data.others])]
    passing = {one.entry: Passed(one.reason, one.text) for one in data.passing}
    offer = actions.make_offer(vacancies, by=actor, choice=Choice(data.entry, passing, data.days))
    return offer_page(actor, offer).offer


@router.get("/offers/{id}", response=answers(Offer), summary=_("One offer"))
def offers_one(request: HttpRequest, id: Id) -> Any:
    return _page(request, id).offer


@router.post("/offers/{id}/accept", response=changes(Offer), summary=_("They take the place"))
def offers_accept(request: HttpRequest, id: Id, data: Accepted) -> Any:
    return _act(request, id, data, actions.accept_offer)


@router.post("/offers/{id}/decline", response=changes(Offer), summary=_("They do not take the place"))
def offers_decline(request: HttpRequest, id: Id, data: Declined) -> Any:
    return _act(request, id, data, actions.decline_offer)


@router.post("/offers/{id}/withdraw", response=changes(Offer), summary=_("Take an offer back"))
def offers_withdraw(request: HttpRequest, id: Id, data: TakenBack) -> Any:
    return _act(request, id, data, actions.withdraw_offer)


@router.post("/offers/{id}/admit", response=changes(Offer), summary=_("They came: their stay begins"))
def offers_admit(request: HttpRequest, id: Id, data: Came) -> Any:
    return _act(request, id, data, actions.admit)


def _act(request: HttpRequest, id: int, data: Version, verb: Any) -> Any:
    actor = caller(request)
    verb(access.get_offer(actor, id), by=actor, **data.dict())
    return _page(request, id).offer


def _page(request: HttpRequest, id: int) -> OfferPage:
    actor = caller(request)
    return offer_page(actor, access.get_offer(actor, id))
