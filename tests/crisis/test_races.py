"""Many desks at the same moment, each a process of its own: one gets the place, the others are told."""

from collections import Counter

import pytest
from django.db import DatabaseError

from tests.crisis import acts
from tests.crisis.making import MOTHER, make_call, make_search, make_shelter, make_worker
from tests.robust.processes import at_once
from veerkracht.register import clock
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.models import SearchStep
from veerkracht.register.crisis.turns import turn_at
from veerkracht.register.supply.models import Hold, Stay
from veerkracht.register.verify import crisis, supply

pytestmark = pytest.mark.django_db(transaction=True)


def broken() -> list[str]:
    checks = {**crisis.checks(), **supply.checks()}
    return [name for name, (_text, check) in checks.items() if list(check())]


@pytest.fixture
def day(transactional_db) -> None:
    from tests.crisis.conftest import TODAY

    clock.stand_still_on(TODAY)


def test_of_twelve_desks_one_gets_the_last_room_for_a_whole_family(day):
    shelter = make_shelter(sleeps=(2, 1))
    workers = [make_worker(f"Desk {number}") for number in range(12)]
    searches = [make_search(worker, children=(8, 3)) for worker in workers]
    outcome = at_once(
        *(
            (acts.hold, one.number, shelter.pk, by.user.username)
            for one, by in zip(searches, workers, strict=True)
        )
    )
    assert Counter(outcome) == {"done": 1, "Conflict": 11}
    # Both rooms are one family's: nobody got half of it.
    assert (Hold.objects.count(), SearchStep.objects.filter(kind="held").count(), broken()) == (2, 1, [])


def test_who_is_just_late_gets_another_room_of_the_same_house(day):
    shelter = make_shelter(sleeps=(2, 2, 2, 2))
    workers = [make_worker(f"Desk {number}") for number in range(4)]
    searches = [make_search(worker) for worker in workers]
    outcome = at_once(
        *(
            (acts.hold, one.number, shelter.pk, by.user.username)
            for one, by in zip(searches, workers, strict=True)
        )
    )
    # Each waits for who is before them, looks again and has another room: nobody is sent away, and nobody has two.
    assert (outcome, Hold.objects.count(), broken()) == (["done"] * 4, 4, [])


def test_a_turn_whose_question_fails_is_no_ones_any_more(day):
    shelter, worker = make_shelter(), make_worker()
    with pytest.raises(DatabaseError), turn_at(shelter.pk, ("SELECT nothing FROM nowhere", [])):
        pass
    outcome = at_once((acts.hold, make_search(worker).number, shelter.pk, worker.user.username))
    assert (outcome, Hold.objects.count()) == (["done"], 1)


def test_one_family_at_two_desks_gets_one_place(day):
    shelters, workers = (
        [make_shelter(), make_shelter("House Elm")],
        [make_worker(), make_worker("Desk South")],
    )
    searches = []
    for worker in workers:
        call = make_call(worker)
        actions.identify(call, [MOTHER], by=worker)
        searches.append(make_search(worker, call))
    outcome = at_once(
        *(
            (acts.hold, one.number, shelter.pk, by.user.username)
            for one, shelter, by in zip(searches, shelters, workers, strict=True)
        )
    )
    assert (Counter(outcome), Hold.objects.count(), broken()) == ({"done": 1, "Conflict": 1}, 1, [])


def test_of_who_confirms_gives_back_and_gives_up_one_goes_first(day):
    worker, shelter = make_worker(), make_shelter()
    search = make_search(worker)
    actions.hold_for(search, shelter, by=worker)
    name = worker.user.username
    outcome = at_once(
        (acts.confirm, search.number, name),
        (acts.release, search.number, name),
        (acts.none_found, search.number, name),
    )
    search.refresh_from_db()
    allowed = {"placed": ["Conflict", "Conflict", "done"], "open": ["Conflict", "Conflict", "done"]}
    allowed["none"] = ["Conflict", "done", "done"]
    assert (outcome, broken()) == (allowed[search.state], [])
    assert Stay.objects.count() == (search.state == "placed")
