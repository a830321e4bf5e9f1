"""What every page shares: signing in and out, menu, languages, explanations, errors with words."""

import re

import pytest
from django.test import Client
from django.utils import translation

from veerkracht.register import clock
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor

# Notices are the last item on a phone; on a wide page they stand beside the name.
MENUS = {
    "officer": [
        "Today",
        "The list",
        "Shared with us",
        "Rounds",
        "Places",
        "Try a rule",
        "Forecast",
        "Notices",
    ],
    "signer": ["Today", "The list", "Shared with us", "Rounds", "Try a rule", "Forecast", "Notices"],
    "assessor": ["Today", "The list", "Shared with us", "Forecast", "Notices"],
    "reader": [
        "Today",
        "The list",
        "Rounds",
        "Places",
        "Crisis desk",
        "Forecast",
        "Money",
        "Staff",
        "Notices",
    ],
    "analyst": ["Today", "Places", "Crisis desk", "Try a rule", "Forecast", "Money", "Staff", "Notices"],
    "person": ["My request", "Notices"],
}


def menu(html: str) -> list[str]:
    found = re.search(r"<nav aria-label=\"[^\"]*\">\s*<ul>(.*?)</ul>", html, re.DOTALL)
    return re.findall(r">([^<>]+)</a>", found[1]) if found else []


@pytest.mark.parametrize("role", MENUS)
def test_the_menu_shows_what_a_role_may_read(as_role, role):
    assert menu(as_role(role).get("/en/about/").content.decode()) == MENUS[role]


def test_who_is_not_signed_in_has_no_menu(client, staff):
    assert menu(client.get("/en/about/").content.decode()) == []


@pytest.mark.parametrize(
    "path", ["", "list/", "rounds/", "try/", "forecast/", "my/", "file/V-0000001/", "list/export.csv"]
)
def test_who_is_not_signed_in_is_asked_to_and_comes_back(client, staff, path):
    response = client.get(f"/en/{path}")
    assert (response.status_code, response["Location"]) == (302, f"/en/sign-in/?next=/en/{path}")


def test_signing_in_with_a_password_leads_to_the_page_asked_for(client, staff):
    words = {"username": "officer", "password": "a-demo-password", "next": "/en/about/"}
    response = client.post("/en/sign-in/", words)
    assert (response.status_code, response["Location"]) == (302, "/en/about/")
    assert [(entry.verb, entry.user_name) for entry in LogEntry.objects.all()] == [
        ("sign-in", "Test Officer")
    ]


def test_a_wrong_password_says_so_and_signs_nobody_in(client, staff):
    response = client.post("/en/sign-in/", {"username": "officer", "password": "wrong"})
    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(client, staff, address):
    response = client.post(
        "/en/sign-in/", {"username": "officer", "password": "a-demo-password", "next": address}
    )
    assert response["Location"] == "/en/"


def test_one_click_signs_in_to_the_demo(client, staff):
    response = client.post("/nl/sign-in/demo/", {"role": "signer"})
    assert (response.status_code, response["Location"]) == (302, "/nl/")
    assert int(client.session["_auth_user_id"]) == staff["signer"].pk


def test_outside_a_demo_no_click_signs_anybody_in(client, staff):
    clock.stand_still_on(None)
    assert client.post("/nl/sign-in/demo/", {"role": "signer"}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert "sign-in/demo" not in client.get("/nl/sign-in/").content.decode()


def test_a_person_signs_in_with_their_code(client, somebody):
    code = codes.issue(somebody.person, by=Actor.for_command("test"))
    response = client.post("/nl/sign-in/code/", {"code": code.lower()})
    assert (response.status_code, response["Location"]) == (302, "/nl/my/")


def test_a_wrong_code_is_refused_in_words(client, somebody):
    codes.issue(somebody.person, by=Actor.for_command("test"))
    response = client.post("/en/sign-in/code/", {"code": "0000001-AAAA-BBBB-CCCC"})
    assert response.status_code == 422
    assert 'id="code-fault">This code is not right or no longer valid.<' in response.content.decode()


def test_signing_out(as_role):
    client = as_role("officer")
    assert client.post("/en/sign-out/")["Location"] == "/en/sign-in/"
    assert "_auth_user_id" not in client.session
    assert client.get("/en/sign-out/").status_code == 405


def test_the_other_language_stays_on_the_page(as_role):
    html = as_role("officer").get("/en/about/?x=1&y=2").content.decode()
    assert re.findall(r'<a href="([^"]+)" lang="nl"', html) == ["/nl/about/?x=1&amp;y=2"]


@pytest.mark.parametrize(("language", "banner"), [("nl", "15 januari 2024"), ("en", "15 January 2024")])
def test_a_demo_says_so_on_every_page(as_role, language, banner):
    assert banner in as_role("officer").get(f"/{language}/about/").content.decode()


def test_real_days_have_no_banner(client, staff):
    clock.stand_still_on(None)
    assert 'class="demo"' not in client.get("/en/about/").content.decode()


@pytest.mark.parametrize("path", ["nothing-here/", "file/V-9999999/"])
@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Deze pagina bestaat niet"), ("en", "This page does not exist")]
)
def test_what_does_not_exist_says_so_in_words(as_role, language, words, path):
    response = as_role("officer").get(f"/{language}/{path}")
    assert (response.status_code, words in response.content.decode()) == (404, True)


def test_an_explanation_put_away_stays_away(client, staff):
    response = client.post("/en/hints/today/", {"next": "/en/about/"})
    assert (response.status_code, response["Location"]) == (302, "/en/about/")
    assert client.cookies["hints-away"].value == "today"
    client.post("/en/hints/list/", {"next": "/en/about/"})
    assert client.cookies["hints-away"].value == "today.list"


def test_by_htmx_an_explanation_goes_at_once(client, staff):
    response = client.post("/en/hints/today/", headers={"HX-Request": "true"})
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("key", ["-bad", "x" * 60, "1"])
def test_a_key_that_no_page_has_is_not_kept(client, staff, key):
    client.post(f"/en/hints/{key}/")
    assert "hints-away" not in client.cookies


def test_light_and_dark_by_choice(client, staff):
    client.post("/en/look/", {"look": "dark", "next": "/en/about/"})
    assert 'data-look="dark"' in client.get("/en/about/").content.decode()
    client.post("/en/look/", {"look": "", "next": "/en/about/"})
    assert "data-look" not in client.get("/en/about/").content.decode()
    client.cookies["look"] = '"><script>'
    assert "data-look" not in client.get("/en/about/").content.decode()


def test_a_form_from_elsewhere_is_refused_in_words(staff):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/en/sign-out/")
    assert (response.status_code, "That did not go through" in response.content.decode()) == (403, True)


def test_no_page_carries_script_or_style_of_its_own(as_role):
    html = as_role("officer").get("/en/about/").content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", html) == []


def test_roles_have_a_name_in_both_languages(as_role):
    with translation.override("nl"):
        assert "Toewijzer" in as_role("officer").get("/nl/about/").content.decode()
