"""What it takes to reach a target, where that is known without looking for it."""

from datetime import date

import pytest

from tests.forecast import worlds
from tests.forecast.choices import small
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.choices import Question, plan_file, reach, read_target
from veerkracht.forecast.choices.growth import Growth
from veerkracht.forecast.choices.halving import bracket, least, near
from veerkracht.region.one_plan import read_plan_text

FROM, BY = date(2024, 1, 1), date(2025, 12, 31)
TO_THE_EURO = {"rel": 0.01, "abs": 150}


def setting(inputs=None, *plans, waiting=100, **asked):
    table = worlds.waiting(waiting)
    return small.setting(inputs, *plans, table=table, rules=small.TO_GROUP_1, **{"runs": 5, **asked})


def question(target, **changes):
    return Question(**{"target": read_target(target), "by": BY, "from_": FROM, **changes})


@pytest.fixture(scope="module")
def forty():
    """At most forty of a hundred may still wait after two years."""
    return reach(setting(), "nothing", question("help.waiting.group-1<=40"))


def test_it_takes_what_those_cost_who_must_be_helped(forty):
    """Sixty of 1,000 euro, in two years that each add as much."""
    found = forty
    assert found.euro == pytest.approx(30_000, **TO_THE_EURO)
    assert (found.years, found.now, found.fresh, found.use.id) == (2, 0, 1, "help.group-1")
    assert all(euro == pytest.approx(30_000, rel=0.03) for euro in found.by_certainty.values())


def test_beginning_later_takes_more_a_year(forty):
    assert forty.later == {1: pytest.approx(60_000, **TO_THE_EURO)}


def test_what_it_takes_is_a_plan_that_reaches_it(forty):
    here = setting()
    plan, faults = read_plan_text(here.region, plan_file(forty.plan))
    assert faults == ()
    assert (here.play(plan).values["help.waiting.group-1"][:, -1] <= 40).all()


def test_when_nobody_comes_nothing_is_needed_to_stay_there():
    found = reach(setting(years=3), "nothing", question("waiting.group-1<=40"))
    assert (found.after, found.after_until) == (0, date(2026, 12, 31))


def test_when_people_keep_coming_about_what_they_cost_is_needed_to_stay_there():
    inputs = {"arrivals.group-1": 200.0}
    asked = question("waiting.group-1<=100", by=date(2025, 12, 31), sure=0.5)
    found = reach(setting(inputs, years=5, runs=40), "nothing", asked)
    assert found.after == pytest.approx(200_000, rel=0.15)


def test_a_forecast_that_ends_with_the_target_says_nothing_of_what_comes_after(forty):
    assert (forty.after, forty.after_until) == (None, None)


def test_more_certainty_takes_more_money():
    inputs = {"arrivals.group-1": (200.0, 100.0, 300.0)}
    found = reach(setting(inputs, runs=40), "nothing", question("waiting.group-1<=100"))
    certain = list(found.by_certainty.values())
    assert certain == sorted(certain)
    assert certain[0] < certain[-1]


def test_what_is_reached_already_takes_nothing():
    found = reach(setting(), "nothing", question("waiting.group-1<=100"))
    assert (found.euro, found.now, found.fresh) == (0, 1, 1)


def test_at_least_can_be_asked_too():
    found = reach(setting(), "nothing", question("holders>=50"))
    assert (found.use.id, found.euro) == ("help", pytest.approx(25_000, **TO_THE_EURO))


def test_no_amount_helps_who_comes_after_the_last_round():
    found = reach(setting({"arrivals.group-1": 400.0}), "nothing", question("waiting.group-1<=0"))
    assert (found.euro, found.plan) == (None, None)
    said = "No amount of money reaches this: above 1,000,000 euro a year more money helps no more. The middle outcome "
    assert str(found.why.en).startswith(said)


def test_what_money_does_not_touch():
    found = reach(setting({"arrivals.group-1": 50.0}), "nothing", question("arrivals.group-1<=1"))
    assert str(found.why.en).startswith(
        "Extra money does not change this: with 1,000,000 euro a year and with nothing the outcome is the same ("
    )


def test_it_is_held_beside_the_most_that_was_ever_added_in_a_year():
    decided = small.tried(
        worlds.money(8_000, date(2021, 1, 1), id="a"),
        worlds.money(7_000, date(2021, 7, 1), id="b"),
        worlds.money(12_000, date(2022, 1, 1), id="c"),
        worlds.money(90_000, date(2023, 1, 1), id="what-if", source=None, assumption=worlds.assumed(0, 1)),
        id="decided",
    )
    found = reach(setting(None, decided), "nothing", question("waiting.group-1<=40"))
    assert found.largest == Growth(2021, 15_000, "decided")
    assert found.times_largest == pytest.approx(2, rel=0.02)


