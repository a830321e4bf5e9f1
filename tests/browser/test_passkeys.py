"""Passkeys in a real browser, whose device is Chromium's own pretended one; and the pages of one's account by eye."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.looking import faults, sign_out
from tests.identity.conftest import PASSWORD
from veerkracht.register.people import accounts
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import User

pytestmark = pytest.mark.browser


@pytest.fixture
def device(page: Any) -> Any:
    """A device with a finger on it, beside the tab; gives the tab."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


@pytest.fixture
def anna(transactional_db) -> User:
    user = factories.make_user("officer", username="anna", name="Anna Peeters")
    user.set_password(PASSWORD)
    user.save()
    return user


def by_password(tab: Any, language: str = "en") -> None:
    tab.goto(f"/{language}/sign-in/")
    tab.locator("#id_username").fill("anna")
    tab.locator("#id_password").fill(PASSWORD)
    tab.locator("form:has(#id_password) button").click()
    tab.wait_for_url(lambda address: not address.endswith("/sign-in/"))


def test_a_passkey_is_added_and_signs_in_without_a_password(device, anna):
    by_password(device)
    expect(device.get_by_role("heading", level=1)).to_have_text("First: a second factor")
    device.get_by_role("link", name="Add a passkey").click()
    device.get_by_label("What you call it").fill("laptop")
    device.get_by_role("button", name="Add a passkey").click()
    expect(device.locator(".codes li")).to_have_count(10)
    device.get_by_role("link", name="I have kept them").click()
    expect(device.get_by_role("link", name="Remove laptop")).to_be_visible()
    sign_out(device)
    device.goto("/en/sign-in/?next=/en/about/")
    device.get_by_role("button", name="Sign in with a passkey").click()
    device.wait_for_url(re.compile("/en/about/$"))
    expect(device.locator(".who")).to_contain_text("Anna Peeters")
    device.goto("/en/list/")
    expect(device).to_have_url("/en/list/")


def test_a_passkey_is_the_second_step_after_a_password(device, anna):
    by_password(device)
    device.goto("/en/account/passkeys/new/")
    device.get_by_role("button", name="Add a passkey").click()
    expect(device.locator(".codes li")).to_have_count(10)
    sign_out(device)
    by_password(device)
    device.get_by_role("button", name="Use a passkey").click()
    device.wait_for_url(re.compile("/en/$"))


def test_without_a_passkey_for_here_the_page_says_so_and_stays(device, anna):
    device.goto("/en/sign-in/")
    device.get_by_role("button", name="Sign in with a passkey").click()
    expect(device.locator("[data-passkey-fault]")).to_be_visible()
    expect(device).to_have_url("/en/sign-in/")


def test_the_passkey_of_a_closed_account_is_not_known(device, anna):
    by_password(device)
    device.goto("/en/account/passkeys/new/")
    device.get_by_role("button", name="Add a passkey").click()
    expect(device.locator(".codes li")).to_have_count(10)
    accounts.close(anna, by=Actor.for_command("test"))
    device.goto("/en/sign-in/")
    device.get_by_role("button", name="Sign in with a passkey").click()
    expect(device.locator(".messages")).to_contain_text("That passkey is not known here.")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_of_ones_account_are_fit_for_everyone(page, anna, language):
    by_password(page, language)
    pages = ["", "app/", "passkeys/new/", "second-factor/"]
    assert [fault for path in pages for fault in faults(page, f"/{language}/account/{path}")] == []
