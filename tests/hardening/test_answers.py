"""What each answer carries, and what a request can't do to us."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import translation

from tests import factories
from tests.hardening.test_spider import ALWAYS
from veerkracht.config.home import PROJECT
from veerkracht.register import clock

ADDRESSES = [
    "/en/about/",
    "/en/sign-in/",
    "/en/nothing-here/",
    "/static/web/css/base.css",
    "/api/v1/me",
    "/api/v1/nothing",
    "/en/file/%00/",
    "/",
]


@pytest.fixture(autouse=True)
def _in_a_demo_world(request):
    """Where nobody is asked for a second factor first: else every page would be that one."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        clock.stand_still_on(date(2024, 1, 15))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(db, address):
    answer = Client().get(address)
    answer.close()
    assert {name: answer.get(name) for name in ALWAYS if name != "X-Frame-Options"} == {
        name: value for name, value in ALWAYS.items() if name != "X-Frame-Options"
    }
    policy = answer["Content-Security-Policy"]
    assert ("unsafe" in policy, "default-src 'none'" in policy, "frame-ancestors 'none'" in policy) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_other_site_may_read_an_answer(db, address):
    answer = Client().get(address, headers={"Origin": "https://elsewhere.example"})
    answer.close()
    assert [name for name in answer.headers if name.lower().startswith("access-control-")] == []


def test_what_is_about_people_is_kept_nowhere_and_files_that_are_not_may_be(db):
    client = Client()
    client.force_login(factories.make_user())
    assert {client.get(page)["Cache-Control"] for page in ("/en/", "/en/list/", "/api/v1/me")} == {"no-store"}
    sheet = client.get("/static/web/css/base.css")
    sheet.close()
    assert "no-store" not in sheet["Cache-Control"]


def test_over_https_browsers_are_held_to_it(db):
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_SSL_REDIRECT=True):
        secure = Client().get("/en/about/", secure=True)
        plain = Client().get("/en/about/")
    assert secure["Strict-Transport-Security"] == "max-age=31536000"
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/en/about/")


def _settings_over_https(words: str, tmp_path: Path) -> str:
    code = (
        "import django; from django.conf import settings; django.setup();"
        f"print({{name: getattr(settings, name) for name in {words.split()!r}}})"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PATH": "",
            "DJANGO_SETTINGS_MODULE": "veerkracht.config.settings",
            "VEERKRACHT_HOME": str(tmp_path),
            "VEERKRACHT_HTTPS": "1",
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_over_https_cookies_go_only_to_the_host_that_set_them(tmp_path):
    words = (
        "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE "
        "SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH CSRF_COOKIE_NAME CSRF_COOKIE_SECURE CSRF_COOKIE_HTTPONLY "
        "LANGUAGE_COOKIE_SECURE"
    )
    found = eval(_settings_over_https(words, tmp_path))  # noqa: S307 - printed by ourselves
    assert found == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SECURE": True,
    }


def test_signing_in_gives_another_session_so_that_none_can_be_planted(db):
    user = factories.make_user(username="somebody")
    client = Client()
    client.get("/en/sign-in/")
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted-by-somebody-else"
    client.force_login(user)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "planted-by-somebody-else"
    before = client.session.session_key
    client.force_login(factories.make_user())
    assert client.session.session_key != before


# ── what a request can't do


# Where nobody is signed in and no session is read: another site can do no more there than its visitor. A token would
# be a cookie, on a device that somebody else may look at.
WITHOUT_TOKEN = {"/en/contact/", "/en/contact/answer/"}


def _form_addresses() -> list[str]:
    """Pages of ours that take a form, without parts to fill in."""
    from tests.hardening.addresses import patterns

    return sorted({f"/{route}" for route in patterns() if route.startswith("en/") and "<" not in route})


