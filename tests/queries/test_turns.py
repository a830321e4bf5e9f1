"""Turns and forecasts from the register: what they start from, what is kept, and for whom."""

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import (
    make_actor,
    make_credit,
    make_own_actor,
    make_person,
    make_queue,
    make_request,
    make_round,
)
from veerkracht.register.care import turns
from veerkracht.register.care.models import Turn, TurnRun
from veerkracht.register.care.queries.drafts import Draft
from veerkracht.register.care.queries.forecasts import answer, is_kept
from veerkracht.register.care.queries.questions import Question
from veerkracht.register.care.queries.trial import rough, turns_changed
from veerkracht.register.errors import Refused

PROGRAMME = "personal-budget"
SMALL = Question("constant-policy", years=2, runs=5)


@pytest.fixture
def register(officer):
    make_credit()
    queue = make_queue(3)
    make_round(60_000, state="signed")
    make_request(group=3)
    return queue


def test_it_starts_from_the_list_the_grants_and_the_free_money(officer, register, demo_day):
    begin = turns.start(PROGRAMME)
    assert (begin.date, begin.waiting.height, begin.starting, begin.holders) == (demo_day, 3, 1, 0)
    assert begin.money_free_cents == 100_000_000 - 5_442_677
    assert begin.rests_on[0].en.endswith(
        "3 waiting requests, and 945,573 euro a year that is voted and not granted yet."
    )


def test_it_starts_from_an_earlier_day(officer, register):
    begin = turns.start(PROGRAMME, date(2021, 3, 2))
    assert (begin.date, begin.waiting.height, begin.starting) == (date(2021, 3, 2), 3, 0)
    assert turns.start(PROGRAMME, date(2021, 2, 28)).waiting.height == 0


def test_turns_are_kept_beside_the_requests_and_replaced(officer, register):
    turns.compute(PROGRAMME, runs=5, years=2)
    first = TurnRun.objects.get()
    dates = list(Turn.objects.order_by("request_id").values_list("request_id", "p10", "p50", "served_share"))
    assert [row[0] for row in dates][:2] == [register[1].pk, register[2].pk]
    turns.compute(PROGRAMME, runs=5, years=2)
    again = TurnRun.objects.get()
    assert (
        list(Turn.objects.order_by("request_id").values_list("request_id", "p10", "p50", "served_share"))
        == dates
    )
    assert again.pk != first.pk
    assert (first.plan, again.runs, again.start) == ("care-and-welfare-525-million", 5, date(2024, 1, 15))


def test_a_forecast_and_another_beside_it(officer, register):
    found = answer(make_actor("analyst"), replace(SMALL, against="twenty-million-more"))
    assert (found.one.plan.id, found.against.plan.id, found.one.runs) == (
        "constant-policy",
        "twenty-million-more",
        5,
    )
    assert found.difference.one is found.one
    assert answer(officer, SMALL).difference is None


def test_who_may_see_no_figures_gets_no_forecast(officer, register):
    for actor in (make_own_actor(make_person()), make_actor("reader", programme="another")):
        with pytest.raises(Refused):
            answer(actor, SMALL)


def test_a_draft_changes_turns_by_group(officer, register, demo_day):
    draft = Draft(key={"group-1": 0.0, "group-2": 0.0, "group-3": 1.0})
    changes = turns_changed(officer, PROGRAMME, draft, demo_day, rough(years=2, runs=5))
    assert [change.group for change in changes] == [1, 2, 3]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_forecast_is_kept_until_the_list_or_the_money_changes(settings, tmp_path):
    settings.HOME = tmp_path
    actor = make_actor("analyst")
    make_queue(2)
    assert is_kept(actor, SMALL) is False
    first = answer(actor, SMALL)
    assert is_kept(actor, SMALL) is True
    assert answer(actor, SMALL).one.series().equals(first.one.series())
    make_credit(5_000)
    assert is_kept(actor, SMALL) is False
    answer(actor, SMALL)
    make_request()
    assert is_kept(actor, SMALL) is False
