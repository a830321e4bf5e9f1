"""What an installation sets about signing in: the defaults are the strict ones, and what makes no sense is said."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from veerkracht.config import environment, identity


@pytest.fixture
def provider(monkeypatch):
    """`provider(url, client)`: the provider that an environment sets."""

    def set_to(url: str, client: str = "veerkracht") -> list[dict]:
        monkeypatch.setenv("VEERKRACHT_OIDC_URL", url)
        monkeypatch.setenv("VEERKRACHT_OIDC_CLIENT_ID", client)
        return identity.provider_apps()

    return set_to


def test_the_defaults_are_strict():
    assert identity.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.ScryptPasswordHasher"
    assert (identity.PASSWORD_LENGTH, identity.SESSION_HOURS, identity.SESSION_IDLE_MINUTES) == (12, 8, 30)
    assert (settings.SECOND_FACTOR, settings.ALLAUTH_TRUSTED_PROXY_COUNT) == ("required", 0)


@pytest.mark.parametrize(
    "url", ["https://login.example.org", "http://localhost:9400", "http://127.0.0.1:9400"]
)
def test_a_provider_is_reached_by_tls_or_on_this_machine(provider, url):
    assert [app["settings"]["server_url"] for app in provider(url)] == [url]


@pytest.mark.parametrize(
    ("url", "client", "fault"),
    [
        (
            "http://login.example.org",
            "veerkracht",
            "VEERKRACHT_OIDC_URL is “http://login.example.org”. Expected: an address with https.",
        ),
        (
            "login.example.org",
            "veerkracht",
            "VEERKRACHT_OIDC_URL is “login.example.org”. Expected: an address with https.",
        ),
        ("https://login.example.org", "", "VEERKRACHT_OIDC_URL is set and VEERKRACHT_OIDC_CLIENT_ID is not."),
    ],
)
def test_a_provider_that_can_not_be_is_said(provider, url, client, fault):
    with pytest.raises(ImproperlyConfigured) as refused:
        provider(url, client)
    assert str(refused.value) == fault


def test_without_an_address_there_is_no_provider(provider):
    assert provider("") == []


def test_a_setting_that_is_no_number_or_no_choice_is_said(monkeypatch):
    monkeypatch.setenv("VEERKRACHT_PASSWORD_LENGTH", "6")
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.number("VEERKRACHT_PASSWORD_LENGTH", 12, least=8)
    assert str(refused.value) == "VEERKRACHT_PASSWORD_LENGTH is “6”. Expected: a whole number of at least 8."
    monkeypatch.setenv("VEERKRACHT_SECOND_FACTOR", "never")
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.one_of("VEERKRACHT_SECOND_FACTOR", "required", "optional")
    assert str(refused.value) == "VEERKRACHT_SECOND_FACTOR is “never”. Expected: required or optional."