def test_without_anything_to_hold_it_beside_that_stays_open(forty):
    assert (forty.largest, forty.times_largest) == (None, None)


def test_money_for_something_else_than_the_target_is_about():
    found = reach(setting(), "nothing", question("waiting.group-1<=40", use="help"))
    assert (found.use.id, found.euro) == ("help", pytest.approx(30_000, **TO_THE_EURO))


def test_the_answer_as_plain_values(forty):
    plain = forty.plain()
    assert (plain["target"], plain["by"], plain["why"]) == ("help.waiting.group-1 <= 40", "2025-12-31", None)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "waiting.group-1",
            "“waiting.group-1” is no target: write a series, <= or >= and a number, such as "
            "next-in-line.group-1<=548.",
        ),
        (
            "waiting.group-1 < 5",
            "“<” can't be in the target “waiting.group-1 < 5”: write <= (at most) or >= (at least).",
        ),
        (
            "waiting.group-1 == 5",
            "“==” can't be in the target “waiting.group-1 == 5”: write <= (at most) or >= (at least).",
        ),
        (
            "waiting.group-1 <= few",
            "“few” in the target “waiting.group-1 <= few” is no number from 0 up: write 548 or 0.9, for example.",
        ),
        (
            "waiting.group-1 <= -3",
            "“-3” in the target “waiting.group-1 <= -3” is no number from 0 up: write 548 or 0.9, for example.",
        ),
        (
            "waiting.group-1 <= nan",
            "“nan” in the target “waiting.group-1 <= nan” is no number from 0 up: write 548 or 0.9, for example.",
        ),
    ],
)
def test_what_is_no_target(asked, said):
    with pytest.raises(ForecastFault) as fault:
        read_target(asked)
    assert str(fault.value) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"sure": 1.0},
            "A certainty of 1 can't be: expected a share of the runs between 0 and 1, such as 0.8.",
        ),
        (
            {"sure": 0.0},
            "A certainty of 0 can't be: expected a share of the runs between 0 and 1, such as 0.8.",
        ),
        (
            {"from_": date(2026, 1, 1)},
            "Money from 2026-01-01 can do nothing about 2025-12-31: expected a day after 2023-12-31 and before "
            "2025-12-31.",
        ),
        (
            {"from_": date(2023, 1, 1)},
            "Money from 2023-01-01 can do nothing about 2025-12-31: expected a day after 2023-12-31 and before "
            "2025-12-31.",
        ),
        (
            {"by": date(2040, 12, 31)},
            "There are no outcomes of 2040-12-31: there are of the start (2023-12-31), and of each 30 June and "
            "31 December up to 2025-12-31.",
        ),
        (
            {"target": "queue<=1"},
            "There is no series “queue” in this forecast; there are: help.waiting.total, ",
        ),
        (
            {"use": "homes"},
            "Money can't go to “homes”. It can go to: help.group-1, help.group-2, help.group-3, help.",
        ),
    ],
)
def test_what_can_not_be_asked(changes, said):
    with pytest.raises(ForecastFault) as fault:
        reach(setting(), "nothing", question(**{"target": "waiting.group-1<=40", **changes}))
    assert str(fault.value).startswith(said)


def test_no_runs():
    with pytest.raises(ForecastFault, match=r"^A forecast of 0 runs can't be made: expected 1 to 100,000.$"):
        reach(setting(runs=0), "nothing", question("waiting.group-1<=40"))


def test_halving_finds_the_edge_and_gives_up_where_there_is_none():
    for edge in (0.0, 150.0, 99_999.0, 3_456_789.0):

        def meets(amount, edge=edge):
            return amount >= edge

        high = bracket(meets, 1_000_000)
        assert least(meets, high) == pytest.approx(edge, rel=0.006, abs=101)
        for guess in (edge * 0.7 + 1, edge * 1.3 + 1):
            assert near(meets, guess) == pytest.approx(edge, rel=0.025, abs=101)
    assert bracket(lambda amount: False, 1.0) is None
    assert bracket(lambda amount: amount > 64, 1.0, lambda less, more: False) is None
    assert near(lambda amount: False, 10.0) is None
