"""A person's own pages, and those of whom they speak for."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.protection.conftest import DAY, make_case_worker
from veerkracht.register import clock
from veerkracht.register.cases.actions.consents import Terms, record_consent
from veerkracht.register.cases.protection import Newcomer, change_address, record_representation, withhold
from veerkracht.register.keeping.models import Objection
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation, Person
from veerkracht.register.permissions import Case, fields
from veerkracht.register.sharing.models import Consent, Representation

pytestmark = pytest.mark.django_db

PAGES = ("", "consents/", "who/", "looks/", "documents/", "rights/")


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def family(officer) -> tuple[Person, Actor, Actor]:
    """A young person of 13 with a request, they themself, and their mother."""
    child = factories.make_person(given="Kind", born=date(2010, 5, 1), area="11002")
    factories.make_request(child)
    made = record_representation(
        Case(child, "", child.area),
        by=officer,
        representative=Newcomer("Moeder", "Voorbeeld", date(1980, 2, 1)),
        kind="parent",
        source="Birth certificate",
        from_date=date(2020, 1, 1),
    )
    return child, factories.make_own_actor(child), factories.make_own_actor(made.representative)


def ask(person: Person, by: Actor, purpose: str = "Together with the school") -> Consent:
    school, _ = Organisation.objects.get_or_create(name="The school", defaults={"kind": "school"})
    terms = Terms(
        programme=factories.PROGRAMME,
        organisation=school,
        purpose=purpose,
        fields=["identity", "request"],
    )
    return record_consent(person, terms, by=by)


def answer(client: Client, consent: Consent, verb: str, address: str = "/en/my/consents/"):
    consent.refresh_from_db()
    return client.post(address, {"consent": consent.pk, "version": consent.version, "verb": verb})


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_oneself_and_for_whom_one_speaks(family, language, page):
    child, young, mother = family
    assert browser(young).get(f"/{language}/my/{page}").status_code == 200
    client = browser(mother)
    assert client.get(f"/{language}/my/{page}").status_code == 200
    assert client.get(f"/{language}/my/for/{child.number}/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_opens_them(family, officer, page):
    child, *_ = family
    stranger = factories.make_own_actor(factories.make_person())
    for actor in (stranger, officer):
        assert browser(actor).get(f"/en/my/for/{child.number}/{page}").status_code == 404
    assert browser(officer).get(f"/en/my/{page}").status_code == 404
    assert browser(stranger).get(f"/en/my/for/P-0999999/{page}").status_code == 404


def test_a_consent_of_a_young_person_needs_both(family, officer):
    child, young, mother = family
    consent = ask(child, officer)
    assert answer(browser(young), consent, "agree").status_code == 302
    consent.refresh_from_db()
    assert consent.given_at is None
    assert "One other person still has to answer" in html(browser(young), "/en/my/consents/")
    answer(browser(mother), consent, "agree", f"/en/my/for/{child.number}/consents/")
    consent.refresh_from_db()
    assert consent.given_at is not None
    answer(browser(young), consent, "revoke")
    consent.refresh_from_db()
    assert consent.revoked_at is not None
    assert "taken back" in html(browser(young), "/en/my/consents/")


def test_one_no_is_enough_and_shares_nothing(family, officer):
    child, young, mother = family
    consent = ask(child, officer)
    answer(browser(mother), consent, "agree", f"/en/my/for/{child.number}/consents/")
    answer(browser(young), consent, "decline")
    consent.refresh_from_db()
    assert consent.given_at is None
    assert "not agreed" in html(browser(young), "/en/my/consents/")


def test_a_consent_that_begins_later_is_not_said_to_be_shared(family, officer):
    child, young, _ = family
    consent = ask(child, officer)
    Consent.objects.filter(pk=consent.pk).update(given_at=clock.now())
    said = []
    for start in (clock.today(), clock.today() + timedelta(days=1)):
        Consent.objects.filter(pk=consent.pk).update(from_date=start)
        page = html(browser(young), "/en/my/consents/")
        said.append((">shared<" in page, ">begins later<" in page))
    assert said == [(True, False), (False, True)]


def test_nobody_answers_a_consent_of_somebody_else(family, officer):
    child, _, _ = family
    consent = ask(child, officer)
    stranger = browser(factories.make_own_actor(factories.make_person()))
    for address in ("/en/my/consents/", f"/en/my/for/{child.number}/consents/"):
        assert answer(stranger, consent, "agree", address).status_code == 404
    for wrong in ({"verb": "agree"}, {"consent": "x", "version": "1", "verb": "agree"}, {"verb": "own"}):
        assert stranger.post("/en/my/consents/", wrong).status_code == 404
    assert list(consent.voices.values_list("agreed", flat=True)) == [None, None]


def test_who_may_not_see_consents_answers_and_takes_back_none(family, officer):
    child, young, mother = family
    consent = ask(child, officer)
    address = f"/en/my/for/{child.number}/consents/"
    record_of = f"/en/consents/{consent.record}.json"
    assert browser(mother).get(record_of).status_code == 200
    withhold(Representation.objects.get().pk, by=young, fields=["sharing"])
    for verb in ("agree", "decline", "revoke"):
        assert answer(browser(mother), consent, verb, address).status_code == 404
    assert browser(mother).get(record_of).status_code == 404
    consent.refresh_from_db()
    assert (consent.revoked_at, list(consent.voices.values_list("agreed", flat=True))) == (None, [None, None])


def test_who_may_read_is_said_with_the_ground(family, officer):
    child, young, _ = family
    make_case_worker(child, name="Cas Worker")
    consent = ask(child, officer)
    Consent.objects.filter(pk=consent.pk).update(given_at="2024-01-10T00:00Z")
    seen = html(browser(young), "/en/my/who/")
    for words in (
        "Cas Worker",
        "The refuge",
        "Works with you",
        "Keeps the list on which you stand",
        "With your consent: Together with the school",
        "Moeder Voorbeeld",
    ):
        assert words in " ".join(re.sub(r"<[^>]+>", " ", seen).split()), words


def test_a_young_person_keeps_parts_from_a_parent_on_the_page(family, officer):
    child, young, mother = family
    id = child.representatives.get().pk
    before = fields(mother, child)
    client = browser(young)
    client.post("/en/my/who/", {"representative": id, "fields": ["looks", "documents"]})
    assert before - fields(mother, child) == {"looks", "documents"}
    theirs = browser(mother)
    for page in ("looks/", "documents/"):
        assert theirs.get(f"/en/my/for/{child.number}/{page}").status_code == 404
    # Neither does the page of who speaks for the child tell that something is kept from her.
    assert "should not see" not in html(theirs, f"/en/my/for/{child.number}/who/")
    gone = theirs.post(f"/en/my/for/{child.number}/who/", {"representative": id, "fields": []})
    assert gone.status_code == 404
    assert before - fields(mother, child) == {"looks", "documents"}


def test_who_looked_is_said_and_can_be_objected_to_once(family, officer):
    child, young, _ = family
    asked = child.requests.get()
    browser(officer).get(f"/en/file/{asked.number}/")
    client = browser(young)
    client.get("/en/my/")
    seen = html(client, "/en/my/looks/")
    assert ("Olga Officer" in seen, "The agency" in seen) == (True, True)
    # Their own looks are left out.
    assert child.number not in re.sub(r"(?s)<head>.*?</head>|<header.*?</header>", "", seen)
    entry = re.search(r'name="entry" value="(\d+)"', seen).group(1)
    client.post("/en/my/looks/", {"entry": entry, "text": "I do not know her"})
    assert list(Objection.objects.values_list("person", "text")) == [(child.pk, "I do not know her")]
    assert "I do not know her" in html(client, "/en/my/looks/")
    client.post("/en/my/looks/", {"entry": entry, "text": "Again"})
    assert Objection.objects.count() == 1
    stranger = browser(factories.make_own_actor(factories.make_person()))
    assert stranger.post("/en/my/looks/", {"entry": entry, "text": "Not mine"}).status_code == 404


def test_a_look_by_the_case_team_does_not_tell_of_an_address_in_hiding(family):
    child, young, mother = family
    browser(make_case_worker(child)).get(f"/en/file/{child.requests.get().number}/")
    for client, address in (
        (browser(young), "/en/my/looks/"),
        (browser(mother), f"/en/my/for/{child.number}/looks/"),
    ):
        seen = html(client, address)
        assert ("Cas Worker" in seen, "hiding" in seen) == (True, False)


def test_a_person_adds_a_document_that_the_case_workers_read(family, officer, settings, tmp_path):
    settings.DOCUMENT_FOLDER = tmp_path / "documents"
    child, young, _ = family
    file = io.BytesIO(b"%PDF-1.7")
    file.name = "attest.pdf"
    assert browser(young).post("/en/my/documents/", {"kind": "proof", "file": file}).status_code == 302
    asked = child.requests.get()
    seen = html(browser(officer), f"/en/file/{asked.number}/documents/")
    assert ("attest.pdf" in seen, "added by the person" in seen) == (True, True)
    assert "attest.pdf" in html(browser(young), "/en/my/documents/")


def test_everything_known_comes_in_one_file_without_what_is_hidden_from_a_parent(family, officer, settings):
    child, young, mother = family
    worker = make_case_worker(child)
    case = Case(child, factories.PROGRAMME, child.area)
    place = {"street": "Geheime Dreef 13", "postal_code": "8400", "municipality": "Oostende"}
    change_address(case, by=worker, on=DAY, hidden=True, **place)
    assert "/en/my/bundle/" in html(browser(young), "/en/my/rights/")
    given = browser(mother).post(f"/en/my/for/{child.number}/bundle/").content
    with zipfile.ZipFile(io.BytesIO(given)) as bundle:
        told = "".join(bundle.read(name).decode(errors="replace") for name in bundle.namelist())
    assert ("Kind" in told, "Geheime" in told, "hidden" in told, "schuil" in told.lower()) == (
        True,
        False,
        False,
        False,
    )
    for page in PAGES:
        assert "Geheime" not in html(browser(mother), f"/en/my/for/{child.number}/{page}")


def test_as_many_queries_for_three_consents_as_for_one(family, officer):
    child, young, _ = family
    client, counts = browser(young), []
    for size in (1, 3):
        while Consent.objects.count() < size:
            ask(child, officer, f"Purpose {Consent.objects.count()}")
        for page in ("consents/", "who/"):
            client.get(f"/en/my/{page}")
            with CaptureQueriesContext(connection) as seen:
                client.get(f"/en/my/{page}")
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
