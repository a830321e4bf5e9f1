"""What is shown of work on a case: a worker, a referral, a consultation, an emergency access."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.in_force import OPEN_REFERRAL
from veerkracht.register.sharing.models import (
    CaseWorker,
    Consultation,
    ConsultationMember,
    EmergencyAccess,
    Referral,
)

# A page shows no more of a kind.
SIZE = 50


@dataclass(frozen=True)
class About:
    """Whom a row is about, and for which programme ("": every one)."""

    person_id: int
    number: str
    name: str
    programme: str

    @property
    def key(self) -> tuple[int, str]:
        """By which the request behind it is found."""
        return self.person_id, self.programme


@dataclass(frozen=True)
class WorkerView:
    id: int
    user_id: int
    name: str
    organisation: str
    programme: str
    from_date: date

    @property
    def key(self) -> str:
        return f"worker-{self.id}"


@dataclass(frozen=True)
class ReferralView:
    """`may_end`: the reader's organisation is one of the two sides, and it is open."""

    id: int
    consent_id: int
    about: About
    from_organisation: str
    to_organisation: str
    purpose: str
    fields: tuple[str, ...]
    state: str
    reason: str
    sent_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    version: int
    is_open: bool
    may_end: bool

    @property
    def key(self) -> str:
        return f"referral-{self.id}"


@dataclass(frozen=True)
class MeetingView:
    """A consultation, without its notes. `takes_part`: the reader does, and it is open."""

    id: int
    about: About
    purpose: str
    source: str
    fields: tuple[str, ...]
    held_on: date
    until_date: date
    is_open: bool
    members: tuple[str, ...]
    takes_part: bool


@dataclass(frozen=True)
class EmergencyView:
    """`may_review`: nobody has looked into it, and the reader is another than who opened it."""

    id: int
    about: About
    by: str
    organisation: str
    reason: str
    from_at: datetime
    until_at: datetime
    in_order: bool | None
    review: str
    reviewed_by: str
    may_review: bool

    @property
    def key(self) -> str:
        return f"emergency-{self.id}"


def about(person: Person, programme: str) -> About:
    return About(person.pk, person.number, str(person), programme)


def worker_views(work: QuerySet[CaseWorker]) -> tuple[WorkerView, ...]:
    """These as views, longest first; for a query that has asked whether they may be seen."""
    rows = work.select_related("user", "organisation").order_by("from_date", "id")
    return tuple(
        WorkerView(
            row.pk, row.user_id, row.user.full_name, row.organisation.name, row.programme, row.from_date
        )
        for row in rows[:SIZE]
    )


def referral_views(referrals: QuerySet[Referral], actor: Actor) -> tuple[ReferralView, ...]:
    """Likewise for referrals, last first, as the others below."""
    rows = referrals.select_related("person", "from_organisation", "to_organisation").order_by("-id")
    return tuple(_referral(row, actor) for row in rows[:SIZE])


def meeting_views(consultations: QuerySet[Consultation], actor: Actor) -> tuple[MeetingView, ...]:
    members = ConsultationMember.objects.filter(until_at=None).select_related("user", "organisation")
    rows = consultations.select_related("person").order_by("-id")
    rows = rows.prefetch_related(Prefetch("members", members.order_by("id")))
    today = clock.today()
    return tuple(_meeting(row, actor, today) for row in rows[:SIZE])


def emergency_views(
    emergencies: QuerySet[EmergencyAccess], actor: Actor, *, may_review: bool
) -> tuple[EmergencyView, ...]:
    rows = emergencies.select_related("person", "user", "membership__organisation").order_by("-id")
    return tuple(_emergency(row, actor, may_review) for row in rows[:SIZE])


def _referral(row: Referral, actor: Actor) -> ReferralView:
    is_open = row.state in OPEN_REFERRAL
    sides = (row.from_organisation_id, row.to_organisation_id)
    return ReferralView(
        id=row.pk,
        consent_id=row.consent_id,
        about=about(row.person, row.programme),
        from_organisation=row.from_organisation.name,
        to_organisation=row.to_organisation.name,
        purpose=row.purpose,
        fields=tuple(row.fields),
        state=row.state,
        reason=row.reason,
        sent_at=row.sent_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        version=row.version,
        is_open=is_open,
        may_end=is_open and actor.organisation_id in sides,
    )


def _meeting(row: Consultation, actor: Actor, today: date) -> MeetingView:
    is_open = row.ended_at is None and row.until_date >= today
    mine = [one for one in row.members.all() if one.user_id == actor.user_id]
    return MeetingView(
        id=row.pk,
        about=about(row.person, row.programme),
        purpose=row.purpose,
        source=row.source,
        fields=tuple(row.fields),
        held_on=row.held_on,
        until_date=row.until_date,
        is_open=is_open,
        members=tuple(f"{one.user.full_name} ({one.organisation.name})" for one in row.members.all()),
        takes_part=is_open and any(one.organisation_id == actor.organisation_id for one in mine),
    )


def _emergency(row: EmergencyAccess, actor: Actor, may_review: bool) -> EmergencyView:
    return EmergencyView(
        id=row.pk,
        about=about(row.person, row.programme),
        by=row.user.full_name,
        organisation=row.membership.organisation.name,
        reason=row.reason,
        from_at=row.from_at,
        until_at=row.until_at,
        in_order=row.in_order,
        review=row.review,
        reviewed_by=row.reviewed_by_name,
        may_review=may_review and row.reviewed_at is None and row.user_id != actor.user_id,
    )
