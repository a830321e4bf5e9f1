"""The pages of sharing: who may open them, what they say and do, and what they cost."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.sharing.making import PROGRAMME, Around, make_member, make_organisation, make_worker
from tests.sharing.test_consultations import opened as consulted
from tests.sharing.test_emergency import REASON
from tests.sharing.test_emergency import opened as broken
from tests.sharing.test_referrals import sent
from veerkracht.register.care.models import Request
from veerkracht.register.cases.actions import record_consent, revoke_consent
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import (
    CaseWorker,
    Consent,
    Consultation,
    EmergencyAccess,
    Referral,
)

pytestmark = pytest.mark.django_db


def browser(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def post(client: Client, path: str, verb: str, id: object = "", **fields):
    """Send one of the forms of a page, as the page would."""
    prefix = f"{verb}-{id}" if id else verb
    return client.post(
        path, {"verb": verb, "id": id} | {f"{prefix}-{name}": value for name, value in fields.items()}
    )


def sharing(around: Around) -> str:
    return f"/en/file/{around.request.number}/sharing/"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_open_in_both_languages(around, language):
    sent(around), consulted(around), broken(around)
    around.consent(organisation=around.other)
    file = f"file/{around.request.number}/sharing/"
    meeting = f"shared/consultations/{Consultation.objects.get().pk}/"
    pages = [
        (around.worker, page) for page in (file, meeting, "shared/", "my-cases/", "notices/", "emergency/")
    ]
    pages += [(around.partner, page) for page in (meeting, "shared/", "notices/")]
    for actor, page in pages:
        assert browser(actor).get(f"/{language}/{page}").status_code == 200, page
