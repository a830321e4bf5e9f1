"""Pages in a real browser: finding one's way by eye, keyboard and screen reader, on a phone and in the dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import PHONE, faults, sign_in, sign_out

pytestmark = pytest.mark.browser

PAGES = {
    "officer": [
        "",
        "list/",
        "list/?group=2&on=2024-01-10",
        "through-time/",
        "ending/",
    ],
    "analyst": [""],
    "person": ["my/"],
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", PAGES)
def test_pages_are_fit_for_everyone(enter, role, language):
    tab = enter(role, language)
    assert [fault for path in PAGES[role] for fault in faults(tab, f"/{language}/{path}")] == []


@pytest.mark.parametrize("path", ["sign-in/", "about/"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_open_pages_are_fit_for_everyone(page, queue, language, path):
    assert faults(page, f"/{language}/{path}") == []


@pytest.mark.parametrize("path", ["list/?area=Atlantis", "nowhere/"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_that_say_no_are_fit_for_everyone(new_context, live_server, queue, language, path):
    # A tab of its own: for the browser an answer that is not 200 is already a complaint.
    with new_context(base_url=live_server.url) as context:
        tab = context.new_page()
        sign_in(tab, "officer", language)
        assert faults(tab, f"/{language}/{path}") == []


def test_an_officer_finds_a_request(enter, queue):
    tab = enter("officer")
    tab.get_by_role("link", name="The list").click()
    tab.wait_for_url("**/en/list/")
    tab.get_by_label("Group").select_option(label="Priority group 1")
    expect(tab.locator("tbody tr")).to_have_count(1)
    tab.get_by_role("link", name=queue[-1].number).click()
    expect(tab).to_have_url(f"/en/file/{queue[-1].number}/")


def test_the_list_answers_without_a_new_page(enter):
    tab = enter("officer")
    tab.goto("/en/list/")
    tab.evaluate("window.same = true")
    tab.get_by_label("Search", exact=True).fill("voorbeeldig")
    tab.get_by_role("button", name="Show").click()
    tab.wait_for_url(re.compile(r"q=voorbeeldig"))
    expect(tab.locator("tbody tr")).to_have_count(1)
    assert tab.evaluate("window.same")
    tab.go_back()
    tab.wait_for_url(re.compile(r"/list/$"))
    expect(tab.locator("tbody tr")).to_have_count(4)


def test_an_explanation_is_put_away_and_stays_away(enter):
    tab = enter("officer")
    tab.get_by_role("button", name="I know this now").click()
    expect(tab.locator("#hint-today")).to_have_count(0)
    tab.reload()
    expect(tab.locator("#hint-today:not([open])")).to_have_count(1)


def test_the_years_come_by_themselves(enter):
    tab = enter("officer")
    expect(tab.locator("#chart-waiting-through-time svg").first).to_be_visible()


def test_the_keyboard_is_enough(enter):
    tab = enter("officer")
    tab.goto("/en/list/")
    tab.keyboard.press("Tab")
    expect(tab.locator(":focus")).to_have_text("Skip to the content")
    tab.keyboard.press("Enter")
    expect(tab.locator("#main")).to_be_focused()


def test_the_menu_folds_on_a_phone(enter):
    tab = enter("officer")
    tab.set_viewport_size({"width": PHONE, "height": 800})
    tab.goto("/en/about/")
    link = tab.get_by_role("link", name="The list")
    expect(link).to_be_hidden()
    tab.get_by_text("Menu", exact=True).click()
    link.click()
    expect(tab).to_have_url("/en/list/")


def test_the_map_leads_to_the_list_of_a_municipality(enter, queue):
    tab = enter("officer")
    tab.locator('.wide a[href="/en/list/?area=44021"]').click()
    expect(tab).to_have_url("/en/list/?area=44021")
    expect(tab.locator("tbody tr")).to_have_count(1)
    expect(tab.get_by_role("link", name=queue[-1].number)).to_have_count(1)


def test_without_script_all_still_works(new_context, live_server, queue):
    context = new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab, "officer")
    tab.get_by_role("button", name="I know this now").click()
    expect(tab.locator("#hint-today:not([open])")).to_have_count(1)
    tab.get_by_role("link", name="Show published figures").click()
    expect(tab.locator("#chart-waiting-through-time")).to_have_count(1)
    tab.goto("/en/list/")
    tab.get_by_label("Group").select_option(label="Priority group 1")
    tab.get_by_role("button", name="Show").click()
    expect(tab.locator("tbody tr")).to_have_count(1)


def test_signing_out_ends_it(enter):
    tab = enter("officer")
    sign_out(tab)
    tab.goto("/en/list/")
    expect(tab).to_have_url(re.compile("/en/sign-in/"))
