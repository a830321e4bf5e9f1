"""Stays in crisis: whose norm is nearly over, one stay, and longer help asked with what is known already.

Who stays there is told by role and age; names stand on the page of one stay alone.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import Asked, Id, Name, Version, Words, answers, changes
from veerkracht.register.shelter.access import get_guests, get_stay
from veerkracht.register.shelter.actions import hand_over
from veerkracht.register.shelter.queries import one_stay, stays
from veerkracht.register.shelter.queries.clocks import ClockView

router = Router(tags=["crisis stays"])


class Clock(Schema):
    """A norm that runs. `watched`: the stay, or its consent. `level`: fine, soon or over."""

    watched: str
    due_at: datetime
    level: str
    norm: Words | None

    @staticmethod
    def resolve_norm(clock: ClockView) -> object:
        return clock.norm and clock.norm.text


class CrisisStayRow(Schema):
    """A stay, by the number of its search. `gone`: the service gave the place back, and nobody said how it ended."""

    id: int
    number: str
    kind: str
    service: str
    from_at: datetime
    adults: int
    children: list[int]
    consent: str
    clocks: list[Clock]
    state: str
    ended_at: datetime | None
    end_reason: str
    gone: bool


class CrisisStays(Schema):
    """`alarms`: whose norm is nearly over or over, on the first page. `after`: for the next page; "" on the last."""

    alarms: list[CrisisStayRow]
    rows: list[CrisisStayRow]
    after: str


class OfStays(Asked):
    state: Literal["running", "ended"] = "running"
    after: Annotated[str, Field(max_length=20)] = ""


class Voice(Schema):
    """One of those who must agree. `agreed`: null as long as they were not asked."""

    voice: str
    agreed: bool | None


class Guest(Schema):
    """Somebody who stays. `age`: null for an adult who is not known by name."""

    id: int
    role: str
    age: int | None
    voices: list[Voice]


class Handed(Schema):
    """Longer help that was asked for a guest."""

    number: str
    programme: str
    state: str
    at: datetime


class Stay(Schema):
    """One stay. `extend_days`: by how many days a decision can still extend it. `programmes`: to which kinds of help it
    can be handed over now. `version`: to send with a change."""

    id: int
    search: str
    kind: str
    service: str
    from_at: datetime
    state: str
    consent: str
    version: int
    clocks: list[Clock]
    guests: list[Guest]
    handed: list[Handed]
    extend_days: int
    programmes: list[str]
    gone: bool


class HandOver(Version):
    """To which kind of help, and for whom: none named is everybody who is known by name."""

    programme: Name
    guests: Annotated[list[Id], Field(max_length=50)] = []


@router.get("/crisis-stays", response=answers(CrisisStays), summary=_("Stays of one's own desk or service"))
def crisis_stays(request: HttpRequest, asked: Query[OfStays]) -> stays.StayPage:
    return stays.stays(caller(request), state=asked.state, after=asked.after)


@router.get("/crisis-stays/{id}", response=answers(Stay), summary=_("One stay with its norms"))
def crisis_stay(request: HttpRequest, id: Id) -> dict[str, Any]:
    return _stay(request, id)


@router.post(
    "/crisis-stays/{id}/hand-over", response=changes(Stay), summary=_("Ask for longer help, without retyping")
)
def crisis_stay_hand_over(request: HttpRequest, id: Id, data: HandOver) -> dict[str, Any]:
    actor = caller(request)
    stay = get_stay(actor, id)
    chosen = get_guests(actor, stay, data.guests)
    hand_over(stay, by=actor, programme=data.programme, guests=chosen, version=data.version)
    return _stay(request, id)


def _stay(request: HttpRequest, id: int) -> dict[str, Any]:
    view = one_stay.stay(caller(request), id)
    row, of_row = view.row, ("id", "kind", "from_at", "state", "consent", "version")
    of_view = ("clocks", "guests", "handed", "extend_days", "gone")
    return {
        "search": row.search.number,
        "service": row.service.name,
        **{name: getattr(row, name) for name in of_row},
        **{name: getattr(view, name) for name in of_view},
        "programmes": list(view.programmes),
    }
