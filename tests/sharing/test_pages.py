"""The pages of sharing: who may open them, what they say and do, and what they cost."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.pages import text_of
from tests.sharing.making import Around, make_member, make_worker
from tests.sharing.test_consultations import opened as consulted
from tests.sharing.test_emergency import REASON
from tests.sharing.test_emergency import opened as broken
from tests.sharing.test_referrals import sent
from veerkracht.register.cases.actions import record_consent
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import (
    CaseWorker,
    Consent,
    Consultation,
    EmergencyAccess,
    Referral,
)

pytestmark = pytest.mark.django_db
MY_CASES, SHARED = 7, 11


def browser(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


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


# ── beside the file


def test_the_page_beside_the_file_says_who_and_why(around):
    around.consent()
    said = text_of(browser(around.colleague).get(sharing(around)))
    for words in ("The provider", "To prepare the support", "in force", around.worker.name):
        assert (words in said) is True, words


@pytest.mark.parametrize("who", ["partner", "stranger"])
def test_who_does_not_see_it_finds_no_such_page(around, who):
    around.consent()
    consulted(around, around.other_partner)
    client = browser(getattr(around, who))
    real, made_up = (client.get(path) for path in (sharing(around), "/en/file/V-9999999/sharing/"))
    assert (real.status_code, made_up.status_code) == (404, 404)
    assert "Geheimzinnig" not in real.content.decode()


def test_somebody_of_the_team_shares_a_case_and_revokes_it(around):
    client = browser(around.colleague)
    given = post(
        client,
        sharing(around),
        "share",
        organisation=around.provider.pk,
        ground="consent",
        purpose="To prepare the support",
        fields_=["request"],
        agreed=[around.person.pk],
        how="written",
    )
    consent = Consent.objects.get()
    assert (given.status_code, consent.given_at is not None, consent.fields) == (
        302,
        True,
        ["identity", "request"],
    )
    file = f"/en/file/{around.request.number}/"
    assert browser(around.partner).get(file).status_code == 200
    assert post(client, sharing(around), "revoke", consent.record, reason="Asked to").status_code == 302
    assert browser(around.partner).get(file).status_code == 404


def test_the_person_reads_who_looked_and_why(around):
    around.consent()
    browser(around.partner).get(f"/en/file/{around.request.number}/")
    said = text_of(browser(around.own).get("/en/my/looks/"))
    assert ("To prepare the support" in said) is True


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"fields_": ["national-number"]}, "Select a valid choice"),
        ({"fields_": []}, "This field is required"),
        ({"ground": "vital-interest", "fields_": ["money"]}, "This may not be shared here: money."),
        ({"ground": "danger-to-the-vulnerable"}, "does not hold for this programme or this kind"),
        ({"until_date": "2030-01-01"}, "This holds until 14-01-2026 at most."),
        ({"agreed": "1", "how": ""}, "Say how they agreed."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(around, fields, found):
    if "agreed" in fields:
        fields = fields | {"agreed": [around.person.pk]}
    asked = {
        "organisation": around.provider.pk,
        "ground": "consent",
        "purpose": "To prepare the support",
        "fields_": ["request"],
    }
    response = post(browser(around.colleague), sharing(around), "share", **(asked | fields))
    assert (response.status_code, found in text_of(response), Consent.objects.count()) == (422, True, 0)


def test_an_answer_that_came_on_paper(around):
    consent = record_consent(around.person, around.terms(), by=around.worker)
    client, path = browser(around.worker), sharing(around)
    stranger = factories.make_person(given="Ander")
    refused = post(client, path, "answer", consent.record, voice=stranger.pk, agree="yes", how="written")
    assert (refused.status_code, Consent.objects.get().given_at) == (422, None)
    done = post(client, path, "answer", consent.record, voice=around.person.pk, agree="yes", how="written")
    assert (done.status_code, Consent.objects.get().given_at is not None) == (302, True)


def test_a_referral_from_sending_to_declining(around):
    consent = around.consent()
    client = browser(around.worker)
    post(client, sharing(around), "refer", consent.record, purpose="A place is needed", fields_=["request"])
    referral, partner = Referral.objects.get(), browser(around.partner)
    assert ("A place is needed" in text_of(partner.get("/en/shared/"))) is True
    empty = post(partner, "/en/shared/", "decline", referral.pk, reason="")
    assert (empty.status_code, Referral.objects.get().state) == (422, "sent")
    assert post(partner, "/en/shared/", "decline", referral.pk, reason="No room here").status_code == 302
    assert partner.get(f"/en/file/{around.request.number}/").status_code == 404
    assert ("No room here" in text_of(client.get("/en/shared/"))) is True


def test_accepting_and_ending_a_referral(around):
    referral, partner = sent(around), browser(around.partner)
    assert post(partner, "/en/shared/", "accept", referral.pk).status_code == 302
    assert post(browser(around.worker), sharing(around), "end-referral", referral.pk).status_code == 302
    assert Referral.objects.get().state == "ended"


@pytest.mark.parametrize("verb", ["accept", "decline", "end", "review"])
@pytest.mark.parametrize("who", ["stranger", "other_partner"])
def test_nobody_else_answers_by_a_made_up_form(around, verb, who):
    referral, access = sent(around), broken(around, by=around.partner)
    id = access.pk if verb == "review" else referral.pk
    response = post(browser(getattr(around, who)), "/en/shared/", verb, id, reason="Mine", in_order="yes")
    assert (response.status_code, Referral.objects.get().state) == (404, "sent")
    assert EmergencyAccess.objects.get().reviewed_at is None


def test_giving_a_case_and_ending_the_work(around):
    client, path = browser(around.officer), sharing(around)
    assert post(client, path, "assign", user=around.colleague.user_id).status_code == 302
    assert post(client, path, "assign", user=around.partner.user_id).status_code == 422
    worker = CaseWorker.objects.get(user=around.colleague.user_id)
    assert post(client, path, "end-work", worker.pk).status_code == 302
    worker.refresh_from_db()
    assert worker.ended_at is not None


def test_who_may_not_is_not_offered_and_can_not_send_it(around):
    reader = make_member(around.agency, "reader")
    client = browser(reader)
    page = client.get(sharing(around))
    assert (page.status_code, re.findall(r'name="verb"', page.content.decode())) == (200, [])
    assert post(client, sharing(around), "assign", user=around.colleague.user_id).status_code == 404


def test_the_record_of_a_consent_for_who_may_have_it(around):
    consent = around.consent()
    path = f"/en/consents/{consent.record}.json"
    assert browser(around.worker).get(path).json()["record_id"] == str(consent.record)
    assert browser(around.own).get(path).status_code == 200
    for who in (around.partner, around.stranger):
        assert browser(who).get(path).status_code == 404


# ── consultations


def test_a_consultation_on_its_pages(around):
    client = browser(around.worker)
    names = f"{around.partner.name}\n{around.other_partner.user.username}"
    opened = post(
        client,
        sharing(around),
        "consult",
        ground="case-consultation",
        purpose="To keep the children safe",
        members=names,
        fields_=["request"],
    )
    assert opened.status_code == 302
    path = f"/en/shared/consultations/{Consultation.objects.get().pk}/"
    partner = browser(around.partner)
    assert post(partner, path, "note", kind="shared", text="The neighbours heard it").status_code == 302
    assert ("The neighbours heard it" in text_of(client.get(path))) is True
    for verb, fields in (("close", {}), ("invite", {"members": around.stranger.name})):
        assert post(partner, path, verb, **fields).status_code == 404
    assert browser(around.stranger).get(path).status_code == 404
    assert post(client, path, "close").status_code == 302
    assert (partner.get(path).status_code, client.get(path).status_code) == (404, 404)


@pytest.mark.parametrize("names", ["Nobody Atall", "case-worker", ""])
def test_a_name_that_is_nobody(around, names):
    response = post(
        browser(around.worker),
        sharing(around),
        "consult",
        ground="case-consultation",
        purpose="To keep the children safe",
        members=names,
        fields_=["request"],
    )
    assert (response.status_code, Consultation.objects.count()) == (422, 0)


# ── emergency access


def test_breaking_the_glass_leads_to_the_file_and_back_to_the_team(around):
    stranger = browser(around.stranger)
    file = f"/en/file/{around.request.number}/"
    assert stranger.get(file).status_code == 404
    opened = stranger.post("/en/emergency/", {"number": around.person.number, "reason": REASON})
    assert (opened.status_code, opened.url, stranger.get(file).status_code) == (302, file, 200)
    team = browser(around.colleague)
    assert ("took emergency access" in text_of(team.get("/en/notices/"))) is True
    access = EmergencyAccess.objects.get()
    said = {"in_order": "no", "text": "It was their neighbour"}
    assert post(team, sharing(around), "review", access.pk, **said).status_code == 302
    assert ("looked into your emergency access" in text_of(stranger.get("/en/notices/"))) is True


def test_a_number_that_there_is_not_and_one_that_may_not_be_look_the_same(around):
    Person.objects.filter(pk=around.person.pk).update(restricted=True)
    client = browser(around.stranger)
    pages = []
    for number in (around.request.number, "V-9999999"):
        response = client.post("/en/emergency/", {"number": number, "reason": REASON})
        strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|V-\d+')
        pages.append((response.status_code, strip.sub("", response.content.decode())))
    assert pages[0] == pages[1]
    assert (pages[0][0], EmergencyAccess.objects.count()) == (422, 0)


@pytest.mark.parametrize("path", ["emergency/", "shared/", "my-cases/"])
def test_roles_without_files_find_no_such_page(around, path):
    for role in ("analyst", "records", "administrator"):
        assert browser(make_member(around.agency, role)).get(f"/en/{path}").status_code == 404, role
    assert browser(around.own).get(f"/en/{path}").status_code == 404


# ── what people are told


def test_the_badge_counts_what_is_unread_until_it_is_put_away(around):
    sent(around)
    client = browser(around.partner)
    page = client.get("/en/notices/")
    assert ("1 unread" in text_of(page)) is True
    newest = re.search(r'name="up_to" value="(\d+)"', page.content.decode())
    assert newest is not None
    client.post("/en/notices/", {"up_to": newest[1]})
    page = client.get("/en/notices/")
    assert ("unread" in text_of(page), "refers somebody to you" in text_of(page)) == (False, True)


def test_one_case_costs_as_many_queries_as_three(around, django_assert_num_queries):
    client = browser(around.worker)
    client.get("/en/my-cases/")
    with django_assert_num_queries(MY_CASES):
        client.get("/en/my-cases/")
    for _ in range(2):
        person = factories.make_request().person
        make_worker(person, around.worker)
    with django_assert_num_queries(MY_CASES):
        client.get("/en/my-cases/")


def test_one_shared_file_costs_as_many_queries_as_three(around, django_assert_num_queries):
    client = browser(around.partner)
    sent(around)
    client.get("/en/shared/")
    with django_assert_num_queries(SHARED):
        client.get("/en/shared/")
    for _ in range(2):
        around.request = factories.make_request()
        make_worker(around.person, around.worker)
        sent(around)
    with django_assert_num_queries(SHARED):
        client.get("/en/shared/")
