"""A small register behind running pages, and signing in by the demo's one click.

**What follows on a click, a key or a script is waited for, never read at once**: on another machine it isn't there yet.
- Say what must come by `expect(...)`, which looks until it is so; of `.count()`, `.url`, `.is_visible()` and
  `.inner_text()`, which look once, there is an `expect` for each (tests/test_repository.py holds to it).
- That something is *not* there is said after what shows that the page is the new one.
- Before a tab is led elsewhere by `goto`, and before the database is asked, wait for what the click brings: leaving
  earlier takes it back.
- Before filling in a page that came by a click, `wait_for_url`: it waits for the scripts too. `goto` does by itself.
- `settled` (looking.py) waits for what a page fetches by itself.
"""

import threading
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser import looking
from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.care.queries import underway
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person

DAY = date(2024, 1, 15)
# The first round of a run compiles its functions, on a busy machine for tens of seconds.
expect.set_options(timeout=240_000)


@pytest.fixture
def staff(transactional_db) -> None:
    """One demo user a role, on a register whose clock stands still."""
    clock.stand_still_on(DAY)
    for role in ("officer", "signer", "assessor", "reader", "analyst"):
        factories.make_user(role, username=f"demo-{role}", name=f"Test {role.title()}")


@pytest.fixture(autouse=True)
def _nothing_goes_on_after_a_test(transactional_db):
    """What a page began beside it ends before its database is emptied."""
    yield
    for thread in threading.enumerate():
        if thread.name == underway.THREAD:
            thread.join(240)


@pytest.fixture
def queue(staff) -> list[Request]:
    """A demo world in small: staff, money, four requests of which one is in group 1, and an open round."""
    requests = factories.make_queue(3, group=2)
    first = factories.make_person(given="Ann", family="Voorbeeldig", area="44021")
    requests.append(factories.make_request(first, group=1, asked=date(2022, 5, 1)))
    factories.make_credit()
    factories.make_round(90_000)
    return requests


@pytest.fixture
def enter_as(page: Any, staff: None) -> Any:
    """A tab signed in as a role: `enter_as("officer")`; as the person of the queue: `enter_as("person")`."""

    def sign_in(role: str, language: str = "en") -> Any:
        if role == "person":
            ann = Person.objects.get(family_name="Voorbeeldig")
            page.goto(f"/{language}/sign-in/")
            page.get_by_role("textbox", name="code").fill(codes.issue(ann, by=Actor.for_command("test")))
            page.locator("form:has(#code) button").click()
            looking.signed_in(page)
        else:
            looking.sign_in(page, role, language)
        looking.settled(page)
        return page

    return sign_in


@pytest.fixture
def enter(enter_as: Any, queue: list[Request]) -> Any:
    """`enter_as`, with the queue behind the pages."""
    return enter_as
