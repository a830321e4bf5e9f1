"""What others share with the actor's organisation, and what waits for an answer there."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.cases.queries.views import (
    SIZE,
    About,
    EmergencyView,
    MeetingView,
    ReferralView,
    about,
    emergency_views,
    meeting_views,
    referral_views,
)
from veerkracht.register.log.record import record
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership
from veerkracht.register.permissions import Paths, may, require, restricted
from veerkracht.register.sharing import in_force
from veerkracht.register.sharing.models import Consultation, EmergencyAccess, Referral

Row = TypeVar("Row", bound=Model)
OF_CASE = Paths(area="", person="person")


@dataclass(frozen=True)
class SharedRow:
    """A file that the organisation may read in: by whom it was shared, what, why and until when."""

    id: int
    about: About
    by: str
    ground: str
    purpose: str
    fields: tuple[str, ...]
    until_date: date


@dataclass(frozen=True)
class Shared:
    """Each at most `SIZE`, last first; `next` continues the files that are shared, "" at their end.

    `received`: open referrals to the organisation. `sent`: those that the actor sent. `consultations`: those in which
    they take part. `emergencies`: those that nobody looked into yet, on cases of their organisation.
    """

    received: tuple[ReferralView, ...]
    sent: tuple[ReferralView, ...]
    files: tuple[SharedRow, ...]
    next: str
    consultations: tuple[MeetingView, ...]
    emergencies: tuple[EmergencyView, ...]

    @property
    def people(self) -> set[tuple[int, str]]:
        """Whom all of it is about, with the programme."""
        rows = (*self.received, *self.sent, *self.files, *self.consultations, *self.emergencies)
        return {row.about.key for row in rows}


def shared_with(actor: Actor, after: str = "") -> Shared:
    """What is shared with the actor's organisation; the look is logged. Raises `Refused` for other roles.

    An auditor never reads a file, and so is told of none that is shared: only of emergencies to look into.
    """
    require("shared.list", actor, actor.programme)
    record(actor, "list", "sharing")
    today, ours = clock.today(), actor.organisation_id
    files, next_ = _files(actor, today, after)
    received = in_force.referrals(today).filter(to_organisation=ours)
    sent = Referral.objects.filter(sent_by=actor.user_id, from_organisation=ours)
    mine = in_force.participation(today).filter(user=actor.user_id, organisation=ours)
    consultations = Consultation.objects.filter(pk__in=mine.values("consultation"))
    return Shared(
        received=referral_views(_readable(actor, received), actor),
        sent=referral_views(_readable(actor, sent), actor),
        files=files,
        next=next_,
        consultations=meeting_views(_readable(actor, consultations), actor),
        emergencies=_emergencies(actor, today),
    )


def known_to(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows of a person's case that an actor may know of: of the programme of their role, and of nobody restricted."""
    if actor.programme:
        rows = rows.filter(programme__in=["", actor.programme])
    return rows.exclude(restricted(actor, OF_CASE))


def _readable(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    return known_to(actor, rows) if may("request.read", actor, actor.programme) else rows.none()


def _files(actor: Actor, today: date, after: str) -> tuple[tuple[SharedRow, ...], str]:
    rows = _readable(actor, in_force.partners(today).filter(organisation=actor.organisation_id))
    if last := whole(after):
        rows = rows.filter(pk__lt=last)
    found = list(rows.select_related("person", "asked_by_organisation").order_by("-id")[: SIZE + 1])
    shown = tuple(
        SharedRow(
            id=row.pk,
            about=about(row.person, row.programme),
            by=row.asked_by_organisation.name if row.asked_by_organisation else "",
            ground=row.ground,
            purpose=row.purpose,
            fields=tuple(row.fields),
            until_date=row.until_date,
        )
        for row in found[:SIZE]
    )
    return shown, str(shown[-1].id) if len(found) > SIZE else ""


def _emergencies(actor: Actor, today: date) -> tuple[EmergencyView, ...]:
    if not may("emergency.review", actor, actor.programme):
        return ()
    # An auditor stands in where nobody works on the case.
    if actor.role == Membership.Role.AUDITOR:
        waiting = ~_worked_on(today)
    else:
        waiting = _worked_on(today, organisation=actor.organisation_id)
    rows = EmergencyAccess.objects.filter(waiting, reviewed_at=None).exclude(user=actor.user_id)
    return emergency_views(known_to(actor, rows), actor, may_review=True)


def _worked_on(today: date, **by: int | None) -> Q:
    """Rows on whose case somebody works: for its programme or every one, or any when it is for every one."""
    work = in_force.case_work(today).filter(person=OuterRef("person"), **by)
    for_it = work.filter(Q(programme="") | Q(programme=OuterRef("programme")))
    return Q(Exists(for_it)) | (Q(programme="") & Q(Exists(work)))
