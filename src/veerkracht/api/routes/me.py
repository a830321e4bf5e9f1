"""Who calls, in which capacity; what the region has; who may do what."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from veerkracht import region
from veerkracht.api.auth import caller
from veerkracht.api.shapes import Words, answers
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions.matrix import matrix

router = Router(tags=["who and what"])


class Me(Schema):
    """The natural person behind the call, and the capacity in which they act. `programme` "": all of them."""

    name: str
    role: str
    organisation: str
    programme: str
    area_kind: str
    area_code: str
    until: date | None


class Group(Schema):
    number: int
    id: str
    name: Words


class Programme(Schema):
    id: str
    name: Words
    resource: str
    kinds: list[str]
    groups: list[Group]


class Cell(Schema):
    """One thing that is allowed; what has no cell is not."""

    role: str
    relation: str
    action: str
    fields: list[str]
    why: Words


@router.get("/me", response=answers(Me), summary=_("Who am I here"))
def me(request: HttpRequest) -> Me:
    actor: Actor = caller(request)
    held = actor.membership
    return Me(
        name=actor.name,
        role=actor.role,
        organisation=held.organisation.name if held else "",
        programme=actor.programme,
        area_kind=held.area_kind if held else "",
        area_code=held.area_code if held else "",
        until=held.until_date if held else None,
    )


@router.get("/programmes", response=answers(list[Programme]), summary=_("The kinds of help of the region"))
def programmes(request: HttpRequest) -> list[object]:
    return list(region.current().programmes.values())


@router.get("/who-may", response=answers(list[Cell]), summary=_("The permission matrix"))
def who_may(request: HttpRequest) -> list[Cell]:
    return [
        Cell(
            role=cell.role,
            relation=cell.relation,
            action=cell.action,
            fields=sorted(cell.fields),
            why=Words(nl=cell.why.nl, en=cell.why.en),
        )
        for cell in matrix().cells
    ]
