"""Forecast in a real browser: asked in one click, waited for without doing anything, and fit for everyone."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.looking import faults, settled, sign_in
from tests.register.test_own_plans import TEXT
from veerkracht.register import clock
from veerkracht.register.people.actors import actor_for
from veerkracht.register.people.models import User
from veerkracht.register.plans import actions

pytestmark = pytest.mark.browser

SMALL = "plan=twenty-million-more&against=constant-policy&years=2&runs=10"


@pytest.fixture
def staff(transactional_db):
    """Who works for one programme alone: what is not theirs is not played, which keeps these tests short."""
    clock.stand_still_on(date(2024, 1, 15))
    for role in ("officer", "analyst"):
        factories.make_user(
            role, programme="personal-budget", username=f"demo-{role}", name=f"Test {role.title()}"
        )


@pytest.fixture
def kept(staff):
    return actions.keep(actor_for(User.objects.get(username="demo-analyst")), name="My plan", text=TEXT)


def see_answer(tab):
    """Wait for the answer, and for the full one after a first look: the first of all compiles the engine."""
    expect(tab.locator("#answer-head")).to_be_visible()
    settled(tab)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", ["", "personal-budget/", "money/"])
def test_the_page_is_fit_for_everyone(enter, language, part):
    tab = enter("analyst", language)
    tab.goto(f"/{language}/forecast/{part}?{SMALL}")
    see_answer(tab)
    assert faults(tab, f"/{language}/forecast/{part}?{SMALL}") == []


def test_what_each_cause_brings_comes_by_itself(enter):
    tab = enter("analyst")
    tab.goto(f"/nl/forecast/causes/?{SMALL}")
    expect(tab.locator("#chart-waterfall")).to_be_visible()
    assert faults(tab, f"/nl/forecast/causes/?{SMALL}") == []


@pytest.mark.parametrize("beside", ["plans", "record"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_beside_it_are_fit_for_everyone(enter, kept, language, beside):
    assert faults(enter("analyst", language), f"/{language}/forecast/{beside}/") == []


def test_a_lever_is_turned_and_kept_as_a_plan(enter):
    tab = enter("analyst")
    tab.goto("/en/forecast/?plan=constant-policy&against=-&years=2&runs=10")
    see_answer(tab)
    tab.get_by_text("Turn a lever on top of this plan").click()
    slider = tab.locator("input[type=range]").first
    slider.focus()
    slider.press("ArrowRight")
    tab.wait_for_url(re.compile("lever-money-for-budgets=1&"))
    expect(tab.get_by_label("Name of the plan")).to_be_visible()
    # The full answer takes the place of a first look, and of what was filled in there.
    settled(tab)
    tab.get_by_label("Name of the plan").fill("A million more")
    tab.get_by_role("button", name="Keep it").click()
    expect(tab.locator("article h3")).to_have_text(["A million more"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_that_says_no_is_fit_for_everyone(new_context, live_server, queue, language):
    # A tab of its own: for the browser an answer that is not 200 is already a complaint.
    with new_context(base_url=live_server.url) as context:
        tab = context.new_page()
        sign_in(tab, "officer", language)
        wrong = "years=0&runs=0&plan=constant-policy&against=constant-policy"
        assert faults(tab, f"/{language}/forecast/?{wrong}") == []


def test_what_more_money_does_is_two_clicks_away(enter):
    tab = enter("officer")
    tab.goto(f"/en/forecast/?{SMALL}")
    tab.goto("/en/")
    tab.get_by_role("link", name="Forecast").click()
    tab.get_by_role("link", name="20 million more a year").click()
    tab.wait_for_url(re.compile("plan=twenty-million-more&against=constant-policy"))
    see_answer(tab)
    expect(tab.locator("#answer-head")).to_have_text(
        "20 million more a year (exercise), beside Constant policy"
    )


def test_the_answer_comes_without_a_new_page(enter):
    tab = enter("officer")
    tab.goto(f"/en/forecast/?{SMALL}")
    see_answer(tab)
    tab.evaluate("window.same = true")
    tab.get_by_label("Years ahead").fill("1")
    tab.get_by_role("button", name="Play the coming years").click()
    tab.wait_for_url(re.compile("years=1&"))
    expect(tab.get_by_text("until 15 January 2025")).to_be_visible()
    assert tab.evaluate("window.same")


def test_a_wrong_number_is_told_without_a_new_page(enter):
    tab = enter("officer")
    tab.goto(f"/en/forecast/?{SMALL}")
    see_answer(tab)
    tab.get_by_label("Years ahead").fill("99")
    tab.get_by_role("button", name="Play the coming years").click()
    expect(tab.locator("#forecast [role=alert]")).to_contain_text("Years ahead")


def test_without_script_the_reader_looks_again(new_context, live_server, queue):
    context = new_context(base_url=live_server.url, java_script_enabled=False)
    tab = context.new_page()
    sign_in(tab, "analyst")
    tab.goto(f"/en/forecast/?{SMALL}&seed=7")
    answer, again = tab.locator("#answer-head"), tab.get_by_role("link", name="Look whether it is ready")
    for _ in range(120):
        # The head of an answer leads nowhere.
        address = answer.or_(again).first.get_attribute("href")
        if address is None:
            break
        tab.wait_for_timeout(2_000)
        tab.goto(address)
    expect(answer).to_be_visible()


def test_the_keyboard_is_enough(enter):
    tab = enter("officer")
    tab.goto(f"/en/forecast/?{SMALL}")
    see_answer(tab)
    tab.get_by_label("What would happen with").focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("0")
    tab.keyboard.press("Enter")
    expect(tab.locator("#forecast [role=alert]")).to_be_visible()
