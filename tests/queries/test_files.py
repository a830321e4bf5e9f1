"""A person's file, and what the person themself sees of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_actor,
    make_credit,
    make_own_actor,
    make_person,
    make_queue,
    make_request,
    make_round,
)
from veerkracht.register.care import actions
from veerkracht.register.care.models import Turn, TurnRun
from veerkracht.register.care.queries.files import file, place
from veerkracht.register.care.queries.my import my_requests
from veerkracht.register.clock import now
from veerkracht.register.errors import Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor

COMMAND = Actor.for_command("tests")


def make_turn(request, **facts) -> Turn:
    run = TurnRun.objects.create(
        programme=request.programme,
        plan="constant-policy",
        start=date(2024, 1, 15),
        seed=1,
        runs=200,
        computed_at=facts.pop("computed_at", now()),
    )
    dates = {"p50": date(2026, 4, 1), "horizon": date(2034, 1, 15), "served_share": 0.9, **facts}
    return Turn.objects.create(request=request, run=run, **dates)


def test_a_file_says_where_the_request_stands_and_who_is_before(officer):
    queue = make_queue(3)
    make_request(group=2)
    view = file(officer, queue[2].number).request
    assert (view.place.pot, view.place.place, view.place.of) == ("group-1", 3, 3)
    assert [(before.key, before.count) for before in view.place.before] == [("priority_date", 2)]
    assert place(queue[0]).place == 1


def test_conditions_are_told_apart_as_met_not_met_and_unknown(officer):
    request = make_request(recognised=None, complete=False)
    reasons = file(officer, request.number).request.explanation.conditions
    assert {reason.id: reason.status for reason in reasons} == {
        "adult": "met",
        "recognised": "unknown",
        "plan-approved": "met",
        "complete": "unmet",
        "asks-more-than-held": "met",
    }


def test_steps_stand_in_the_sequence_in_which_they_hold(officer):
    request = make_request(asked=date(2021, 3, 1), group=2)
    actions.revise(request, by=officer, on=date(2023, 6, 1), group=1, text="carer fell ill")
    steps = file(officer, request.number).request.steps
    assert [(step.kind, step.holds_from) for step in steps] == [
        ("asked", date(2021, 3, 1)),
        ("assessed", date(2021, 3, 1)),
        ("prioritised", date(2021, 3, 1)),
        ("revised", date(2023, 6, 1)),
    ]
    last = steps[-1]
    assert (last.by, last.role, last.text, last.late) == (officer.name, "officer", "carer fell ill", True)
    assert last.sets == {"state": "waiting", "priority_group": 1, "priority_date": date(2023, 6, 1)}


def test_who_does_not_wait_has_no_place_but_a_letter(officer):
    make_credit()
    request = make_queue(1)[0]
    made = make_round(60_000, state="signed")
    view = file(officer, request.number).request
    assert (view.row.state, view.place) == ("granted", None)
    assert [(letter.round_id, letter.share) for letter in view.letters] == [(made.pk, 1.0)]


def test_a_turn_is_stale_once_the_list_has_changed(officer):
    request = make_request()
    make_turn(request)
    fresh = file(officer, request.number).request.turn
    assert (fresh.p50, fresh.p90, fresh.plan, fresh.stale) == (
        date(2026, 4, 1),
        None,
        "constant-policy",
        False,
    )
    make_request()
    assert file(officer, request.number).request.turn.stale is True


def test_other_requests_and_budgets_are_the_persons_own(officer):
    person = make_person()
    first = make_request(person)
    increase = make_request(person, kind="increase")
    make_request(make_person(given="Somebody", family="Else"))
    view = file(officer, first.number)
    assert [row.number for row in view.others] == [increase.number]
    assert view.budgets == ()
    assert (view.person.age, view.person.name) == (33, "Fien Voorbeeld")


def test_a_look_is_logged_and_shown(officer):
    request = make_request()
    view = file(officer, request.number, purpose="phone call")
    latest = view.looks[0]
    assert (latest.by, latest.verb, latest.purpose) == (officer.name, "read", "phone call")


def test_a_file_that_may_not_be_seen_is_as_one_that_does_not_exist(officer):
    request = make_request()
    analyst = make_actor("analyst")
    neighbour = make_own_actor(make_person(given="Nosy", family="Neighbour"))
    said = set()
    for actor, number in (
        (analyst, request.number),
        (neighbour, request.number),
        (make_actor("officer", programme="another"), request.number),
        (officer, "V-9999999"),
    ):
        with pytest.raises(Refused) as refusal:
            file(actor, number)
        said.add(str(refusal.value))
    assert len(said) == 1
    assert LogEntry.objects.filter(verb="refused").count() == 4


def test_a_file_takes_as_many_queries_whatever_it_holds(officer):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            file(officer, request.number)
        return len(captured)

    person = make_person()
    request = make_request(person)
    with_little = queries()
    make_request(person, kind="increase")
    for day in (1, 2, 3):
        actions.revise(request, by=COMMAND, on=date(2023, 6, day), group=1 + day % 2)
    make_queue(2)
    assert queries() == with_little


def test_a_person_sees_their_own_requests_and_who_looked(officer):
    person = make_person(given="Ann", family="Own")
    older, newer = (
        make_request(person, asked=date(2021, 3, 1)),
        make_request(person, kind="increase", asked=date(2022, 3, 1)),
    )
    make_request(make_person(given="Somebody", family="Else"))
    file(officer, older.number)
    view = my_requests(make_own_actor(person))
    assert [one.row.number for one in view.requests] == [newer.number, older.number]
    assert [one.place.place for one in view.requests] == [3, 1]
    assert view.person.name == "Ann Own"
    assert [(look.by, look.verb) for look in view.looks if look.role == "officer"] == [(officer.name, "read")]


def test_who_is_not_a_person_who_asks_has_no_own_page(officer):
    with pytest.raises(Refused):
        my_requests(officer)


def test_own_page_takes_as_many_queries_for_two_requests_as_for_one(officer):
    person = make_person()
    actor = make_own_actor(person)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            my_requests(actor)
        return len(captured)

    make_request(person, asked=date(2021, 3, 1))
    with_one = queries()
    make_request(person, kind="increase", asked=date(2022, 3, 1))
    assert queries() == with_one
