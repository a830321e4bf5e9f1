"""Pages in a real browser: finding one's way by eye, keyboard and screen reader, on a phone and in the dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import PHONE, faults

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
        tab.goto(f"/{language}/sign-in/")
        tab.locator("form:has(input[value=officer]) button").click()
        assert faults(tab, f"/{language}/{path}") == []


def test_an_officer_finds_a_request(enter, queue):
    tab = enter("officer")
    tab.get_by_role("link", name="The list").click()
    tab.get_by_label("Group").select_option(label="Priority group 1")
    expect(tab.locator("tbody tr")).to_have_count(1)
    tab.get_by_role("link", name=queue[-1].number).click()
    assert tab.url.endswith(f"/en/file/{queue[-1].number}/")


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
    tab.locator("#hint-today").wait_for(state="detached")
    tab.reload()
    assert tab.locator("#hint-today").get_attribute("open") is None


def test_the_years_come_by_themselves(enter):
    tab = enter("officer")
    tab.locator("#chart-waiting-through-time").wait_for()
    assert tab.locator("#chart-waiting-through-time svg").first.is_visible()


def test_the_keyboard_is_enough(enter):
    tab = enter("officer")
    tab.goto("/en/list/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the content"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_the_menu_folds_on_a_phone(enter):
    tab = enter("officer")
    tab.set_viewport_size({"width": PHONE, "height": 800})
    tab.goto("/en/about/")
    link = tab.get_by_role("link", name="The list")
    assert not link.is_visible()
    tab.get_by_text("Menu", exact=True).click()
    link.click()
    assert tab.url.endswith("/en/list/")


def test_the_map_leads_to_the_list_of_a_municipality(enter, queue):
    tab = enter("officer")
    tab.locator('.wide a[href="/en/list/?area=44021"]').click()
    assert [tab.locator("tbody tr").count(), tab.get_by_role("link", name=queue[-1].number).count()] == [1, 1]


def test_without_script_all_still_works(new_context, live_server, queue):
    context = new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    tab.goto("/en/sign-in/")
    tab.locator("form:has(input[value=officer]) button").click()
    tab.get_by_role("button", name="I know this now").click()
    tab.get_by_role("link", name="Show published figures").click()
    assert tab.locator("#chart-waiting-through-time").count() == 1
    tab.goto("/en/list/")
    tab.get_by_label("Group").select_option(label="Priority group 1")
    tab.get_by_role("button", name="Show").click()
    assert tab.locator("tbody tr").count() == 1
    context.close()


def test_signing_out_ends_it(enter):
    tab = enter("officer")
    tab.get_by_role("button", name="Sign out").click()
    tab.goto("/en/list/")
    assert "/en/sign-in/" in tab.url
