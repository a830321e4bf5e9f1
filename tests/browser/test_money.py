"""Money, staff and quality in a real browser, on the demo's books: fit for everyone, and followed by who looks."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.looking import faults, settled, sign_in
from veerkracht.register import clock
from veerkracht.register.payments.models import Order
from veerkracht.register.people.actors import Actor
from veerkracht.register.published.actions import publish_money
from veerkracht.register.world import ledger, payments, people, places, quality, results
from veerkracht.register.world import staff as staff_

pytestmark = pytest.mark.browser

DAY = date(2024, 1, 15)
SINCE = date(2023, 12, 31)
# By who looks: what a page shows hangs on nobody's role but on whether it opens.
PAGES = {
    "budget-officer": ["money/", "money/measures/", "money/results/", "money/payments/"],
    "treasurer": ["money/year-end/", "money/payments/bank/"],
    "admission": ["staff/", "staff/places/", "staff/quality/"],
    "analyst": ["staff/pay/", "money/time/", "money/areas/"],
}


@pytest.fixture
def books(transactional_db) -> None:
    """Who works in the demo, its budget lines, orders, results, places, staff and quality."""
    clock.stand_still_on(DAY)
    people.staff(SINCE)
    people.others(SINCE)
    places.add_places()
    ledger.add_ledger(DAY)
    payments.add_payments(DAY)
    results.add_results(DAY)
    staff_.add_staff(SINCE)
    quality.add_quality()


@pytest.fixture
def enter(page, books):
    """`enter("treasurer", "nl")`: the page, signed in as the demo's user of a role."""

    def as_role(role: str, language: str = "nl"):
        page.context.clear_cookies()
        sign_in(page, role, language)
        settled(page)
        return page

    return as_role


# One test for many pages: the demo's books take longer to make than a page to look at.
def test_pages_are_fit_for_everyone(enter):
    publish_money(by=Actor.for_command("test"))
    order = Order.objects.order_by("id").first()
    beyond = {
        "budget-officer": [
            "money/envelopes/vv175/",
            "money/measures/youth-houses/",
            "money/lines/VIA6-HEAVY-CARE/",
            f"money/payments/{order.number}/",
        ],
        "analyst": ["staff/pay/buys/?runs=20", "open/money/"],
    }
    for role, pages in PAGES.items():
        tab = enter(role)
        for path in (*pages, *beyond.get(role, ())):
            assert faults(tab, f"/nl/{path}") == []


def test_other_words_fit_too(enter):
    tab = enter("budget-officer", "en")
    paths = ["money/", "money/lines/", "money/payments/", "staff/places/", "staff/quality/"]
    assert [fault for path in paths for fault in faults(tab, f"/en/{path}")] == []


def test_the_525_million_are_followed_from_what_was_announced_to_a_budget_line(enter):
    tab = enter("budget-officer", "en")
    tab.goto("/en/money/")
    tab.get_by_role("link", name="525 million").first.click()
    expect(tab.locator("h1")).to_contain_text("525 million")
    tab.goto("/en/money/measures/")
    tab.get_by_role("link", name="VIA6: all residents with heavy care").first.click()
    tab.wait_for_url("**/en/money/measures/*/**")
    tab.get_by_role("link", name="VIA6: heavy care in care homes").first.click()
    expect(tab).to_have_url("/en/money/lines/VIA6-HEAVY-CARE/?year=2024")
    expect(tab.locator("section[aria-labelledby=commitments] tbody th").first).to_contain_text("C2024-")
    # Who prepared an order is told that somebody else checks it.
    prepared = Order.objects.filter(state=Order.State.CHECKED).order_by("id").first()
    tab.goto(f"/en/money/payments/{prepared.number}/")
    expect(tab.get_by_text("You took a step of this order already")).to_be_visible()
    expect(tab.locator("input[name=step][value=approved]")).to_have_count(0)
