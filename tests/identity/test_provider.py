"""The organisation's own sign-in: OpenID Connect with a real provider in a process beside the tests."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests import factories
from tests.identity.conftest import is_in
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people import accounts
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import User

COMMAND = Actor.for_command("test")
# The client from which `provider_process` asks no PKCE.
LENIENT = "lenient"
# Seconds that a slow machine may take for an answer that takes none.
PATIENCE = 240


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider on this machine; it ends with the tests of this file."""
    program = Path(__file__).with_name("provider_process.py")
    process = subprocess.Popen(
        [sys.executable, str(program)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


@pytest.fixture
def by_provider(settings, provider, anna) -> Callable[..., None]:
    """Sets the installation to that provider: `by_provider(claim="email")`."""

    def set_to(url: str = provider, claim: str = "email", client_id: str = "veerkracht", **more: Any) -> None:
        app = {
            "provider_id": "oidc",
            "name": "Stad",
            "client_id": client_id,
            "secret": "hush",
            "settings": {"server_url": url, "scope": ["openid", "profile", "email"]},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}
        }
        settings.OIDC_NAME, settings.OIDC_ORIGINS, settings.OIDC_CLAIM = "Stad", [url], claim
        settings.OIDC_SECOND_FACTOR = more.get("second_factor", [])
        settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = PATIENCE

    set_to()
    return set_to


@pytest.fixture
def known(provider) -> Callable[..., None]:
    """Tells the provider about somebody: `known("subject", email=…)`."""

    def tell(subject: str, **claims: Any) -> None:
        requests.put(f"{provider}/users/{subject}", json=claims, timeout=PATIENCE).raise_for_status()

    return tell


def leave(client: Client, **words: str) -> str:
    """To the provider; gives the address where the browser is sent."""
    return client.post("/en/sign-in/provider/", words)["Location"]


def consent(address: str, subject: str) -> str:
    """Somebody signs in at the provider; gives the address that it sends them back to."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=PATIENCE)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def changed(address: str, **words: str | None) -> str:
    """An address with other words in its query; None takes one out."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | words
    return urlunsplit(parts._replace(query=urlencode({k: v for k, v in query.items() if v is not None})))


def come(client: Client, subject: str, **words: str) -> Any:
    return client.get(consent(leave(client, **words), subject))


NO_ACCESS, FAILED = "/en/sign-in/no-access/", "/en/sign-in/failed/"


def test_the_first_sign_in_is_matched_by_the_claim_and_later_ones_by_the_subject(by_provider, known, anna):
    known("s-anna", email="anna@example.org", email_verified=True)
    first = Client()
    assert come(first, "s-anna", next="/en/about/")["Location"] == "/en/about/"
    assert int(first.session["_auth_user_id"]) == anna.pk
    known("s-anna", email="another@example.org", email_verified=True)
    later = Client()
    come(later, "s-anna")
    assert int(later.session["_auth_user_id"]) == anna.pk
    assert LogEntry.objects.filter(verb="sign-in").values_list("detail", flat=True)[0] == {"way": "provider"}


def test_it_goes_out_with_code_pkce_state_and_nonce_and_with_nothing_an_address_says(
    by_provider, client, provider
):
    answer = client.post(
        "/en/sign-in/provider/?process=connect&scope=admin&auth_params=prompt%3Dnone&next=//elsewhere.example"
    )
    parts = urlsplit(answer["Location"])
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    for random, least in {"state": 16, "nonce": 32, "code_challenge": 43}.items():
        assert len(asked.pop(random)) >= least
    assert sorted(asked.pop("scope").split()) == ["email", "openid", "profile"]
    assert asked == {
        "client_id": "veerkracht",
        "redirect_uri": "http://testserver/sign-in/oidc/back/",
        "response_type": "code",
        "code_challenge_method": "S256",
        "ui_locales": "en",
    }
    assert f"{parts.scheme}://{parts.netloc}" == provider


def test_it_is_not_begun_by_a_link(by_provider, client):
    assert client.get("/en/sign-in/provider/").status_code == 405


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "unknown@example.org", "email_verified": True},
        {"email": "anna@example.org", "email_verified": False},
        {"email": "anna@example.org"},
        {"email": "anna@example.org", "email_verified": "true"},
        {"preferred_username": "anna"},
    ],
)
def test_who_is_not_made_known_here_gets_words_and_no_account(by_provider, known, client, claims):
    known("s-other", **claims)
    before = User.objects.count()
    answer = come(client, "s-other")
    assert (answer["Location"], is_in(client)) == (NO_ACCESS, False)
    page = client.get(NO_ACCESS)
    assert (page.status_code, "You have no access here" in page.content.decode()) == (403, True)
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert LogEntry.objects.filter(verb="refused").get().detail["way"] == "provider"


