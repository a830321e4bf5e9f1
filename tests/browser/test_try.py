"""Try a rule in a real browser: one example, a draft of one's own, a fault, and fit for everyone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.looking import faults, sign_in

pytestmark = pytest.mark.browser

SPLIT = "money=120000&share-group-1=50&share-group-2=50&share-group-3=0"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_is_fit_for_everyone(enter, language):
    tab = enter("officer", language)
    paths = ["", f"?{SPLIT}"]
    assert [fault for path in paths for fault in faults(tab, f"/{language}/try/{path}")] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_that_says_no_is_fit_for_everyone(new_context, live_server, queue, language):
    # A tab of its own: for the browser an answer that is not 200 is already a complaint.
    with new_context(base_url=live_server.url) as context:
        tab = context.new_page()
        sign_in(tab, "officer", language)
        assert faults(tab, f"/{language}/try/?money=-1&order=shoe_size&condition-adult=agee") == []


def test_an_example_shows_who_wins_and_loses_and_then_the_turns(enter):
    tab = enter("officer")
    tab.goto("/en/")
    tab.get_by_role("link", name="Try a rule").click()
    tab.wait_for_url("**/en/try/")
    tab.get_by_role("link", name="Share the money as in 2020").click()
    expect(tab.locator("#chart-by-area svg").first).to_be_visible()
    expect(tab.locator("#turns tbody tr")).to_have_count(3)


def test_a_draft_is_tried_without_a_new_page(enter):
    tab = enter("officer")
    tab.goto("/en/try/")
    tab.evaluate("window.same = true")
    tab.get_by_label("Money, euro a year").fill("60000")
    tab.get_by_text("Who is first within a group").click()
    tab.get_by_label("Order within a group").fill("-priority_date, id")
    tab.get_by_role("button", name="Show who wins and who loses").click()
    expect(tab.locator("#chart-by-group")).to_be_visible()
    expect(tab).to_have_url(re.compile("order=-priority_date"))
    assert tab.evaluate("window.same")


def test_a_bad_rule_is_told_and_nothing_is_lost(enter):
    tab = enter("officer")
    tab.goto("/en/try/")
    tab.get_by_text("Who takes part").click()
    tab.get_by_label("You are 18 or older.").fill("agee >= 18")
    tab.get_by_role("button", name="Show who wins and who loses").click()
    expect(tab.locator("#trial [role=alert]")).to_contain_text("Found: agee. Expected: “age”")
    expect(tab.get_by_label("You are 18 or older.")).to_have_value("agee >= 18")


def test_without_script_it_works_too(new_context, live_server, queue):
    context = new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab, "officer")
    tab.goto("/en/try/")
    tab.get_by_label("Money, euro a year").fill("60000")
    tab.get_by_label("Priority group 1").fill("0")
    tab.get_by_label("Priority group 2").fill("100")
    tab.get_by_role("button", name="Show who wins and who loses").click()
    expect(tab.locator("#chart-by-group")).to_have_count(1)
    expect(tab.get_by_role("link", name="Show what it does to expected turns")).to_have_count(1)
