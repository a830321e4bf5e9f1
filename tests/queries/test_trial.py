"""Trying a rule: winners and losers on the real list, and nothing kept."""

from datetime import date

import pytest

from tests.factories import make_actor, make_credit, make_person, make_queue, make_request
from veerkracht.register.care.models import Round, Step
from veerkracht.register.care.queries.drafts import Draft
from veerkracht.register.care.queries.trial import try_rule
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.models import Person
from veerkracht.rulebook.errors import RuleFault

PROGRAMME = "personal-budget"
HALF_TO_THREE = Draft(key={"group-1": 0.5, "group-2": 0.0, "group-3": 0.5})
MONEY = 12_000_000


@pytest.fixture
def register(officer):
    make_credit()
    urgent = make_queue(3)
    third = make_request(make_person(born=date(1954, 1, 1), area="44021"), group=3, category="2")
    return [*urgent, third]


def test_winners_and_losers_by_group_area_and_age(officer, register, demo_day):
    tried = try_rule(officer, PROGRAMME, HALF_TO_THREE, demo_day, MONEY)
    assert (tried.now.granted, tried.then.granted) == (2, 2)
    assert [(one.id, one.requests, one.winners, one.losers) for one in tried.by_group] == [
        ("1", 3, 0, 1),
        ("3", 1, 1, 0),
    ]
    assert [(one.id, one.winners, one.losers) for one in tried.by_area] == [("11001", 0, 1), ("44021", 1, 0)]
    assert [(one.id, one.winners, one.losers) for one in tried.by_age] == [("30", 0, 1), ("60", 1, 0)]
    assert [line.number for line in tried.winning] == [register[3].number]
    assert [line.number for line in tried.losing] == [register[1].number]
    assert (tried.total.winners, tried.total.losers) == (1, 1)
    assert tried.total.cents == tried.then.spent_cents - tried.now.spent_cents


def test_every_way_of_counting_adds_up_to_the_whole(officer, register, demo_day):
    tried = try_rule(officer, PROGRAMME, HALF_TO_THREE, demo_day, MONEY)
    for parts in (tried.by_group, tried.by_province, tried.by_area, tried.by_age):
        for name in ("requests", "winners", "losers", "forward", "back", "cents"):
            assert sum(getattr(part, name) for part in parts) == getattr(tried.total, name)


def test_no_count_by_place_or_age_tells_of_a_restricted_person(officer, register, demo_day):
    Person.objects.filter(pk=register[3].person_id).update(restricted=True)
    tried = try_rule(officer, PROGRAMME, HALF_TO_THREE, demo_day, MONEY)
    counted = [{one.id: one.requests for one in parts} for parts in (tried.by_area, tried.by_group)]
    assert counted == [{"11001": 3}, {"1": 3}]
    assert (tried.total.requests, tried.total.winners, tried.winning) == (3, 0, ())
    assert tried.then.granted == 2


def test_another_order_moves_places(officer, register, demo_day):
    tried = try_rule(
        officer, PROGRAMME, Draft(order=("priority_group", "-priority_date", "id")), demo_day, 6_000_000
    )
    assert [line.number for line in tried.winning] == [register[2].number]
    assert [line.number for line in tried.losing] == [register[0].number]


def test_a_condition_that_is_dropped_lets_others_in(officer, register, demo_day):
    older = make_request(asked=date(2020, 6, 1), complete=False)
    tried = try_rule(officer, PROGRAMME, Draft(conditions={"complete": ""}), demo_day, MONEY)
    assert (tried.now.kept_out, tried.then.kept_out) == (1, 0)
    assert [line.number for line in tried.winning] == [older.number]


def test_nothing_is_kept(officer, register, demo_day):
    steps = Step.objects.count()
    try_rule(officer, PROGRAMME, HALF_TO_THREE, demo_day, MONEY)
    assert (Round.objects.count(), Step.objects.count()) == (0, steps)


def test_an_analyst_sees_counts_and_no_people(officer, register, demo_day):
    tried = try_rule(make_actor("analyst"), PROGRAMME, HALF_TO_THREE, demo_day, MONEY)
    shown = (tried.total.winners, tried.total.losers, tried.total.requests)
    assert ([number % 5 for number in shown], tried.winning, tried.losing) == ([0, 0, 0], (), ())
    assert not LogEntry.objects.filter(role="analyst", verb="list").exists()
    for role in ("reader", "assessor"):
        with pytest.raises(Refused):
            try_rule(make_actor(role), PROGRAMME, HALF_TO_THREE, demo_day, MONEY)


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (Draft(), "Verander eerst iets."),
        (Draft(conditions={"tall": "age > 3"}), "Er is geen voorwaarde “tall”."),
        (Draft(key={"group-1": 0.5}), "does not add up"),
        (Draft(order=("priority_date",)), "not total"),
        (Draft(conditions={"adult": "height > 2"}), "does not declare"),
        (Draft(conditions={"adult": "age >"}), "condition"),
    ],
)
def test_a_draft_that_can_not_be_is_refused_with_why(officer, register, demo_day, draft, said):
    with pytest.raises((Invalid, RuleFault)) as fault:
        try_rule(officer, PROGRAMME, draft, demo_day, MONEY)
    assert said in str(fault.value)
