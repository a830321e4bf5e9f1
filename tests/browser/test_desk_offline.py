"""The desk keeps on when the network is cut, in a real browser; leaving at once leaves nothing behind."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.looking import faults, sign_in
from tests.crisis import making as desk
from veerkracht.register import clock
from veerkracht.register.crisis.models import Call, Search
from veerkracht.register.people.actors import actor_for
from veerkracht.register.shelter.models import OfflineNote
from veerkracht.register.supply.models import Hold, Service

pytestmark = pytest.mark.browser
HARMLESS = "https://www.meteo.be/"
# What is in the browser's own stores, as text.
STORED = """async () => {
  const paths = async (name) => (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
  const kept = (await Promise.all((await caches.keys()).map(paths))).flat();
  const letters = JSON.stringify(await DeskNotes.waiting());
  return { kept, letters, local: { ...localStorage }, session: { ...sessionStorage } };
}"""
READY = "() => Boolean(navigator.serviceWorker.controller)"


@pytest.fixture
def tab(new_context: Any, live_server: Any, transactional_db: None) -> Iterator[Any]:
    """Somebody on duty at a desk, at its first page, with two shelters of which one is secret.

    In a context of its own: a browser complains of every file that it can't fetch, and here that is meant.
    """
    context = new_context(base_url=live_server.url, locale="nl-BE")
    page = context.new_page()
    clock.stand_still_on(date(2024, 1, 15))
    user = factories.make_user("crisis-worker", username="demo-crisis-worker", name="Test Worker")
    desk.actions.start_shift(by=actor_for(user), kind="day")
    desk.make_shelter("Vluchthuis Els", area="11002", kinds=("safe-house",), sleeps=(4,), secret=True)
    desk.make_shelter("Huis Berk", area="11002", kinds=("safe-house",), sleeps=(2,))
    sign_in(page, "crisis-worker")
    page.goto("/en/desk/")
    page.wait_for_function(READY)
    yield page
    context.close()


def note(tab: Any, service: str) -> None:
    """A mother and a child of eight wish a place. From the form's first field on by keyboard alone."""
    expect(tab.locator("#channel")).to_be_focused()
    tab.locator("#area").select_option("11002")
    tab.locator("#kind").select_option("safe-house")
    tab.locator("#children").focus()
    tab.keyboard.type("8")
    tab.get_by_role("radio", name=service).focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")


def test_a_desk_without_a_network_notes_calls_and_afterwards_who_was_first_has_the_place(tab):
    tab.context.set_offline(True)
    tab.goto("/en/desk/")
    expect(tab.get_by_role("heading", name="Without a network")).to_be_visible()
    expect(tab.locator("[data-age]")).to_contain_text("Free places as of")
    secret = Service.objects.get(secret=True)
    expect(tab.locator("[data-known] tbody th")).to_have_text([f"Safe place {secret.pk}", "Huis Berk"])
    for times in (1, 2):
        note(tab, "Huis Berk")
        expect(tab.locator("[data-notes] li")).to_have_count(times)
    stored = tab.evaluate(STORED)
    assert [path for path in stored["kept"] if not path.startswith(("/static/", "/en/desk/offline/"))] == []
    # That of the tab alone holds which page it is on: htmx asks for it.
    assert {key for key in stored["session"] if key != "htmx-current-path-for-history"} == set()
    assert (stored["local"], stored["letters"].count('"letter"')) == ({}, 2)
    assert [word for word in ("safe-house", "11002", "violence", "Els") if word in stored["letters"]] == []
    assert (Call.objects.count(), Hold.objects.count()) == (0, 0)
    # A page that is opened anew still has the notes, and can't read them.
    tab.reload()
    expect(tab.locator("[data-notes] li")).to_have_count(2)
    tab.context.set_offline(False)
    expect(tab.locator("[data-notes] li").first).to_contain_text("the place is held")
    expect(tab.locator("[data-notes] li").last).to_contain_text("No fitting place is free here any more")
    assert (Call.objects.count(), Hold.objects.filter(state="held").count()) == (2, 1)
    assert list(Search.objects.order_by("pk").values_list("state", flat=True)) == ["held", "open"]
    assert sorted(OfflineNote.objects.values_list("outcome", flat=True)) == ["done", "taken"]
    assert tab.evaluate(STORED)["letters"] == "[]"


def test_leaving_at_once_takes_away_what_was_kept_and_signs_out(tab):
    tab.route(f"{HARMLESS}**", lambda route: route.fulfill(body="<title>The weather</title>"))
    tab.context.set_offline(True)
    tab.goto("/en/desk/")
    note(tab, "Huis Berk")
    expect(tab.locator("[data-notes] li")).to_have_count(1)
    tab.context.set_offline(False)
    with tab.expect_response("**/en/desk/offline/kept.json"):
        tab.goto("/en/desk/stays/")
    # However slow this machine is: who presses does so within two seconds, and nothing is left half done for haste.
    tab.evaluate("() => { Date.now = () => 0; window.setTimeout = () => 0; }")
    for _ in range(3):
        tab.keyboard.press("Escape")
    tab.wait_for_url(f"{HARMLESS}**")
    expect(tab).to_have_title("The weather")
    assert [one["name"] for one in tab.context.cookies() if "session" in one["name"]] == []
    tab.goto("/en/desk/")
    expect(tab).to_have_url(re.compile("/sign-in/"))
    kept = tab.evaluate(
        "async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert kept == [[], 0]


@pytest.mark.parametrize("path", ["/nl/contact/", "/nl/desk/offline/"])
def test_pages_used_in_haste_have_no_faults_of_access(tab, path):
    assert faults(tab, path) == []
