"""An admission officer by hand: a room is offered, declined, offered to the next, lived in, left and free again."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.conftest import DAY
from tests.browser.looking import sign_in
from tests.offers.factories import make_home, make_line, make_vacancies
from veerkracht.register.people.models import Membership, Person
from veerkracht.register.supply.models import Service

pytestmark = pytest.mark.browser

ITEMS = (
    "washing", "dressing", "transfer", "toilet", "continence", "eating", "orientation_time", "orientation_place",
)  # fmt: skip


@pytest.fixture
def home(staff) -> Service:
    """A home with two rooms to offer, and two who wait for one."""
    home = make_home()
    user = factories.make_user("admission", username="demo-admission", name="Test Admission")
    Membership.objects.filter(user=user).update(organisation=home.organisation)
    for entry, name in zip(make_line(home, 2), ("Anna", "Bea"), strict=True):
        Person.objects.filter(pk=entry.request.person_id).update(given_name=name, family_name="Proef")
    make_vacancies(home, 2, by=factories.actor_for(user, "admission"))
    return home


def test_a_room_is_offered_declined_lived_in_and_free_again(page: Any, home: Service):
    sign_in(page, "admission", "nl")
    page.goto(f"/nl/places/homes/{home.pk}/")
    _offer_to(page, "Anna Proef")
    _record(page, "De plaats weigeren", lambda form: form.get_by_role("radio").first.check())
    _told(page, "Genoteerd: de plaats is geweigerd en wacht op de volgende.")
    page.get_by_role("link", name="Terug naar de dag").click()
    page.wait_for_url(f"**/places/homes/{home.pk}/")

    _offer_to(page, "Bea Proef")
    arrival = DAY.isoformat()
    _record(page, "De plaats aanvaarden", lambda form: form.get_by_label("Dag van aankomst").fill(arrival))
    _told(page, "Genoteerd: de plaats is aanvaard en wordt vrijgehouden tot de aankomst.")
    _record(page, "Aangekomen")
    _told(page, "Het verblijf is begonnen.")
    page.get_by_role("link", name="Het verblijf van Bea Proef").click()
    page.wait_for_url("**/places/residents/*/")

    _record(page, "Een tijd weg", lambda form: form.get_by_label("Waarom").select_option("In het ziekenhuis"))
    _told(page, "Genoteerd.")
    expect(page.get_by_text("Weg sinds")).to_be_visible()
    _record(page, "Weer terug")
    expect(page.get_by_text("Weg sinds")).to_have_count(0)
    _measure_heavy_care(page)
    _record(page, "Naar een andere plaats hier")
    expect(page.locator("dl.facts")).to_contain_text("Room 2")
    _record(page, "Het verblijf eindigt", lambda form: form.get_by_label("Waarom").select_option("Overleden"))
    expect(page.locator("dl.facts")).to_contain_text("Overleden")

    page.goto(f"/nl/places/homes/{home.pk}/")
    for room in ("Room 1", "Room 2"):
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=room))
        expect(row).to_contain_text("Wordt klaargemaakt")


def _offer_to(page: Any, name: str) -> None:
    """From the home's day: Room 1, which the home's rules offer to this person, is offered by one press."""
    page.get_by_role("link", name=re.compile("Wie is de volgende ?: Room 1")).click()
    page.wait_for_url("**/places/vacancies/*/")
    chosen = page.get_by_role("listitem").filter(has_text="De volgende volgens de regels van het huis")
    expect(chosen.get_by_role("heading")).to_contain_text(name)
    page.get_by_role("button", name="Ondertekenen en de plaats aanbieden").click()
    page.wait_for_url("**/places/offers/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def _record(page: Any, what: str, fill: Any = lambda form: None) -> None:
    """Open the fold of this name, fill it in and send it."""
    fold = page.locator("details.card").filter(has=page.locator("summary", has_text=re.compile(f"^{what}$")))
    fold.locator("summary").click()
    fill(fold)
    fold.get_by_role("button").click()


def _told(page: Any, words: str) -> None:
    expect(page.get_by_role("main").get_by_text(words, exact=True)).to_be_visible()


def _measure_heavy_care(page: Any) -> None:
    """A newer Katz scale: help with all, and with dementia; and back to the stay."""
    expect(page.locator("dl.facts")).to_contain_text("Katz O")
    page.locator("dl.facts").get_by_role("link", name="Inschalingen").click()
    page.wait_for_url("**/places/assessments/*/")
    form = page.locator("form.form")
    form.get_by_label("Gemeten door").fill("Dokter Voorbeeld")
    for item in ITEMS:
        form.locator(f"[name={item}]").select_option("4")
    form.locator("[name=dementia_diagnosed]").select_option("yes")
    form.get_by_role("button", name="Opnemen").click()
    _told(page, "De inschaling is opgenomen.")
    page.get_by_role("link", name="Het verblijf").click()
    page.wait_for_url("**/places/residents/*/")
    expect(page.locator("dl.facts")).to_contain_text("Katz Cd")
