"""What verify says when a hand in the database breaks what holds for calls and searches."""

import pytest

from tests.crisis.making import MOTHER, make_call, make_search, make_shelter
from veerkracht.register import append_only
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.models import Call, KnownPerson, NoneFound, Search, SearchHold
from veerkracht.register.verify import crisis

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived_in(worker) -> None:
    """A family by name that is placed, a search that holds, one without a place, and one that refused and ended."""
    call = make_call(worker)
    actions.identify(call, [MOTHER], by=worker)
    placed, holds, none, ended = make_search(worker, call), *(make_search(worker) for _ in range(3))
    for search, name in ((placed, "House Birch"), (holds, "House Elm")):
        actions.hold_for(search, make_shelter(name), by=worker)
    actions.confirm(placed, by=worker)
    actions.refuse(ended, make_shelter("House Ash"), by=worker, reason="full")
    actions.end_search(ended, by=worker)
    actions.none_found(none, by=worker, reason="all-full", fallback="inn")


def broken() -> list[str]:
    return [name for name, (_text, check) in crisis.checks().items() if list(check())]


def lose_why() -> None:
    append_only.release("default", "crisis_nonefound")
    NoneFound.objects.all().delete()
    append_only.protect("default", "crisis_nonefound")


def move_a_hold() -> None:
    append_only.release("default", "crisis_searchhold")
    ended = Search.objects.get(state="ended")
    SearchHold.objects.filter(search__state="held").update(search=ended)
    append_only.protect("default", "crisis_searchhold")


BREAKERS = {
    "search_is_what_its_steps_say": lambda: Search.objects.filter(state="ended").update(version=9),
    "search_holds_one_place_at_a_time": move_a_hold,
    "none_found_has_its_search": lose_why,
    "anonymous_call_knows_nobody": lambda: Call.objects.filter(anonymous=False).update(anonymous=True),
    "known_person_has_a_place_when_their_search_has": lambda: KnownPerson.objects.update(holds=False),
}


def test_nothing_is_broken_by_what_a_desk_does(lived_in):
    assert broken() == []


@pytest.mark.parametrize("name", BREAKERS)
def test_what_a_hand_in_the_database_breaks_is_found_by_its_name(lived_in, name):
    BREAKERS[name]()
    assert broken() == [name]
