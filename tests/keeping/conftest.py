"""Files in every state that the rules of retention know."""

import io
from datetime import date, timedelta

import pytest

from tests.factories import make_actor, make_own_actor, make_person, make_request, make_user
from veerkracht.register import clock
from veerkracht.register.care import actions
from veerkracht.register.documents.actions import add_document
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case
from veerkracht.register.sharing.models import (
    Address,
    Consent,
    ConsentVoice,
    Consultation,
    ConsultationNote,
    EmergencyAccess,
    Notice,
    Referral,
)

# Stands in every text about the person: what is left of it after pseudonymising would be a leak.
MARK = "Zichtbaar"
PDF = b"%PDF-1.7\nwords\n%%EOF"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings):
    settings.DOCUMENT_FOLDER = tmp_path / "documents"


@pytest.fixture
def records() -> Actor:
    return make_actor("records", name="Rita Records")


@pytest.fixture
def second() -> Actor:
    return make_actor("records", name="Rik Records")


@pytest.fixture
def officer() -> Actor:
    return make_actor("officer", name="Otto Officer")


@pytest.fixture
def withdrawn(officer) -> Person:
    """Somebody who withdrew long ago, about whom something is written wherever something can be."""
    return make_withdrawn(officer)


def make_withdrawn(officer: Actor, on: date = date(2016, 6, 1), given: str = "Zaza") -> Person:
    person = make_person(given=given, family=MARK, born=date(1980, 5, 17))
    asked = on - timedelta(days=31)
    request = make_request(person, asked=asked, plan_approved_on=None, category=None)
    said = f"{MARK} spoke."
    request = actions.revise(
        request, by=officer, on=asked, group=1, facts={"lives": f"with {MARK}"}, text=said
    )
    actions.withdraw(request, by=make_own_actor(person), on=on, text=said)
    _shared(person, officer)
    return person


def _shared(person: Person, officer: Actor) -> None:
    case = Case(person, request_programme(person), person.area)
    add_document(case, by=officer, kind="report", name=f"{MARK}.pdf", file=io.BytesIO(PDF))
    today, now, organisation = clock.today(), clock.now(), officer.membership.organisation
    Address.objects.create(
        person=person, street=f"{MARK}straat 1", postal_code="2000", municipality="Antwerpen",
        from_date=today, recorded_by_name=officer.name,
    )  # fmt: skip
    consent = Consent.objects.create(
        person=person, organisation=organisation, ground="consent", purpose=f"for {MARK}", from_date=today,
        until_date=today, recorded_at=now, recorded_by_name=officer.name, revoke_reason=f"{MARK} said so",
    )  # fmt: skip
    ConsentVoice.objects.create(
        consent=consent, person=person, agreed=True, at=now, recorded_by_name=str(person)
    )
    consultation = Consultation.objects.create(
        person=person, ground="458ter", source="law", purpose=f"on {MARK}", held_on=today,
        opened_by=officer.user, opened_at=now, until_date=today,
    )  # fmt: skip
    ConsultationNote.objects.create(
        consultation=consultation, text=f"{MARK} was there", by=officer.user, at=now
    )
    EmergencyAccess.objects.create(
        person=person, user=officer.user, membership=officer.membership, reason=f"{MARK} fell",
        from_at=now, until_at=now + timedelta(hours=1), review=f"{MARK} is well",
    )  # fmt: skip
    Referral.objects.create(
        person=person, programme=request_programme(person), from_organisation=organisation,
        to_organisation=organisation, purpose=f"for {MARK}", consent=consent, reason=f"{MARK} moved",
        sent_by=officer.user, sent_at=now,
    )  # fmt: skip
    Notice.objects.create(user=make_user(), person=person, kind="x", text={"name": MARK}, at=now)


def request_programme(person: Person) -> str:
    return person.requests.first().programme
