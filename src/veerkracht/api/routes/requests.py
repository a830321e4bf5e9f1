"""Requests: the list, one request, why it stands where it stands, and when its turn is likely."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router

from veerkracht.api.auth import caller
from veerkracht.api.request_shapes import File, My, Page, Turn, Why
from veerkracht.api.shapes import Asked, Name, answers, programme_of
from veerkracht.register.care.models import STATES
from veerkracht.register.care.queries import files, lists
from veerkracht.register.care.queries.file_views import TurnView
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.my import MyView, my_requests

router = Router(tags=["requests"])
PURPOSE = "api"
LARGEST_PAGE = 100
State = Literal[("live", "all", *STATES)]  # type: ignore[valid-type]
Sorts = Literal[tuple(lists.SORTS)]  # type: ignore[valid-type]
Code = Annotated[str, Field(max_length=40)]
Number = Annotated[str, Field(pattern=r"^V-\d{1,9}$")]


class Filters(Asked):
    """Empty means: no matter. `search`: a number, or the beginning of a name. `on`, `known`: the list of that day,
    as known on that day. `cursor`: from the page before.
    """

    programme: Name = ""
    state: State = "waiting"
    group: list[Annotated[int, Field(ge=0, le=99)]] = Field(default_factory=list, max_length=20)
    municipality: Code = ""
    zone: Code = ""
    region: Code = ""
    province: Code = ""
    kind: Code = ""
    category: Code = ""
    route: Code = ""
    overdue: bool = False
    search: Annotated[str, Field(max_length=100)] = ""
    sort: Sorts = "order"
    descending: bool = False
    on: date | None = None
    known: date | None = None
    cursor: Annotated[str, Field(max_length=500)] = ""
    size: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 50


@router.get("/requests", response=answers(Page), summary=_("The list, page by page"))
def list_(request: HttpRequest, asked: Query[Filters]) -> lists.Page:
    actor = caller(request)
    words: dict[str, Any] = asked.dict()
    cursor = words.pop("cursor")
    words["programme"] = programme_of(actor, asked.programme).id
    words["states"] = (words.pop("state"),)
    words["groups"] = tuple(words.pop("group"))
    return lists.list_page(actor, ListFilters(**words), cursor)


@router.get("/requests/{number}", response=answers(File), summary=_("One request and its person"))
def one(request: HttpRequest, number: Number) -> File:
    """Only the groups of fields that the caller may see of this case (`fields`); the others are null."""
    return File.of(files.file(caller(request), number, purpose=PURPOSE))


@router.get(
    "/requests/{number}/why", response=answers(Why), summary=_("Why a request stands where it stands")
)
def why(request: HttpRequest, number: Number) -> Any:
    return files.file(caller(request), number, purpose=PURPOSE).request.explanation


@router.get("/requests/{number}/turn", response=answers(Turn | None), summary=_("When its turn is likely"))
def turn(request: HttpRequest, number: Number) -> TurnView | None:
    """Null when it was not computed, or may not be seen. A range, never a promise."""
    return files.file(caller(request), number, purpose=PURPOSE).request.turn


@router.get("/my", response=answers(My), summary=_("My own file"))
def my(request: HttpRequest) -> MyView:
    """For the person themself, signed in: their requests, budgets, and who looked at their file."""
    return my_requests(caller(request))
