"""Who works on a case and who may read in it: everything beside the file, on one page."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

from veerkracht.register import clock
from veerkracht.register.cases.queries.consents import ConsentView, consent_views
from veerkracht.register.cases.queries.views import (
    EmergencyView,
    MeetingView,
    ReferralView,
    WorkerView,
    emergency_views,
    meeting_views,
    referral_views,
    worker_views,
)
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case, fields, may, which
from veerkracht.register.sharing.in_force import case_work
from veerkracht.register.sharing.models import (
    CaseWorker,
    Consent,
    Consultation,
    EmergencyAccess,
    Referral,
)

Row = TypeVar("Row", bound=Model)
# What a page about a case may offer to do.
VERBS = (
    "case.assign",
    "consent.record",
    "consent.revoke",
    "consultation.open",
    "emergency.review",
    "referral.send",
)


@dataclass(frozen=True)
class OnCase:
    """All of it, last first; `allowed`: the verbs (of `VERBS`) that the reader may do."""

    workers: tuple[WorkerView, ...]
    consents: tuple[ConsentView, ...]
    referrals: tuple[ReferralView, ...]
    consultations: tuple[MeetingView, ...]
    emergencies: tuple[EmergencyView, ...]
    allowed: frozenset[str]


def on_case(actor: Actor, case: Case) -> OnCase:
    """Who works on a case and who may read it. Raises `Refused` for who doesn't see that group of fields.

    The look itself is logged by the gate of the file.
    """
    if "sharing" not in fields(actor, case):
        record(actor, "refused", "sharing", person_id=case.person_id)
        raise Refused()
    allowed = which(VERBS, actor, case)
    return OnCase(
        workers=worker_views(_of_case(case_work(clock.today()), case)),
        consents=consent_views(_of_case(Consent.objects.all(), case)),
        referrals=referral_views(_of_case(Referral.objects.all(), case), actor),
        consultations=meeting_views(_of_case(Consultation.objects.all(), case), actor),
        emergencies=emergency_views(
            _of_case(EmergencyAccess.objects.all(), case), actor, may_review="emergency.review" in allowed
        ),
        allowed=allowed,
    )


def get_worker(actor: Actor, id: int) -> CaseWorker:
    """Raises `Refused`, as the other gates here, the same whether there is none or the actor may do nothing to it."""
    found = CaseWorker.objects.select_related("person").filter(pk=id).first()
    return _gated(actor, found, "case.assign")


def get_emergency(actor: Actor, id: int) -> EmergencyAccess:
    """One that the actor may look into."""
    found = EmergencyAccess.objects.select_related("person", "user").filter(pk=id).first()
    return _gated(actor, found, "emergency.review")


def get_referral(actor: Actor, id: int) -> Referral:
    """One of which the actor's organisation is a side."""
    found = Referral.objects.select_related("person").filter(pk=id).first()
    sides = (
        {found.from_organisation_id: "referral.send", found.to_organisation_id: "referral.answer"}
        if found
        else {}
    )
    return _gated(actor, found, sides.get(actor.organisation_id or 0, ""))


def _gated(actor: Actor, found: Row | None, verb: str) -> Row:
    if found is None or not verb or not may(verb, actor, found):
        record(actor, "refused", verb or "sharing")
        raise Refused()
    return found


def _of_case(rows: QuerySet[Row], case: Case) -> QuerySet[Row]:
    rows = rows.filter(person=case.person_id)
    return rows.filter(programme__in=["", case.programme]) if case.programme else rows
