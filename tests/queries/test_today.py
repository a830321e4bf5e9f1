"""A programme at a glance: each number equals the length of the list behind it."""

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
from veerkracht.register.care.models import Budget, Request
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.lists import list_page
from veerkracht.register.care.queries.today import budgets_ending, today
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor

PROGRAMME = "personal-budget"
COMMAND = Actor.for_command("tests")


@pytest.fixture
def register(officer):
    """Requests in three groups and two areas, one asked, one granted too long ago, one of another programme."""
    make_credit()
    late = make_request(asked=date(2020, 4, 1), category="2")
    make_round(20_000, state="signed")
    Request.objects.filter(pk=late.pk).update(respond_by=date(2024, 1, 2))
    couple = make_person(given="Two", family="Questions", area="44021")
    made = [
        make_request(couple, group=2),
        make_request(couple, kind="increase", group=2),
        *make_queue(2, group=3),
        make_request(group=1, asked=date(2022, 1, 10)),
        make_request(group=1, asked=date(2022, 1, 1), complete=False),
        make_request(state="asked"),
    ]
    hidden = make_request(group=1)
    Request.objects.filter(pk=hidden.pk).update(programme="another")
    return made


def length(actor, filters: ListFilters) -> int:
    return len(list_page(actor, filters).rows)


def test_every_number_is_the_length_of_the_list_behind_it(officer, register):
    shown = today(officer, PROGRAMME)
    assert [(group.group, group.requests, group.persons) for group in shown.groups] == [
        (1, 2, 2),
        (2, 2, 1),
        (3, 2, 2),
    ]
    for group in shown.groups:
        assert group.requests == length(officer, group.behind)
    assert (shown.requests, shown.without_group) == (6, 0)
    assert shown.requests == length(officer, ListFilters(PROGRAMME))
    areas = [area for area in shown.areas if area.requests]
    assert [(area.code, area.requests) for area in areas] == [("11001", 4), ("44021", 2)]
    assert all(area.requests == length(officer, area.behind) for area in areas)
    assert {due.what: due.count for due in shown.due} == {
        "overdue-grants": 1,
        "granted": 1,
        "asked": 1,
        "budgets-ending": 0,
    }
    assert all(due.count == length(officer, due.behind) for due in shown.due if due.behind)


def test_next_in_line_is_who_a_round_would_serve_first(officer, register):
    firsts = {group.group: group.next for group in today(officer, PROGRAMME).groups}
    # The older request of group 1 is not complete, so it takes no part.
    assert (firsts[1].number, firsts[1].priority_date, firsts[1].days) == (
        register[4].number,
        date(2022, 1, 10),
        735,
    )
    assert firsts[2].number == register[0].number


def test_an_analyst_sees_figures_and_nobodys_number(officer, register):
    shown = today(make_actor("analyst"), PROGRAMME)
    assert shown.requests in (5, 10)
    assert [(group.next.number, group.next.priority_date is None) for group in shown.groups] == [
        ("", False)
    ] * 3
    assert shown.rounds == ()


def test_who_may_see_no_figures_sees_nothing(officer, register):
    for actor in (make_own_actor(make_person()), make_actor("officer", programme="another")):
        with pytest.raises(Refused):
            today(actor, PROGRAMME)


def make_temporary(until: date, **facts) -> Budget:
    return Budget.objects.create(
        person=make_person(),
        programme=facts.pop("programme", PROGRAMME),
        kind="temporary",
        points=10,
        amount_cents=1_000_000,
        from_date=date(2023, 9, 1),
        until_date=until,
        **facts,
    )


def test_budgets_that_end_soon_are_due(officer, demo_day):
    soon, past = make_temporary(date(2024, 3, 15)), make_temporary(date(2024, 1, 10))
    make_temporary(date(2024, 3, 16))
    make_temporary(date(2024, 1, 31), ended_on=date(2023, 12, 31))
    make_temporary(date(2024, 1, 31), programme="another")
    due = budgets_ending(officer, PROGRAMME)
    assert [one.person_number for one in due] == [past.person.number, soon.person.number]
    shown = today(officer, PROGRAMME)
    assert {one.what: one.count for one in shown.due}["budgets-ending"] == len(due)
    assert shown.holders == 3
    with pytest.raises(Refused):
        budgets_ending(make_actor("analyst"), PROGRAMME)


def test_money_and_open_rounds(officer, register):
    make_credit(2_000_000)
    make_round(60_000)
    shown = today(officer, PROGRAMME)
    assert [(one.state, one.money_cents) for one in shown.rounds] == [("prepared", 6_000_000)]
    assert shown.money["voted"] == 300_000_000
    assert shown.money["free"] + shown.money["granted"] + shown.money["running"] == shown.money["voted"]


def test_as_many_queries_for_three_requests_as_for_one(officer):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            today(officer, PROGRAMME)
        return len(captured)

    make_request()
    with_one = queries()
    make_queue(2)
    assert queries() == with_one


def test_nobody_waits_is_shown_as_nothing(officer):
    shown = today(officer, PROGRAMME)
    assert (shown.requests, shown.persons, shown.holders) == (0, 0, 0)
    assert [group.next for group in shown.groups] == [None, None, None]
    assert len(shown.areas) == 285