def test_a_form_from_another_site_changes_nothing_anywhere(db):
    """Signed in or not: without its CSRF token a form is refused, or the page takes no forms."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.make_user())
    addresses = [address for address in _form_addresses() if address not in WITHOUT_TOKEN]
    statuses = {address: strict.post(address, {"a": "b"}).status_code for address in addresses}
    assert {address: status for address, status in statuses.items() if status not in (403, 405)} == {}


def test_only_the_interface_is_free_of_djangos_own_check_and_makes_it_itself():
    """What carries a token is no form; what carries a session is checked in `api.auth` (tests/api)."""
    found = set()

    def look(resolver, at):
        for one in resolver.url_patterns:
            if hasattr(one, "url_patterns"):
                look(one, at + str(one.pattern))
            elif getattr(one.callback, "csrf_exempt", False):
                found.add(at + str(one.pattern))

    with translation.override("en"):
        look(get_resolver(), "")
    assert {f"/{route}" for route in found if not route.startswith("api/")} == WITHOUT_TOKEN


@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace", "options"])
def test_a_method_that_nobody_uses_does_nothing(db, method):
    client = Client()
    client.force_login(factories.make_user())
    request = factories.make_request()
    address = f"/en/file/{request.number}/"
    version = request.version
    getattr(client, method)(address)
    request.refresh_from_db()
    assert request.version == version


def test_a_method_in_another_coat_is_what_it_was(db):
    """No header and no field turns a GET into a POST."""
    client = Client(headers={"X-HTTP-Method-Override": "POST"})
    client.force_login(factories.make_user())
    assert client.get("/en/sign-out/", {"_method": "POST"}).status_code == 405
    assert client.get("/en/about/").context["actor"] is not None


ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example",
    r"\\elsewhere.example",
    r"/\elsewhere.example",
    "http:elsewhere.example",
    "javascript:alert(1)",
    "https:///elsewhere.example",
    "/%0d%0aLocation: https://elsewhere.example",
    " //elsewhere.example",
    "https://testserver@elsewhere.example/",
]


@pytest.mark.parametrize("asked", ELSEWHERE)
@pytest.mark.parametrize("page", ["/en/look/", "/i18n/setlang/", "/en/hints/list-order/"])
def test_nobody_is_sent_on_to_another_site(db, page, asked):
    client = Client()
    client.force_login(factories.make_user())
    answer = client.post(page, {"next": asked, "look": "dark", "language": "en"})
    assert "elsewhere.example" not in re.sub(r"^/[^/\\].*", "", answer["Location"])
    assert not answer["Location"].startswith(("javascript:", "//", "\\", "http:"))


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_nobody_is_sent_on_to_another_site_by_signing_in(db, asked):
    factories.make_user(username="somebody")
    form = {"username": "somebody", "login": "somebody", "password": "a-demo-password", "next": asked}
    answer = Client().post("/en/sign-in/", form)
    assert not answer.get("Location", "/").startswith(("javascript:", "//", "\\", "http"))


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example", "testserver@x", "a:b:c"]
)
def test_a_host_that_is_not_ours_is_not_served(db, host):
    answer = Client(raise_request_exception=False).get("/en/about/", headers={"Host": host})
    assert (answer.status_code, host.encode() in answer.content) == (400, False)


def test_a_forwarded_host_is_not_believed(db):
    answer = Client().get("/", headers={"X-Forwarded-Host": "elsewhere.example"})
    assert "elsewhere.example" not in str(dict(answer.items())) + answer.content.decode()


def test_a_fault_of_ours_says_nothing_about_the_inside(db, monkeypatch):
    from veerkracht.web.views import about

    monkeypatch.setattr(about, "region", None)
    client = Client(raise_request_exception=False)
    answer = client.get("/en/about/")
    html = answer.content.decode()
    assert (answer.status_code, re.findall(r"Traceback|Error|\.py|NoneType|site-packages", html)) == (500, [])


def test_a_form_that_is_too_large_or_too_long_is_not_read(db):
    client = Client(raise_request_exception=False)
    large = client.post("/en/look/", {"next": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    long = client.post(
        "/en/look/", {f"field-{n}": "" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    )
    assert (large.status_code, long.status_code) == (400, 400)


def test_a_field_that_a_form_does_not_have_is_not_taken(db):
    """Mass assignment: what a form doesn't name can't be set through it."""
    client = Client()
    client.force_login(factories.make_user("officer"))
    request = factories.make_request(state="asked")
    taken = {"version": str(request.version), "on": "2021-03-02", "category": "10"}
    more = {"state": "granted", "priority_group": "1", "live": "", "person": "1"}
    named = {f"assess-{name}": value for name, value in {**taken, **more}.items()}
    answer = client.post(f"/en/file/{request.number}/", {"verb": "assess", **named, **more})
    request.refresh_from_db()
    # What the form does have was taken.
    assert (answer.status_code, request.category) == (302, "10")
    assert (request.state, request.priority_group, request.live) == ("asked", 0, True)


def test_no_form_of_ours_takes_the_fields_of_a_model():
    """A form that names none of its fields takes those that a later migration adds."""
    source = PROJECT / "src" / "veerkracht"
    with_all = [
        str(file.relative_to(PROJECT))
        for file in source.rglob("*.py")
        if re.search(r'ModelForm\b|fields\s*=\s*"__all__"', file.read_text())
    ]
    assert with_all == []


def test_a_refusal_asks_as_much_of_what_exists_as_of_what_does_not(db):
    """So that the time it takes tells nothing either."""
    client = Client()
    client.force_login(factories.make_user("analyst"))
    request = factories.make_request()
    counts = []
    for number in (request.number, "V-9999999"):
        client.get("/en/file/V-8888888/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/en/file/{number}/").status_code == 404
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("number", ["²", "9" * 5000])
def test_what_looks_like_a_number_is_no_fault_of_ours(db, number):
    factories.make_credit(1_000_000)
    factories.make_queue(2)
    round = factories.make_round(120_000)
    signer, own = Client(), Client()
    signer.force_login(factories.make_actor("signer").user)
    asked = factories.make_request()
    own.force_login(factories.make_own_actor(asked.person).user)
    answers = (
        Client().post(reverse("sign-in-demo"), {"group": number}),
        signer.post(reverse("round", args=[round.pk]), {"verb": "review", "version": number}),
        own.post(reverse("my-stop", args=[asked.number]), {"sure": "on", "version": number}),
    )
    assert [answer.status_code for answer in answers] == [404, 404, 302]
    before = asked.state, round.state
    for one in (asked, round):
        one.refresh_from_db()
    assert (asked.state, round.state) == before
