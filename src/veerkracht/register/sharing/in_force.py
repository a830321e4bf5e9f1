"""What counts on a day of all that is shared: the rules that permissions, actions and pages have in common."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from veerkracht.register.sharing.models import (
    CaseWorker,
    Consent,
    ConsultationMember,
    EmergencyAccess,
    Referral,
)

OPEN_REFERRAL = (Referral.State.SENT, Referral.State.ACCEPTED)


def case_work(on: date) -> QuerySet[CaseWorker]:
    """Who works on a case on a day. Work that was ended counts no more from that moment."""
    return CaseWorker.objects.filter(
        Q(until_date=None) | Q(until_date__gte=on), from_date__lte=on, ended_at=None
    )


def consents(on: date) -> QuerySet[Consent]:
    """Consents that all who were asked have given, and grounds in law, within their term and not revoked."""
    return Consent.objects.filter(_agreed(on))


def partners(on: date) -> QuerySet[Consent]:
    """As `consents`, without those that a referral rests on: these are read through that referral alone."""
    return consents(on).filter(referrals=None)


def referrals(on: date) -> QuerySet[Referral]:
    """Referrals that were sent and not declined or ended, on a consent in force."""
    return Referral.objects.filter(_agreed(on, "consent__"), state__in=OPEN_REFERRAL)


def participation(on: date) -> QuerySet[ConsultationMember]:
    """Who takes part in a consultation that has begun and is not over."""
    return ConsultationMember.objects.filter(
        until_at=None,
        consultation__ended_at=None,
        consultation__held_on__lte=on,
        consultation__until_date__gte=on,
    )


def emergencies(at: datetime) -> QuerySet[EmergencyAccess]:
    """Emergency access at a moment."""
    return EmergencyAccess.objects.filter(from_at__lte=at, until_at__gt=at)


def _agreed(on: date, prefix: str = "") -> Q:
    facts = {"given_at__isnull": False, "revoked_at": None, "from_date__lte": on, "until_date__gte": on}
    return Q(**{f"{prefix}{name}": value for name, value in facts.items()})
