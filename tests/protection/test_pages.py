"""The pages beside a file: documents, addresses, who speaks for the person, restricted files."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests import factories
from veerkracht.register.cases.protection import restrict
from veerkracht.register.documents.models import Document
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import Address, Representation

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nwords"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings):
    settings.DOCUMENT_FOLDER = tmp_path / "documents"


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def plain(answer: HttpResponse) -> str:
    """A page without what is different each time: the mark against forgery, and the address asked for."""
    html = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", html)


def upload(client: Client, asked, name: str = "verslag.pdf", data: bytes = PDF):
    file = SimpleUploadedFile(name, data, content_type="text/html")
    return client.post(f"/en/file/{asked.number}/documents/", {"kind": "report", "file": file})


def test_a_document_is_added_read_and_removed(case, asked, officer):
    client = browser(officer)
    assert upload(client, asked, "ver\u202eslag é.pdf").status_code == 302
    document = Document.objects.get()
    page = client.get(f"/en/file/{asked.number}/documents/").content.decode()
    assert f"/en/documents/{document.reference}/" in page
    answer = client.get(f"/en/documents/{document.reference}/")
    assert b"".join(answer.streaming_content) == PDF
    kept = ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control")
    assert [answer[name] for name in kept] == [
        "application/pdf",
        "sandbox; default-src 'none'",
        "nosniff",
        "private, no-store",
    ]
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''verslag%20%C3%A9.pdf"
    gone = f"/en/file/{asked.number}/documents/{document.reference}/remove/"
    client.post(gone, {"reason": ""})
    assert Document.objects.get().removed_at is None
    client.post(gone, {"reason": "Of somebody else"})
    assert client.get(f"/en/documents/{document.reference}/").status_code == 404


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_wrong_file_is_said_at_its_field(case, asked, officer, language):
    client = browser(officer)
    file = SimpleUploadedFile("a.exe", b"MZ")
    answer = client.post(f"/{language}/file/{asked.number}/documents/", {"kind": "report", "file": file})
    said = {"nl": "worden niet aangenomen", "en": "are not taken"}[language]
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert Document.objects.count() == 0


def test_what_is_far_too_large_is_not_read_to_its_end(case, asked, officer, settings):
    settings.DOCUMENT_LARGEST = 100_000
    answer = upload(browser(officer), asked, data=PDF + b" " * 300_000)
    assert (answer.status_code, "This file is too large." in answer.content.decode()) == (422, True)
    assert Document.objects.count() == 0


def test_who_may_not_read_gets_the_page_of_what_does_not_exist(case, asked, officer):
    upload(browser(officer), asked)
    document = Document.objects.get()
    never = "00000000-0000-4000-8000-000000000000"
    for role in ("case-worker", "analyst", "admission", "records", "auditor"):
        client = browser(factories.make_actor(role))
        pages = [client.get(f"/en/documents/{one}/") for one in (document.reference, never)]
        assert [one.status_code for one in pages] == [404, 404], role
        assert plain(pages[0]) == plain(pages[1])
        for part in ("documents", "addresses", "representatives"):
            assert client.get(f"/en/file/{asked.number}/{part}/").status_code == 404


def test_the_team_writes_down_an_address_in_hiding_and_the_officer_sees_no_difference(
    case, asked, officer, worker
):
    outside, team = browser(officer), browser(worker)
    address = f"/en/file/{asked.number}/addresses/"

    before = plain(outside.get(address))
    filled = {
        "hidden": "yes",
        "street": "Geheime Dreef 13",
        "postal_code": "8400",
        "municipality": "Oostende",
        "on": "2024-01-10",
    }
    assert team.post(address, filled).status_code == 302
    assert "Geheime Dreef 13" in team.get(address).content.decode()
    assert plain(outside.get(address)) == before
    # Who does not see the choice does not get it by sending it either: it is written down as an ordinary one.
    outside.post(address, {**filled, "street": "Dorpsstraat 1"})
    assert list(Address.objects.order_by("id").values_list("street", "hidden")) == [
        ("Geheime Dreef 13", True),
        ("Dorpsstraat 1", False),
    ]
    assert outside.post(address, {"verb": "end", "hidden": "yes", "on": "2024-01-15"}).status_code == 404
    assert team.post(address, {"verb": "end", "hidden": "yes", "on": "2024-01-15"}).status_code == 302


def test_a_representative_gets_a_code_and_signs_in(officer):
    child = factories.make_person(given="Kind", born=date(2014, 5, 1))
    asked = factories.make_request(child)
    client, page = browser(officer), f"/en/file/{asked.number}/representatives/"
    filled = {
        "kind": "parent",
        "source": "Birth certificate",
        "given_name": "Moeder",
        "family_name": "Voorbeeld",
        "birth_date": "1980-02-01",
        "from_date": "2020-01-01",
    }
    wrong = client.post(page, {**filled, "source": ""})
    assert (wrong.status_code, Representation.objects.count()) == (422, 0)
    assert client.post(page, filled).status_code == 302
    made = Representation.objects.get()
    shown = client.post(f"{page}{made.pk}/code/").content.decode()
    code = re.search(r"\d{7}-[A-Z2-9-]{14}", shown).group()
    mother = Client()
    mother.post("/en/sign-in/code/", {"code": code})
    assert "Kind Voorbeeld" in mother.get("/en/my/").content.decode()
    client.post(f"{page}{made.pk}/end/", {"on": "2024-01-14"})
    assert "Kind Voorbeeld" not in mother.get("/en/my/").content.decode()


def test_nobody_gets_a_code_to_the_file_of_who_is_named_as_representative(officer):
    """Else whoever works on one file could read any other, by naming its person as a parent."""
    other = factories.make_person(born=date(1980, 2, 1))
    factories.make_request(other)
    child = factories.make_person(born=date(2014, 5, 1))
    asked = factories.make_request(child)
    made = Representation.objects.create(
        person=child, representative=other, kind="parent", source="s", from_date=date(2020, 1, 1)
    )
    page = f"/en/file/{asked.number}/representatives/{made.pk}/code/"
    answer = browser(officer).post(page, follow=True)
    assert "You can&#x27;t give a code" in answer.content.decode()
    assert other.codes.count() == 0


def test_who_keeps_files_restricted_works_by_number_and_sees_nobody(case, asked, officer, records):
    client, page = browser(records), "/en/restricted/"
    filled = {"verb": "restrict", "number": case.number, "users": officer.user.username, "reason": "Victim"}
    assert client.post(page, {**filled, "users": "nobody-here"}).status_code == 422
    assert Person.objects.filter(restricted=True).count() == 0
    assert client.post(page, filled).status_code == 302
    html = client.get(page).content.decode()
    assert (case.number in html, "Verborgen" in html) == (True, False)
    for address in (f"/en/file/{asked.number}/", "/en/list/"):
        assert client.get(address).status_code == 404
    assert browser(officer).get(page).status_code == 404
    client.post(page, {"verb": "lift", "number": case.number, "reason": "Over"})
    assert Person.objects.filter(restricted=True).count() == 0


def test_one_file_beside_another_can_not_be_reached_through_it(officer):
    """A representation of another case is not changed through a case that one may see."""
    mine = factories.make_request(factories.make_person(born=date(2014, 5, 1)))
    kept = factories.make_person(born=date(2014, 6, 1))
    made = Representation.objects.create(
        person=kept,
        representative=factories.make_person(),
        kind="parent",
        source="s",
        from_date=date(2020, 1, 1),
    )
    restrict(kept.number, by=factories.make_actor("records"), users=[factories.make_user()], reason="Victim")
    answer = browser(officer).post(
        f"/en/file/{mine.number}/representatives/{made.pk}/end/", {"on": "2024-01-14"}
    )
    made.refresh_from_db()
    assert (answer.status_code, made.until_date) == (404, None)
