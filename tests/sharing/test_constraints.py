"""What must never be false of what is shared is held by the database itself, and said in words."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.sharing.making import DAY
from tests.sharing.test_consultations import opened as consulted
from tests.sharing.test_emergency import opened as broken
from tests.sharing.test_referrals import sent
from veerkracht.register import clock, constraints
from veerkracht.register.cases.actions import record_consent
from veerkracht.register.sharing.models import (
    CaseWorker,
    Consent,
    ConsentVoice,
    Consultation,
    EmergencyAccess,
    Referral,
)

pytestmark = pytest.mark.django_db
BROKEN = [
    ("consent_does_not_end_before_it_starts", Consent, {"until_date": DAY - timedelta(days=1)}),
    ("consent_has_a_purpose", Consent, {"purpose": ""}),
    ("legal_ground_has_a_source", Consent, {"ground": "vital-interest"}),
    ("revoked_consent_names_who", Consent, {"revoked_at": clock.timezone.now()}),
    ("voice_has_a_moment", ConsentVoice, {"agreed": True, "at": None}),
    ("consultation_has_a_source", Consultation, {"source": ""}),
    ("consultation_does_not_end_before_it_is_held", Consultation, {"until_date": DAY - timedelta(days=1)}),
    ("emergency_has_a_reason", EmergencyAccess, {"reason": ""}),
    ("emergency_review_is_whole", EmergencyAccess, {"in_order": True}),
    ("declined_referral_has_a_reason", Referral, {"state": "declined", "ended_at": clock.timezone.now()}),
    ("referral_ends_when_it_is_over", Referral, {"state": "ended"}),
    ("case_work_does_not_end_before_it_starts", CaseWorker, {"until_date": DAY - timedelta(days=9_999)}),
]


@pytest.mark.parametrize(("name", "model", "facts"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_the_database_holds_it(around, name, model, facts):
    sent(around), consulted(around), broken(around)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        model.objects.update(**facts)
    assert (constraints.broken(refused.value), name in constraints.MESSAGES) == (name, True)


def test_who_took_emergency_access_does_not_review_it(around):
    access = broken(around)
    facts = {"reviewed_at": clock.now(), "in_order": True, "reviewed_by": access.user}
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        EmergencyAccess.objects.update(**facts)
    assert constraints.broken(refused.value) == "emergency_is_reviewed_by_another"


def test_an_emergency_that_is_not_in_order_says_why(around):
    broken(around)
    facts = {"reviewed_at": clock.now(), "in_order": False, "reviewed_by": around.worker.user}
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        EmergencyAccess.objects.update(**facts)
    assert constraints.broken(refused.value) == "emergency_not_in_order_says_why"


def test_somebody_is_asked_once(around):
    consent = record_consent(around.person, around.terms(), by=around.worker)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        ConsentVoice.objects.create(consent=consent, person=around.person)
    assert constraints.broken(refused.value) == "voice_once"
