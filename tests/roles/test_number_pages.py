"""Finding a person by national number, and recording one: by POST, and no page writes the number back."""

import re
from datetime import date

import pytest

from tests.factories import make_actor, make_person, make_request, make_user
from veerkracht.register.care.models import Request
from veerkracht.register.cases.actions.national_numbers import record_number
from veerkracht.register.people.models import Person

BORN = date(1985, 7, 30)
NUMBER, TYPED, BIS = "85073003328", "85.07.30-033.28", "98472899765"


@pytest.fixture
def asked(today) -> Request:
    return make_request(make_person(born=BORN, given="Fien"))


@pytest.fixture
def numbered(asked) -> Request:
    record_number(asked.person, by=make_actor("officer"), number=NUMBER)
    return asked


def links(response) -> list[str]:
    return re.findall(r'<a href="/en/file/([^"/]+)/">', response.content.decode())


def repeats(response) -> bool:
    text = response.content.decode() + str(response.headers)
    return any(number in text for number in (NUMBER, TYPED, "85073003329", BIS))


def test_the_page_shows_the_requests_of_whom_one_may_see(numbered, officer, browser):
    response = browser(officer).post("/en/find/", {"number": TYPED})
    assert (response.status_code, links(response), repeats(response)) == (200, [numbered.number], False)


@pytest.mark.parametrize("role", ["signer", "reader", "analyst", "auditor", "administrator"])
def test_others_have_no_such_page(today, browser, role):
    assert browser(make_user(role)).get("/en/find/").status_code == 404


def test_a_number_in_the_address_is_not_searched(numbered, officer, browser):
    response = browser(officer).get(f"/en/find/?number={NUMBER}")
    assert (links(response), "nobody" in response.content.decode()) == ([], False)


def test_unknown_and_not_allowed_look_the_same(numbered, officer, browser):
    Person.objects.filter(pk=numbered.person_id).update(restricted=True)
    client = browser(officer)
    pages = [client.post("/en/find/", {"number": number}) for number in (NUMBER, BIS)]
    without_token = [re.sub(rb'value="[^"]{64}"', b"", page.content) for page in pages]
    assert without_token[0] == without_token[1]
    assert "You find nobody with this number." in pages[0].content.decode()


def test_a_wrong_number_is_said_and_not_repeated(numbered, officer, browser):
    response = browser(officer).post("/en/find/", {"number": "85073003329"})
    assert (response.status_code, repeats(response)) == (422, False)
    assert "This is no valid national number" in response.content.decode()


def test_recording_a_number_from_the_file(asked, officer, browser):
    client, address = browser(officer), f"/en/file/{asked.number}/national-number/"
    assert address in client.get(f"/en/file/{asked.number}/").content.decode()
    wrong = client.post(address, {"number": BIS})
    assert (wrong.status_code, repeats(wrong)) == (422, False)
    asks = [b"despite_birth_date" in page.content for page in (client.get(address), wrong)]
    assert asks == [False, True]
    assert client.post(address, {"number": TYPED})["Location"] == f"/en/file/{asked.number}/"
    again = client.post(address, {"number": BIS, "despite_birth_date": "on"})
    assert (again.status_code, repeats(again)) == (422, False)
    taken = {"number": BIS, "despite_birth_date": "on", "replaces": "on"}
    assert client.post(address, taken).status_code == 302
    assert links(client.post("/en/find/", {"number": BIS})) == [asked.number]


@pytest.mark.parametrize("role", ["reader", "signer"])
def test_who_reads_files_records_no_number(asked, browser, role):
    client, address = browser(make_user(role)), f"/en/file/{asked.number}/national-number/"
    assert address not in client.get(f"/en/file/{asked.number}/").content.decode()
    assert client.post(address, {"number": TYPED}).status_code == 404
    assert Person.objects.get(pk=asked.person_id).national_number_key is None


def test_no_page_shows_a_number_that_is_recorded(numbered, officer, browser):
    client = browser(officer)
    for path in (
        f"file/{numbered.number}/",
        f"file/{numbered.number}/national-number/",
        "list/",
        "list/export.csv",
    ):
        assert not repeats(client.get(f"/en/{path}"))
