"""A programme at a glance: counts and money, no people."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import OfProgramme, Words, answers, programme_of
from veerkracht.register.care.queries import today as queries

router = Router(tags=["figures"])


class GroupTotal(Schema):
    """`requests` and `persons` that wait in a priority group."""

    group: int
    id: str
    name: Words
    requests: int
    persons: int


class AreaTotal(Schema):
    """Waiting requests in a municipality, and per 1,000 inhabitants where their number is known."""

    code: str
    name: str
    province: str
    requests: int
    inhabitants: int | None
    per_thousand: float | None


class Figures(Schema):
    """`money` in cents a year. `requests` is the sum over `groups` and `without_group`."""

    programme: str
    on: date
    groups: list[GroupTotal]
    without_group: int
    requests: int
    persons: int
    holders: int
    areas: list[AreaTotal]
    money: dict[str, int]

    @staticmethod
    def resolve_programme(found: queries.Today) -> str:
        return found.programme.id


@router.get("/figures", response=answers(Figures), summary=_("Who waits and what money there is, today"))
def figures(request: HttpRequest, asked: Query[OfProgramme]) -> queries.Today:
    actor = caller(request)
    return queries.today(actor, programme_of(actor, asked.programme).id)
