"""Case consultation: named participants exchange what is needed on one case, because a law says that they may."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from veerkracht.register import clock
from veerkracht.register.cases import rules
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor, in_force
from veerkracht.register.people.models import Membership, Person
from veerkracht.register.permissions import Case, require
from veerkracht.register.rows import locked
from veerkracht.register.sharing.models import Consultation, ConsultationMember, ConsultationNote
from veerkracht.register.sharing.notices import tell
from veerkracht.rulebook.types import Text


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A consultation to open: on which programme, on which ground in law, why, which groups of fields its members
    read, when it is held and until when they read (None: as long as the ground gives).
    """

    programme: str
    ground: str
    purpose: str
    fields: Collection[str]
    held_on: date | None = None
    until_date: date | None = None


def open_consultation(
    person: Person, meeting: Meeting, *, by: Actor, members: Sequence[Membership]
) -> Consultation:
    """Open a consultation with its members by name, each for one organisation; who opens it takes part.

    Raises `Invalid` for a ground that isn't one for consultation, for more fields or days than it gives, for nobody
    else to consult, and for a member without a role today.
    """
    meeting = replace(meeting, programme=meeting.programme or by.programme)
    require("consultation.open", by, Case(person, meeting.programme, person.area))
    ground = rules.ground(
        meeting.ground, programme=meeting.programme, organisation_kind=None, consultation=True
    )
    held_on = meeting.held_on or clock.today()
    _check_members(members, by)
    with said(), transaction.atomic():
        consultation = Consultation.objects.create(
            person=person,
            programme=meeting.programme,
            ground=ground.id,
            source=ground.cited,
            purpose=rules.words(meeting.purpose, "purpose"),
            fields=rules.chosen_fields(meeting.fields, ground.fields),
            held_on=held_on,
            opened_by=by.user,
            opened_at=clock.now(),
            until_date=rules.last_day(held_on, meeting.until_date, usual=ground.days, most=ground.days),
        )
        _join(consultation, [by.membership, *members])
        record(
            by,
            "share",
            consultation,
            person_id=person.pk,
            purpose=consultation.purpose,
            detail={"ground": ground.id, "members": sorted(one.user_id for one in members)},
            fields=consultation.fields,
        )
        _tell(consultation, members)
    return consultation


def add_member(consultation: Consultation, membership: Membership, *, by: Actor) -> ConsultationMember:
    """Somebody more takes part, from now on. Raises `Invalid` for who takes part already, or has no role today."""
    require("consultation.open", by, consultation)
    _check_members([membership], by)
    with said(), transaction.atomic():
        consultation = _open(consultation)
        member = _join(consultation, [membership])[0]
        record(by, "share", consultation, person_id=consultation.person_id, detail={"member": member.user_id})
        _tell(consultation, [membership])
    return member


def remove_member(member: ConsultationMember, *, by: Actor) -> ConsultationMember:
    """Somebody takes part no longer, and reads nothing of it from now on; themself, or by who may open one."""
    consultation = member.consultation
    if by.user_id != member.user_id:
        require("consultation.open", by, consultation)
    with said(), transaction.atomic():
        _open(consultation)
        member = locked(member)
        if member.until_at is None:
            member.until_at = clock.now()
            member.save(update_fields=["until_at"])
            record(
                by, "change", consultation, person_id=consultation.person_id, detail={"left": member.user_id}
            )
    return member


def note(
    consultation: Consultation, *, by: Actor, text: str, kind: str = ConsultationNote.Kind.NOTE
) -> ConsultationNote:
    """Write down what was said, shared or agreed; the members read it, nobody else. Raises `Refused` for others."""
    require("consultation.take-part", by, consultation)
    if kind not in ConsultationNote.Kind.values:
        raise Invalid(Text(nl="Deze soort nota bestaat niet.", en="There is no such kind of note."), "kind")
    with said(), transaction.atomic():
        consultation = _open(consultation)
        if not membership_in(consultation, by).exists():
            raise Refused()
        made = ConsultationNote.objects.create(
            consultation=consultation,
            kind=kind,
            text=rules.words(text, "text"),
            by=by.user,
            at=clock.now(),
        )
        record(
            by,
            "create",
            made,
            person_id=consultation.person_id,
            purpose=consultation.purpose,
            fields=["notes"],
        )
    return made


def end_consultation(consultation: Consultation, *, by: Actor) -> Consultation:
    """It is over: from this moment its members read neither the file nor the notes on this ground."""
    require("consultation.open", by, consultation)
    with said(), transaction.atomic():
        consultation = _open(consultation)
        consultation.ended_at = clock.now()
        consultation.save(update_fields=["ended_at"])
        record(by, "change", consultation, person_id=consultation.person_id, detail={"ended": True})
    return consultation


def membership_in(consultation: Consultation, actor: Actor) -> QuerySet[ConsultationMember]:
    """The actor's own part in a consultation, as long as they have it."""
    return consultation.members.filter(user=actor.user_id, organisation=actor.organisation_id, until_at=None)


def _open(consultation: Consultation) -> Consultation:
    consultation = locked(consultation)
    if consultation.ended_at or consultation.until_date < clock.today():
        raise Invalid(Text(nl="Dit overleg is voorbij.", en="This consultation is over."))
    return consultation


def _join(consultation: Consultation, members: Sequence[Membership | None]) -> list[ConsultationMember]:
    at = clock.now()
    return [
        ConsultationMember.objects.create(
            consultation=consultation, user=one.user, organisation=one.organisation, from_at=at
        )
        for one in members
        if one is not None
    ]


def _check_members(members: Sequence[Membership], by: Actor) -> None:
    others = {one.pk for one in members if one.user_id != by.user_id}
    held = Membership.objects.filter(in_force(clock.today()), pk__in=others, user__is_active=True)
    if not others or held.count() < len(members):
        raise Invalid(
            Text(
                nl="Noem minstens één andere deelnemer; elk heeft vandaag een rol in een organisatie.",
                en="Name at least one other participant; each has a role in an organisation today.",
            ),
            "members",
        )


def _tell(consultation: Consultation, members: Sequence[Membership]) -> None:
    opened_by = consultation.opened_by.full_name
    users = [one.user for one in members]
    tell(users, "consultation-opened", consultation.person, str(consultation.pk), who=opened_by)
