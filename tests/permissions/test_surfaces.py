"""Every cell of the matrix at every place where a case could come out: what is shown is what the matrix gives.

Neither more (a leak) nor less (a test that can't fail): the markers found are exactly those expected.
"""

from datetime import date

import pytest
from django.test import Client

from tests.permissions import kept as world
from tests.permissions.surfaces import FILES, LISTS, NAME, OWN, Surface
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.lists import list_page
from veerkracht.register.care.queries.today import today
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import COMMAND, PERSON

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# Who sees figures and no list: their counts are of everybody, and protected (tests/disclosure).
FIGURES_ALONE = {"analyst", "budget-officer", "measure-owner"}
ROLES = [role for role in world.EVERYBODY if role != COMMAND]


def browser(actor) -> Client:
    """Signed in, in this capacity."""
    client = Client()
    client.force_login(actor.user)
    session = client.session
    session["capacity"] = str(actor.membership_id or "person")
    session.save()
    return client


def found(text: str) -> frozenset[str]:
    return frozenset(
        group for group, markers in world.MARKERS.items() if any(marker in text for marker in markers)
    )


def shown(client: Client, surface: Surface, kept: world.Kept) -> frozenset[str]:
    answer = client.get(surface.path(kept))
    assert answer.status_code < 500
    body = b"".join(answer) if answer.streaming else answer.content
    return found(body.decode(errors="replace"))


@pytest.fixture(scope="module")
def actors(kept):
    """Somebody in each role, for each way to stand to the case."""
    return {
        (role, link): world.actor(kept, role, link) for role in ROLES for link in world.links_on_pages(role)
    }


@pytest.fixture(scope="module")
def browsers(actors):
    """A browser in which each of them is signed in."""
    return {who: browser(actor) for who, actor in actors.items()}


@pytest.mark.parametrize("surface", [*LISTS, *FILES, *OWN], ids=lambda one: one.id)
def test_what_comes_out_is_what_the_matrix_gives(kept, browsers, surface):
    differ = {}
    for (role, link), client in browsers.items():
        got = shown(client, surface, kept)
        if surface in OWN and role == PERSON and world.given(role, link, "request.read"):
            got -= NAME
        if got != surface.expected(role, link):
            differ[role, link.id] = (sorted(got), sorted(surface.expected(role, link)))
    assert differ == {}


@pytest.mark.parametrize(
    "asked",
    [
        {"search": "geheim"},
        {"search": "{number}"},
        {"search": "{person}"},
        {"on": date(2023, 12, 31)},
        {"on": date(2023, 12, 31), "search": "geheim"},
        {"municipality": world.AREA},
        {"sort": "name"},
    ],
    ids=str,
)
def test_a_search_finds_whom_the_list_holds(kept, actors, asked):
    numbers = {"number": kept.request.number, "person": kept.person.number}
    words = {
        name: value.format(**numbers) if isinstance(value, str) else value for name, value in asked.items()
    }
    differ = set()
    for (role, link), actor in actors.items():
        try:
            rows = list_page(actor, ListFilters(world.PROGRAMME, **words)).rows
        except Refused:
            rows = ()
        if (kept.request.number in [row.number for row in rows]) != world.given(role, link, "request.list"):
            differ.add((role, link.id))
    assert differ == set()


def test_a_count_is_that_of_the_list_behind_it(kept, actors):
    """Who can list nobody and sees figures counts all of them, protected; nobody counts more than they can list."""
    differ = set()
    for (role, link), actor in actors.items():
        try:
            counted = today(actor, world.PROGRAMME).requests
        except Refused:
            continue
        if role not in FIGURES_ALONE and counted != int(world.given(role, link, "request.list")):
            differ.add((role, link.id))
    assert differ == set()
