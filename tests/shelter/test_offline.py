"""What was noted without a network is done afterwards: once, by the same verbs, and who was first has the place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.crisis import making as desk
from tests.factories import make_actor
from tests.shelter.letters import NEED, note, seal
from veerkracht.register import clock
from veerkracht.register.crisis import actions as crisis
from veerkracht.register.crisis.models import Call, Search
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people import letterbox
from veerkracht.register.shelter.actions import reconcile
from veerkracht.register.shelter.models import OfflineNote
from veerkracht.register.shelter.queries.kept import kept_places
from veerkracht.register.supply.models import Hold
from veerkracht.rulebook.errors import Fault

pytestmark = pytest.mark.django_db


def soon(letters, by):
    return [(one.outcome, one.number, one.said.en) for one in reconcile(letters, by=by)]


def test_a_noted_call_and_a_wished_place_are_done_once_however_often_they_are_sent(worker):
    shelter = desk.make_shelter()
    need = {**NEED, "schools": ["south"], "works": []}
    letter = note(worker, clock.now(), need=need, service=shelter.pk)
    done = [("done", "C-0000001", "The call is kept, and the place is held.")]
    assert (soon([letter], worker), soon([letter, letter], worker)) == (done, done * 2)
    counts = (Call.objects.count(), Search.objects.count(), Hold.objects.count(), OfflineNote.objects.count())
    assert (*counts, Search.objects.get().schools) == (1, 1, 1, 1, ["south"])


def test_of_a_desk_with_a_network_and_one_without_the_first_has_the_place_and_the_other_is_told(worker):
    shelter = desk.make_shelter(sleeps=(2,))
    noted_first = note(worker, clock.now(), need=NEED, service=shelter.pk)
    other = desk.make_worker("Desk South")
    crisis.hold_for(desk.make_search(other), shelter, by=other)
    (outcome, number, said) = soon([noted_first], worker)[0]
    assert (outcome, said) == ("taken", "No fitting place is free here any more: take the next one.")
    assert (Hold.objects.count(), Search.objects.get(call__number=number).state) == (1, "open")


def test_who_is_off_duty_by_now_keeps_the_call_and_holds_nothing(worker):
    shelter, at = desk.make_shelter(), clock.now()
    letter = note(worker, at, need=NEED, service=shelter.pk)
    crisis.end_shift(by=worker)
    (outcome, number, said) = soon([letter], worker)[0]
    assert (outcome, number) == ("wrong", "C-0000001")
    assert said.startswith("You are not on duty now")
    assert (Call.objects.count(), Hold.objects.count()) == (1, 0)


def test_one_letter_that_fails_holds_up_no_other_and_a_colleagues_waits(worker):
    colleague, now = desk.make_worker(), clock.now()
    letters = [
        "no letter at all",
        seal("{}"),
        note(colleague, now),
        note(worker, now - timedelta(hours=25)),
        note(worker, now + timedelta(hours=1)),
    ]
    found = reconcile(letters, by=worker)
    assert [one.outcome for one in found] == ["wrong", "wrong", "others", "wrong", "done"]
    assert (Call.objects.count(), found[0].key, found[2].said.en) == (1, "", "")
    assert [one.outcome for one in reconcile(letters[2:3], by=colleague)] == ["done"]


def test_more_than_a_device_keeps_and_who_takes_no_calls_are_refused(worker):
    with pytest.raises(Invalid, match="At most 50 notes"):
        reconcile(["x"] * 51, by=worker)
    with pytest.raises(Invalid, match="At most 50 notes"):
        reconcile(["x" * 20_001], by=worker)
    with pytest.raises(Refused):
        reconcile([], by=make_actor("officer"))
    assert OfflineNote.objects.count() == 0


def test_a_device_keeps_free_places_with_their_moment_and_nothing_of_a_secret_address(
    worker, django_assert_num_queries
):
    desk.make_shelter("House Elder", address="Church Street 1", secret=True)
    with CaptureQueriesContext(connection) as for_one:
        one = kept_places(worker)
    desk.make_shelter("House Birch", sleeps=(2, 4))
    full = desk.make_shelter("House Full", sleeps=(2,))
    crisis.hold_for(desk.make_search(worker), full, by=worker)
    before = clock.now()
    with django_assert_num_queries(len(for_one)):
        three = kept_places(worker)
    assert [(row.name, row.sleeps) for row in one.services] == [("", (4,))]
    assert [(row.name, row.sleeps) for row in three.services] == [("", (4,)), ("House Birch", (4, 2))]
    assert "Church" not in repr(three)
    assert before <= three.at <= clock.now()


def test_a_letter_is_read_by_the_register_alone_and_not_when_it_was_changed():
    letter = seal("one thing")
    assert letterbox.opened(letter) == "one thing"
    changed = letter[:-4] + ("AAAA" if letter[-4:] != "AAAA" else "BBBB")
    for wrong in (changed, "", "äö", letter[:40]):
        with pytest.raises(Fault, match="no letter to this register"):
            letterbox.opened(wrong)
