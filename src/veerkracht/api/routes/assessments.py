"""Assessments: what was measured of a person whom one may read of, and recording one."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import Asked, Name, Words, answers, changes
from veerkracht.register.assessments import access, actions
from veerkracht.register.assessments.actions import Measured
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.queries import told
from veerkracht.register.assessments.writing import LONGEST_NAME, LONGEST_VERSION
from veerkracht.register.care.access import get_request

router = Router(tags=["assessments"])
PersonNumber = Annotated[str, Field(pattern=r"^P-\d{1,9}$")]
RequestNumber = Annotated[str, Field(pattern=r"^V-\d{1,9}$")]
Answer = bool | int | float | None


class Result(Schema):
    """`outcome`: the care category that follows ("cd"); "" where the instrument gives none. `valid_until`: the first
    day on which it counts no more.
    """

    id: int
    instrument: str
    version: str
    on: date
    valid_until: date
    items: dict[str, Answer]
    outcome: str
    author: str
    author_kind: str
    recorded_by: Annotated[str, Field(alias="by_name")]
    recorded_at: datetime


class Opens(Schema):
    """What a result opens, by an id of the region's file."""

    id: str
    name: Words
    text: Words


class Last(Schema):
    """The last result of an instrument. `expired`: it opens nothing any more."""

    result: Annotated[Result, Field(alias="assessment")]
    expired: bool
    opens: Annotated[list[Opens], Field(alias="openings")]


class Measurements(Schema):
    """Of one person: the last of each instrument with what it opens, and the earlier ones, newest first."""

    last: list[Last]
    earlier: list[Result]
    may_record: bool


class Recording(Asked):
    """A result as it was measured. `version`: of the instrument, by default the one in use that day. `valid_until`: as
    it stands on the result; null for as long as the region says. The category follows from the items.
    """

    instrument: Name
    on: date
    items: Annotated[dict[Name, Answer], Field(max_length=100)]
    author: Annotated[str, Field(max_length=LONGEST_NAME)]
    author_kind: Name
    version: Annotated[str, Field(max_length=LONGEST_VERSION)] = ""
    valid_until: date | None = None


@router.get(
    "/persons/{number}/assessments",
    response=answers(Measurements),
    summary=_("What was measured of a person"),
)
def assessments_of_person(request: HttpRequest, number: PersonNumber) -> Any:
    actor = caller(request)
    return told(actor, access.get_person(actor, number))


@router.get(
    "/requests/{number}/assessments",
    response=answers(Measurements),
    summary=_("What was measured of the person of a request"),
)
def assessments_of_request(request: HttpRequest, number: RequestNumber) -> Any:
    actor = caller(request)
    return told(actor, get_request(actor, number))


@router.post("/persons/{number}/assessments", response=changes(Result), summary=_("Record what was measured"))
def assessments_record(request: HttpRequest, number: PersonNumber, data: Recording) -> Assessment:
    actor = caller(request)
    person = access.get_person(actor, number)
    return actions.record_assessment(person, by=actor, measured=Measured(**data.dict()))
