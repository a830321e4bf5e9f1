"""What the house is for, from beginning to end in a browser: read why and when, prepare a round, have it signed."""

import csv
import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.looking import faults, sign_in, sign_out
from veerkracht.register import clock
from veerkracht.register.care import actions
from veerkracht.register.care.exchange.importing import import_file
from veerkracht.register.care.models import Request, Round, Turn, TurnRun
from veerkracht.register.people.actors import Actor

pytestmark = pytest.mark.browser

MONEY = 20_000_000
# What category 24 asks in 2024: 103.285 points of 1,004.74 euro; so many times it goes into the money.
COST_CENTS = 10_377_457
SERVED = MONEY * 100 // COST_CENTS

# What a link leads to, for as far as it tells what kind of file it is.
START_OF_FILE = """async (link) => {
  const answer = await fetch(link.href);
  return [answer.status, (await answer.text()).slice(0, 5)];
}"""
WORDS = {
    "nl": {
        "list": "De lijst",
        "rounds": "Rondes",
        "new": "Ronde voorbereiden",
        "money": "Geld, euro per jaar",
        "show": "Toon wat het doet",
        "prepare": "De ronde voorbereiden",
        "review": "Ik heb ze nagekeken",
        "not you": "U bereidde deze ronde voor, dus iemand anders moet tekenen.",
        "sign": "Tekenen en uitdelen",
        "place": "Plaats 1 van 200 in Prioriteitengroep 1.",
        "when": "niet vóór april 2024",
        "granted": "toegekend",
        "letter": "Lezen",
        "spent": "€ 19.924.717,44",
        "free": "Er is € 5,1 mln. per jaar vrij.",
    },
    "en": {
        "list": "The list",
        "rounds": "Rounds",
        "new": "Prepare a round",
        "money": "Money, euro a year",
        "show": "Show what it does",
        "prepare": "Prepare the round",
        "review": "I have reviewed it",
        "not you": "You prepared this round, so somebody else has to sign it.",
        "sign": "Sign and hand out",
        "place": "Place 1 of 200 in Priority group 1.",
        "when": "not before April 2024",
        "granted": "granted",
        "letter": "Read",
        "spent": "€19,924,717.44",
        "free": "€5.1 million a year is free.",
    },
}


@pytest.fixture
def long_queue(staff, tmp_path) -> list[Request]:
    """Two hundred in group 1, in order, each asking the most; 25 million free; the first's turn estimated."""
    path = tmp_path / "requests.csv"
    rows = [_row(place) for place in range(200)]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    report = import_file(path, by=Actor.for_command("tests"), programme=factories.PROGRAMME)
    assert report.faults == ()
    factories.make_credit(25_000_000)
    found = list(Request.objects.order_by("priority_date"))
    _turn(found[0])
    return found


def _turn(asked: Request) -> None:
    """An estimate: most likely in spring, perhaps not within the years that were played."""
    run = TurnRun.objects.create(
        programme=asked.programme,
        plan="constant-policy",
        start=date(2024, 1, 15),
        seed=1,
        runs=200,
        computed_at=clock.now(),
        series=[],
    )
    days = {
        "p10": date(2024, 4, 1),
        "p25": date(2024, 4, 1),
        "p50": date(2025, 1, 1),
        "p75": date(2026, 7, 1),
    }
    Turn.objects.create(run=run, request=asked, served_share=0.8, horizon=date(2034, 1, 15), **days)