def test_a_closed_account_looks_like_an_unknown_one(by_provider, known, anna):
    known("s-anna", email="anna@example.org", email_verified=True)
    known("s-other", email="unknown@example.org", email_verified=True)
    come(Client(), "s-anna")
    accounts.close(anna, by=COMMAND)
    answers = [come(Client(), subject) for subject in ("s-anna", "s-other")]
    assert [(one.status_code, one["Location"]) for one in answers] == [(302, NO_ACCESS)] * 2


def test_an_account_that_somebody_has_is_not_taken_over_by_the_same_claim(by_provider, known, anna, client):
    known("s-anna", email="anna@example.org", email_verified=True)
    come(Client(), "s-anna")
    known("s-thief", email="anna@example.org", email_verified=True)
    assert come(client, "s-thief")["Location"] == NO_ACCESS
    assert SocialAccount.objects.get().uid == "s-anna"


def test_a_claim_that_two_accounts_have_is_nobodys(by_provider, known, client):
    twin = factories.make_user("reader", username="twin")
    twin.email = "ANNA@example.org"
    twin.save()
    known("s-anna", email="anna@example.org", email_verified=True)
    assert come(client, "s-anna")["Location"] == NO_ACCESS


def test_the_claim_is_the_administrators_choice(by_provider, known, client, anna):
    by_provider(claim="preferred_username")
    known("s-anna", preferred_username="anna")
    come(client, "s-anna")
    assert int(client.session["_auth_user_id"]) == anna.pk


def test_without_a_claim_only_whom_the_administrator_linked_comes_in(by_provider, known, anna):
    by_provider(claim="")
    known("s-anna", email="anna@example.org", email_verified=True)
    first, second = Client(), Client()
    assert come(first, "s-anna")["Location"] == NO_ACCESS
    accounts.link_to_provider(anna, "s-anna", by=COMMAND)
    come(second, "s-anna")
    assert (is_in(first), is_in(second)) == (False, True)


def test_nothing_that_the_provider_tells_is_kept_but_the_subject(by_provider, known, client):
    known("s-anna", email="anna@example.org", email_verified=True, national_number="85073003328")
    come(client, "s-anna")
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.extra_data) == ("s-anna", {})


@pytest.mark.parametrize("state", ["made-up", None])
def test_a_wrong_state_is_refused(by_provider, known, client, state):
    known("s-anna", email="anna@example.org", email_verified=True)
    back = consent(leave(client), "s-anna")
    assert client.get(changed(back, state=state), follow=True).status_code == 502
    assert not is_in(client)


def test_the_answer_to_one_browser_is_worth_nothing_in_another(by_provider, known):
    known("s-anna", email="anna@example.org", email_verified=True)
    mine, theirs = Client(), Client()
    leave(theirs)
    assert theirs.get(consent(leave(mine), "s-anna"))["Location"] == FAILED
    assert not is_in(theirs)


def test_an_answer_works_once(by_provider, known, client):
    known("s-anna", email="anna@example.org", email_verified=True)
    back = consent(leave(client), "s-anna")
    assert client.get(back).status_code == 302
    client.post("/en/sign-out/")
    # Nothing is left of the visit, its language neither.
    assert client.get(back)["Location"] == "/nl/sign-in/failed/"
    assert not is_in(client)


