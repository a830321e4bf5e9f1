"""Who has which role, for who gives them."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Field, Query, Router, Schema

from veerkracht.api.auth import caller
from veerkracht.api.shapes import Asked, Id, answers
from veerkracht.register.roles import queries

router = Router(tags=["roles"])


class Filters(Asked):
    """Empty means: no matter. `ended`: those that have ended too. `after`: from the page before."""

    search: Annotated[str, Field(max_length=100)] = ""
    role: Annotated[str, Field(max_length=20)] = ""
    ended: bool = False
    after: Id | None = None
    size: Annotated[int, Field(ge=1, le=100)] = 50


class Role(Schema):
    """One role of one user. `state`: now, coming or ended. `instead_of`: for whom they stand in."""

    id: int
    name: str
    username: str
    role: str
    organisation: str
    programme: str
    area_kind: str
    area_code: str
    from_date: date
    until_date: date | None
    state: str
    given_by: str
    instead_of: str


class Roles(Schema):
    """`next_after`: what to ask for the next page; null on the last."""

    rows: list[Role]
    next_after: int | None


@router.get("/roles", response=answers(Roles), summary=_("Who has which role"))
def roles(request: HttpRequest, asked: Query[Filters]) -> queries.RolePage:
    """In the organisation of who asks."""
    words = asked.dict()
    after, size = words.pop("after"), words.pop("size")
    return queries.role_page(caller(request), queries.RoleFilters(**words), after, size)
