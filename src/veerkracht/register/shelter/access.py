"""The gates to stays in crisis and counselling: a desk's own, and those at an organisation's own services."""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.permissions import require
from veerkracht.register.shelter.models import ContactMessage, Counselling, CrisisStay, Guest

Row = TypeVar("Row", bound=Model)


def list_stays(actor: Actor) -> QuerySet[CrisisStay]:
    """The stays that an actor may know of, those that run first and then the last begun; without names."""
    require("shelter.read", actor, actor.programme)
    record(actor, "list", "crisisstay")
    stays = CrisisStay.objects.filter(of(actor)).select_related("search", "service")
    return stays.order_by("-state", "-from_at", "-pk")


def get_stay(actor: Actor, id: int) -> CrisisStay:
    """The stay with this number. Raises `Refused`, the same whether it exists or not; the look is logged."""
    require("shelter.read", actor, actor.programme)
    stays = CrisisStay.objects.select_related("search__call", "service", "desk")
    return _seen(actor, "crisisstay", id, stays.filter(of(actor), pk=id).first())


def get_guests(actor: Actor, stay: CrisisStay, ids: Collection[int]) -> list[Guest]:
    """Guests of a stay that passed its gate, in their sequence. Raises `Refused` when one of them is not there."""
    found = list(stay.guests.filter(pk__in=ids).select_related("stay__service").order_by("sequence"))
    if len(found) != len(set(ids)):
        record(actor, "refused", "guest", detail={"object": str(stay.pk)})
        raise Refused()
    return found


def list_counselling(actor: Actor) -> QuerySet[Counselling]:
    """The counselling that an actor may know of, as it was asked."""
    require("counselling.read", actor, actor.programme)
    record(actor, "list", "counselling")
    found = Counselling.objects.filter(of(actor)).select_related("search", "service", "worker")
    return found.order_by("pk")


def get_counselling(actor: Actor, id: int) -> Counselling:
    """Likewise one of them."""
    require("counselling.read", actor, actor.programme)
    found = Counselling.objects.select_related("search__call", "service", "desk", "worker")
    return _seen(actor, "counselling", id, found.filter(of(actor), pk=id).first())


def list_messages(actor: Actor) -> QuerySet[ContactMessage]:
    """Messages to the helpline, as they came."""
    require("contact.answer", actor, actor.programme)
    record(actor, "list", "contactmessage")
    return ContactMessage.objects.order_by("pk")


def get_message(actor: Actor, id: int) -> ContactMessage:
    """Likewise one of them; the look is logged."""
    require("contact.answer", actor, actor.programme)
    return _seen(actor, "contactmessage", id, ContactMessage.objects.filter(pk=id).first())


def require_of(verb: str, actor: Actor, row: CrisisStay | Counselling) -> None:
    """Raise `Refused`, and log it, unless the matrix gives the verb and the row is of the actor's desk or service."""
    require(verb, actor, actor.programme)
    if not is_of(actor, row):
        record(actor, "refused", verb, detail={"object": str(row.pk)})
        raise Refused()


def is_of(actor: Actor, row: CrisisStay | Counselling) -> bool:
    """Whether somebody works for the desk or for the service of a stay or a counselling."""
    sides = (row.desk_id, row.service.organisation_id)
    return actor.role == COMMAND or actor.organisation_id in sides


def is_of_service(actor: Actor, row: CrisisStay | Counselling) -> bool:
    """Whether an actor works where the family is helped."""
    return actor.role == COMMAND or actor.organisation_id == row.service.organisation_id


def of(actor: Actor) -> Q:
    """Rows of an actor's desk, or at a service of their organisation; a command sees all."""
    if actor.role == COMMAND:
        return Q()
    return Q(desk=actor.organisation_id) | Q(service__organisation=actor.organisation_id)


def _seen(actor: Actor, kind: str, asked: int, found: Row | None) -> Row:
    if found is None:
        record(actor, "refused", kind, detail={"asked": str(asked)[:20]})
        raise Refused()
    record(actor, "read", found)
    return found