def _row(place: int) -> dict[str, Any]:
    day = date(2021, 3, 1) + timedelta(days=place)
    return {
        "reference": place,
        "person": place,
        "given_name": "Fien",
        "family_name": "Voorbeeld",
        "birth_date": "1990-05-17",
        "area": "11001",
        "language": "en",
        "kind": "first",
        "request_date": day,
        "recognised": "yes",
        "plan_approved_on": day,
        "complete": "yes",
        "priority_group": 1,
        "priority_date": day,
        "category": "24",
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_from_the_list_to_the_letter(enter_as, long_queue, language):
    said = WORDS[language]
    first, last, not_served = long_queue[0], long_queue[SERVED - 1], long_queue[SERVED]
    tab = enter_as("officer", language)

    def press(what: str) -> None:
        tab.get_by_role("button", name=said[what]).click()

    # Why does this person stand here, and until when?
    tab.get_by_role("link", name=said["list"], exact=True).click()
    tab.get_by_role("link", name=first.number).click()
    expect(tab.get_by_text(said["place"])).to_be_visible()
    expect(tab.get_by_text(said["when"], exact=True)).to_be_visible()

    # What would 20 million do? Nothing is kept by looking.
    tab.get_by_role("link", name=said["rounds"], exact=True).click()
    tab.get_by_role("link", name=said["new"]).click()
    tab.wait_for_url("**/rounds/new/")
    tab.get_by_label(said["money"]).fill(str(MONEY))
    press("show")
    table = tab.get_by_role("table").first
    expect(table.get_by_role("link", name=not_served.number)).to_be_visible()
    expect(tab.get_by_text(said["spent"]).first).to_be_visible()
    assert Round.objects.count() == 0

    press("prepare")
    tab.wait_for_url(re.compile(r"/rounds/\d+/$"))
    expect(tab.get_by_role("link", name=not_served.number).first).to_be_visible()
    expect(tab.get_by_text(said["spent"]).first).to_be_visible()
    round_page = tab.url
    press("review")
    expect(tab.get_by_text(said["not you"])).to_be_visible()
    sign_out(tab)

    # Somebody else signs: the money moves, and so does the list.
    enter_as("signer", language)
    tab.goto(round_page)
    press("sign")
    expect(tab.get_by_role("button", name=said["sign"])).to_have_count(0)
    expect(tab.get_by_role("status").first).to_be_visible()
    tab.get_by_role("link", name=said["rounds"], exact=True).first.click()
    tab.wait_for_url("**/rounds/")
    expect(tab.get_by_text(said["free"])).to_be_visible()
    tab.get_by_role("link", name=said["list"], exact=True).click()
    tab.wait_for_url("**/list/")
    expect(tab.get_by_role("link", name=not_served.number)).to_be_visible()
    expect(tab.get_by_role("link", name=last.number)).to_have_count(0)

    # And whoever is served has a letter that says so, in their own language.
    tab.goto(f"/{language}/file/{first.number}/")
    expect(tab.locator("h1 + p .tag").first).to_have_text(said["granted"])
    tab.get_by_role("link", name=said["letter"]).first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("You get a personal budget")
    assert tab.get_by_role("link", name="PDF").evaluate(START_OF_FILE) == [200, "%PDF-"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_of_a_file_and_a_round_are_fit_for_everyone(enter, queue, language):
    tab = enter("officer", language)
    made = Round.objects.get()
    granted = queue[-1]
    _turn(granted)
    asked = "on=2024-01-15&basis=programme&money=60000&share-group-1=50&share-group-2=50"
    paths = [f"file/{granted.number}/", "rounds/", f"rounds/new/?{asked}", f"rounds/{made.pk}/"]
    found = [fault for path in paths for fault in faults(tab, f"/{language}/{path}")]
    signer = factories.make_actor("signer")
    actions.sign_round(actions.review_round(made, by=factories.make_actor("officer")), by=signer)
    paths = [f"rounds/{made.pk}/", f"rounds/{made.pk}/letter/{granted.number}.html"]
    assert [*found, *(fault for path in paths for fault in faults(tab, f"/{language}/{path}"))] == []


def test_a_round_is_prepared_by_keyboard_alone(enter_as, staff):
    factories.make_queue(2)
    factories.make_credit()
    tab = enter_as("officer")

    def to(name: str) -> None:
        for _ in range(40):
            tab.keyboard.press("Tab")
            focused = "e => (e.labels?.[0] ?? e).textContent.trim()"
            if tab.evaluate(f"({focused})(document.activeElement)") == name:
                return
        raise AssertionError(f"no way to {name}")

    to("Rounds")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/rounds/")
    to("Prepare a round")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/rounds/new/")
    to("Money, euro a year")
    tab.keyboard.type("60.000")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="Prepare the round")).to_be_visible()
    to("Prepare the round")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name="I have reviewed it")).to_be_visible()
    assert Round.objects.get().money_cents == 60_000_00


def test_a_dry_run_comes_without_a_new_page_and_says_what_is_wrong(enter, queue):
    tab = enter("officer")
    tab.goto("/en/rounds/new/")
    tab.evaluate("window.same = true")
    for amount, words in (
        ("twenty", "This is no amount in euro: twenty."),
        ("60 000", "What €60,000 a year on 15 January 2024 would do"),
    ):
        tab.get_by_label("Money, euro a year").fill(amount)
        tab.get_by_role("button", name="Show what it does").click()
        expect(tab.locator("#dry-run").get_by_text(words)).to_be_visible()
    expect(tab).to_have_url(re.compile("money=60%20000"))
    assert tab.evaluate("window.same")


def test_what_goes_wrong_in_a_file_is_said_where_it_is_and_keeps_what_was_filled_in(
    new_context, live_server, queue
):
    # A tab of its own: for the browser an answer that is not 200 is already a complaint.
    with new_context(base_url=live_server.url) as context:
        tab = context.new_page()
        sign_in(tab, "officer")
        tab.goto(f"/en/file/{queue[0].number}/")
        form = tab.locator("#do-revise")
        form.locator("summary").click()
        form.get_by_label("In a few words").fill("Looked at again")
        form.get_by_role("button").click()
        expect(form.locator(".error")).to_have_text("This field is required.")
        expect(form.get_by_label("In a few words")).to_have_value("Looked at again")
