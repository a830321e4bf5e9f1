"""Objections to looks, each with the look it is about."""

from dataclasses import dataclass
from datetime import datetime

from veerkracht.register.errors import Refused
from veerkracht.register.keeping.models import Objection
from veerkracht.register.keeping.queries.looks import group_name, role_name
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, kept_from, require
from veerkracht.rulebook.types import Text

SHOWN = 50


@dataclass(frozen=True)
class ObjectionView:
    """An objection and the look: who, in which capacity, what, why and when."""

    objection: Objection
    number: str
    who: str
    role: Text
    capacity: str
    verb: str
    parts: tuple[Text, ...]
    purpose: str
    at: datetime | None

    @property
    def version(self) -> int:
        return self.objection.version


def objection_list(by: Actor) -> list[ObjectionView]:
    """Those that wait for an answer, oldest first, and then the latest that have one."""
    require("objection.answer", by, EVERY_PROGRAMME)
    record(by, "list", "objection")
    found = Objection.objects.exclude(person__in=kept_from(by)).select_related("person")
    waiting = found.filter(answered_at=None).order_by("id")[:SHOWN]
    answered = found.exclude(answered_at=None).order_by("-id")[:SHOWN]
    return _views([*waiting, *answered])


def get_objection(by: Actor, id: int) -> ObjectionView:
    """An objection by its number. Raises `Refused`, the same whether it exists or not; the look is logged."""
    require("objection.answer", by, EVERY_PROGRAMME)
    found = Objection.objects.exclude(person__in=kept_from(by)).select_related("person").filter(pk=id).first()
    if found is None:
        record(by, "refused", "objection", detail={"asked": id})
        raise Refused()
    record(by, "read", found, person_id=found.person_id, fields=["looks"])
    return _views([found])[0]


def _views(found: list[Objection]) -> list[ObjectionView]:
    looks = LogEntry.objects.in_bulk([one.entry_id for one in found])
    return [_view(one, looks.get(one.entry_id)) for one in found]


def _view(one: Objection, look: LogEntry | None) -> ObjectionView:
    return ObjectionView(
        objection=one,
        number=one.person.number,
        who=look.user_name if look else "",
        role=role_name(look.role if look else ""),
        capacity=look.capacity.removeprefix(look.role).removeprefix(" · ") if look else "",
        verb=look.verb if look else "",
        parts=tuple(group_name(group) for group in (look.fields if look else ())),
        purpose=look.purpose if look else "",
        at=look.at if look else None,
    )
