"""The log, for the auditor: who did what to whose file, when and why; never the file itself."""

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import Asked, Id, Words, answers
from veerkracht.register.keeping.queries import entries as queries

router = Router(tags=["log"])


class Filters(Asked):
    """Empty means: no matter. `person`: a number. `user`: a name. `before`: from the page before."""

    person: Annotated[str, Field(max_length=12)] = ""
    user: Annotated[str, Field(max_length=100)] = ""
    day: date | None = None
    verb: Annotated[str, Field(max_length=10)] = ""
    before: Id | None = None


class Entry(Schema):
    """`person`: the number of whose file it is about. `parts`: the groups of fields that were seen or changed."""

    id: int
    at: datetime
    who: str
    role: Words
    capacity: str
    verb: str
    object: str
    person: str
    parts: list[Words]
    purpose: str


class Entries(Schema):
    """The latest first; `before`: what to ask for the next page, null on the last."""

    entries: list[Entry]
    before: int | None


@router.get("/log", response=answers(Entries), summary=_("The log, last first"))
def log(request: HttpRequest, asked: Query[Filters]) -> queries.EntryPage:
    """That the log was read is written down in it."""
    words = asked.dict()
    before = words.pop("before")
    return queries.log_page(caller(request), queries.EntryFilters(**words), before)
