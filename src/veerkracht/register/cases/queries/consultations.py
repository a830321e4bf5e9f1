"""A case consultation as its members see it: who takes part, and what was said."""

from dataclasses import dataclass
from datetime import date, datetime

from veerkracht.register import clock
from veerkracht.register.cases.actions.consultations import membership_in
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import may
from veerkracht.register.sharing.in_force import participation
from veerkracht.register.sharing.models import Consultation, ConsultationMember


@dataclass(frozen=True)
class MemberView:
    """`id`: of their part in this consultation. `is_me`: the reader themself."""

    id: int
    name: str
    organisation: str
    is_me: bool


@dataclass(frozen=True)
class NoteView:
    kind: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ConsultationView:
    """`may_lead`: the reader may add and remove members and end it. `row`: to hand to an action."""

    row: Consultation
    person: Person
    programme: str
    purpose: str
    ground: str
    source: str
    fields: tuple[str, ...]
    held_on: date
    until_date: date
    members: tuple[MemberView, ...]
    notes: tuple[NoteView, ...]
    may_lead: bool


def get_consultation(actor: Actor, id: int) -> ConsultationView:
    """An open consultation in which the actor takes part; the look is logged with its purpose.

    Raises `Refused`, the same whether there is none, it is over, or the actor takes no part in it.
    """
    found = Consultation.objects.select_related("person").filter(pk=id).first()
    is_open = participation(clock.today()).filter(consultation=id).exists()
    if (
        found is None
        or not is_open
        or not may("consultation.take-part", actor, found)
        or not membership_in(found, actor).exists()
    ):
        record(actor, "refused", "consultation", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found, person_id=found.person_id, purpose=found.purpose, fields=["notes"])
    return ConsultationView(
        row=found,
        person=found.person,
        programme=found.programme,
        purpose=found.purpose,
        ground=found.ground,
        source=found.source,
        fields=tuple(found.fields),
        held_on=found.held_on,
        until_date=found.until_date,
        members=_members(found, actor),
        notes=_notes(found),
        may_lead=may("consultation.open", actor, found),
    )


def get_member(view: ConsultationView, id: int) -> ConsultationMember:
    """One who takes part in a consultation that the actor was shown. Raises `Refused` for anybody else."""
    found = view.row.members.filter(pk=id, until_at=None).first()
    if found is None:
        raise Refused()
    return found


def _members(consultation: Consultation, actor: Actor) -> tuple[MemberView, ...]:
    rows = consultation.members.filter(until_at=None).select_related("user", "organisation").order_by("id")
    return tuple(
        MemberView(one.pk, one.user.full_name, one.organisation.name, one.user_id == actor.user_id)
        for one in rows
    )


def _notes(consultation: Consultation) -> tuple[NoteView, ...]:
    rows = consultation.notes.select_related("by").order_by("at", "id")
    return tuple(NoteView(one.kind, one.text, one.by.full_name, one.at) for one in rows)