def test_a_code_is_not_replayed_under_a_state_of_ones_own(by_provider, known):
    known("s-anna", email="anna@example.org", email_verified=True)
    mine, theirs = Client(), Client()
    code = parse_qs(urlsplit(consent(leave(mine), "s-anna")).query)["code"][0]
    # PKCE: the provider gives nothing for a code to who did not ask for it.
    assert theirs.get(changed(consent(leave(theirs), "s-other"), code=code))["Location"] == FAILED
    assert not is_in(theirs)


def test_without_pkce_the_provider_lets_nobody_through(by_provider, client):
    stripped = changed(leave(client), code_challenge=None, code_challenge_method=None)
    answer = requests.post(stripped, data={"sub": "s-anna"}, allow_redirects=False, timeout=PATIENCE)
    assert (answer.status_code, answer.text) == (400, "PKCE is required")


def test_where_the_provider_knows_no_pkce_the_nonce_refuses_a_code_of_another(by_provider, known):
    by_provider(client_id=LENIENT)
    known("s-anna", email="anna@example.org", email_verified=True)
    mine, theirs = Client(), Client()
    stolen = consent(changed(leave(mine), code_challenge=None, code_challenge_method=None), "s-anna")
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    own = consent(changed(leave(theirs), code_challenge=None, code_challenge_method=None), "s-anna")
    assert theirs.get(changed(own, code=code))["Location"] == NO_ACCESS
    assert not is_in(theirs)


def test_who_says_no_at_the_provider_comes_back_to_words(by_provider, client):
    denied = requests.post(leave(client), data={"action": "deny"}, allow_redirects=False, timeout=PATIENCE)
    state = parse_qs(urlsplit(leave(client)).query)["state"][0]
    assert denied.status_code == 302
    answer = client.get(f"/sign-in/oidc/back/?error=access_denied&state={state}", follow=True)
    assert (answer.status_code, "Signing in did not work" in answer.content.decode()) == (502, True)


def test_a_provider_that_is_down_is_said_in_words(by_provider, known, client, provider):
    by_provider(url="http://127.0.0.1:9")
    answer = client.post("/nl/sign-in/provider/", follow=True)
    assert answer.status_code == 502
    by_provider()
    known("s-anna", email="anna@example.org", email_verified=True)
    back = consent(leave(client), "s-anna")
    by_provider(url="http://127.0.0.1:9")
    assert client.get(back)["Location"] == FAILED
    assert not is_in(client)


def test_a_second_factor_is_asked_unless_the_provider_vouches_for_one(by_provider, known, anna):
    by_provider(second_factor=["mfa", "urn:strong"])
    for number, (claims, leads_to) in enumerate(
        [
            ({}, "/en/account/second-factor/"),
            ({"amr": ["pwd"]}, "/en/account/second-factor/"),
            ({"amr": ["pwd", "mfa"]}, None),
            ({"acr": "urn:strong"}, None),
        ]
    ):
        SocialAccount.objects.all().delete()
        known(f"s-{number}", email="anna@example.org", email_verified=True, **claims)
        client = Client()
        come(client, f"s-{number}")
        assert client.get("/en/").headers.get("Location") == leads_to


def test_who_has_an_app_here_shows_its_code_too(by_provider, known, app_of, anna, client):
    app_of(anna)
    known("s-anna", email="anna@example.org", email_verified=True)
    assert come(client, "s-anna")["Location"] == "/en/sign-in/second/"
    assert not is_in(client)


def test_the_page_offers_it_only_where_there_is_one(by_provider, client, settings, provider):
    page = client.get("/en/sign-in/")
    assert "Sign in with Stad" in page.content.decode()
    assert f"form-action 'self' {provider}" in page.headers["Content-Security-Policy"]
    settings.OIDC_ORIGINS = []
    page = client.get("/en/sign-in/")
    assert "/sign-in/provider/" not in page.content.decode()
    assert client.post("/en/sign-in/provider/").status_code == 404
    assert client.get("/sign-in/oidc/back/?code=x&state=y").status_code == 404
