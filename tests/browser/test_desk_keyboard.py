"""The desk in haste, in a real browser: from a call to a place by keyboard alone, and a way out on every page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.looking import PHONE, faults, sign_in
from tests.crisis import making as desk
from tests.shelter.making import make_stay, pass_hours
from veerkracht.register import clock
from veerkracht.register.crisis.models import CallBack, Search
from veerkracht.register.people.actors import actor_for
from veerkracht.register.shelter.actions import ask_counselling

pytestmark = pytest.mark.browser
ANTWERP, GHENT = "11002", "44021"
# A practised typist does four keys a second: a place well within half a minute, so that the talk has the rest.
MOST_KEYS = 45
# How wide the ring is around what has the focus, or around the box that it is in.
RING = """() => {
  const widths = [document.activeElement, document.activeElement.closest("label")].filter(Boolean).map((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  });
  return Math.max(...widths);
}"""
# What can be pressed and is lower than a thumb.
SMALL = """() => [...document.querySelectorAll(
    "main .btn, main summary, main .big-choice, main select, main .field > input")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
  .map((one) => one.outerHTML.slice(0, 80))"""

# Each element with a key of its own, and the key that is shown in or beside it.
SHOWN = """() => [...document.querySelectorAll("[accesskey]")]
  .map((one) => [one.accessKey, (one.querySelector("kbd") ?? one.nextElementSibling).textContent.toLowerCase()])"""


class Keyboard:
    """Counts what is pressed, and looks that one sees where one is."""

    def __init__(self, tab: Any):
        self.tab, self.pressed = tab, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            assert self.tab.evaluate(RING) >= 3, key
            self.tab.keyboard.press(key)
            self.pressed += 1

    def write(self, text: str) -> None:
        self.tab.keyboard.type(text)
        self.pressed += len(text)


@pytest.fixture
def tab(new_context: Any, live_server: Any, transactional_db: None) -> Iterator[Any]:
    """Somebody on duty, at the first page of the desk; of three shelters one takes pets far from Ghent."""
    context = new_context(base_url=live_server.url, locale="nl-BE")
    clock.stand_still_on(date(2024, 1, 15))
    user = factories.make_user("crisis-worker", username="demo-crisis-worker", name="Test Worker")
    desk.actions.start_shift(by=actor_for(user), kind="day")
    refuge = {"kinds": ("safe-house",), "sleeps": (4,)}
    desk.make_shelter("Vluchthuis Els", area=ANTWERP, secret=True, pets=True, phone="0471 00 00 00", **refuge)
    desk.make_shelter("Huis Berk", area=ANTWERP, **refuge)
    desk.make_shelter("Huis Leie", area=GHENT, pets=True, **refuge)
    page = context.new_page()
    sign_in(page, "crisis-worker")
    page.goto("/en/desk/")
    yield page
    context.close()


def test_by_keyboard_alone_a_mother_with_three_children_and_a_dog_has_a_place_within_a_minute(tab):
    keys = Keyboard(tab)
    expect(tab.locator("#id_from_area")).to_be_focused()
    assert tab.evaluate(SMALL) == []
    keys.write("Antwerpen")
    keys.press("Tab", "Tab")
    keys.write("8 5 2")
    keys.press("Tab", "Tab")
    keys.write("1")
    keys.press("Tab")
    keys.write("Gent")
    keys.press("Enter")
    # Only the one that takes pets and is not near Ghent.
    expect(tab.locator(".desk-matches h3")).to_have_text("Vluchthuis Els")
    expect(tab.get_by_role("button", name="Hold")).to_be_focused()
    expect(tab.locator(".desk-matches > li")).to_have_count(1)
    assert tab.evaluate(SMALL) == []
    keys.press("Enter")
    expect(tab.locator(".desk-phone")).to_have_text("0471 00 00 00")
    expect(tab.get_by_role("button", name="They can come: confirm")).to_be_focused()
    keys.press("Shift+Tab", "ArrowDown", "Enter")
    expect(tab.get_by_text("They can come. The place is theirs.")).to_be_visible()
    expect(tab.get_by_role("link", name="Go on: the stay, consent and longer help")).to_be_focused()
    search = Search.objects.get()
    assert (search.state, search.pets, search.avoid_areas) == ("placed", 1, [GHENT])
    assert search.steps.get(kind="transport").reason == "police"
    assert keys.pressed <= MOST_KEYS


def test_by_keyboard_alone_that_there_was_none_and_when_they_are_called_back(tab):
    keys = Keyboard(tab)
    keys.write("Antwerpen")
    keys.press("Tab", "Tab")
    keys.write("12 11 9 7 5")
    keys.press("Enter")
    expect(tab.locator("[name=fallback]").first).to_be_focused()
    keys.press("ArrowDown", "ArrowDown", "Enter")
    expect(tab.locator("#id_how")).to_be_focused()
    keys.write("0470123456")
    keys.press("Enter")
    expect(tab.get_by_text("They stand on the call-back list.")).to_be_visible()
    search = Search.objects.get()
    assert (search.state, search.none_found.fallback, CallBack.objects.count()) == ("none", "hotel", 1)
    assert keys.pressed <= MOST_KEYS
    # Which keys do what is said on the page, and nothing else is.
    tab.goto("/en/desk/")
    assert tab.evaluate(SHOWN) == [["a", "a"], ["z", "z"]]
    # Who only asks advice: the cursor stands at what was advised.
    tab.goto("/en/desk/advice/")
    expect(tab.locator("[name=advice]").first).to_be_focused()
    tab.goto("/en/desk/offline/")
    assert tab.evaluate(SMALL) == []


def test_stays_and_counselling_are_fit_for_everyone_and_the_way_out_stays_in_sight_on_a_phone(tab):
    worker = actor_for(factories.User.objects.get(username="demo-crisis-worker"))
    beds = desk.make_shelter(
        "Jeugdhuis Iep", area=ANTWERP, kinds=("crisis-bed-minor",), adults=False, sleeps=(1, 1)
    )
    team = desk.make_shelter("Team Eik", area=ANTWERP, kinds=("crisis-guidance-home",))
    alone = {"kind": "crisis-bed-minor", "from_area": ANTWERP, "adults": 0, "children": (15,)}
    late, _fine = (make_stay(worker, people=(), shelter=beds, **alone) for _ in range(2))
    pass_hours(late, 24 * 8)
    ask_counselling(late.search, by=worker, module="crisis-intervention", service=team)
    pages = [f"/{language}/desk/{page}/" for page in ("stays", "counselling") for language in ("nl", "en")]
    assert [fault for path in (*pages, f"/nl/desk/stays/{late.pk}/") for fault in faults(tab, path)] == []
    tab.set_viewport_size({"width": PHONE, "height": 700})
    for path in ("/en/desk/stays/", "/en/desk/offline/", "/en/contact/"):
        tab.goto(path)
        tab.evaluate("scrollTo(0, document.body.scrollHeight)")
        way_out = tab.locator("form[data-leave] button").bounding_box()
        assert (path, way_out["height"] >= 44, 0 <= way_out["y"] <= 700) == (path, True, True)
