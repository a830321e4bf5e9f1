"""Splitting money where the best split is known without looking for it."""

from datetime import date
from functools import lru_cache

import pytest

from tests.forecast import worlds
from tests.forecast.choices import small
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.choices import Ask, optimise, plan_file
from veerkracht.forecast.choices.goals import read_goal
from veerkracht.region.one_plan import read_plan_text
from veerkracht.rulebook.errors import Fault

END = date(2024, 12, 31)
PRICES = {"cost.group-1": 1000.0, "cost.group-2": 500.0, "cost.group-3": 2000.0}
USES = ("help.group-1", "help.group-2", "help.group-3")


def setting(inputs=PRICES, **asked):
    table = small.everybody(60).with_columns(points=None)
    return small.setting(inputs, table=table, **{"years": 1, "runs": 3, **asked})


def ask(goal, budget=20_000, **changes):
    return Ask(**{"budget": budget, "goal": goal, "from_": date(2024, 1, 1), "on": END, **changes})


@lru_cache
def best(goal):
    return optimise(setting(), "nothing", ask(goal))


def mean(found, goal, split="best"):
    rows = found.outcomes.filter(goal=goal, split=split)
    return rows.item(0, "mean")


def test_all_goes_to_the_group_that_is_asked_for():
    found = best("highest-group")
    assert found.split == {"help.group-1": 20_000, "help.group-2": 0, "help.group-3": 0}
    assert (mean(found, "highest-group", "none"), mean(found, "highest-group")) == (60, 40)


def test_all_goes_to_who_costs_least_when_numbers_count():
    found = best("fewest-waiting")
    assert found.split == {"help.group-1": 0, "help.group-2": 20_000, "help.group-3": 0}
    assert (mean(found, "fewest-waiting", "none"), mean(found, "fewest-waiting")) == (180, 140)


def test_bounds_are_kept_and_the_rest_goes_to_the_next_best():
    bounds = {"least": {"help.group-3": 4_000}, "most": {"group-2": 5_000, "help.group-1": 20_000}}
    found = optimise(setting(), "nothing", ask("fewest-waiting", **bounds))
    assert found.split["help.group-3"] >= 4_000
    assert found.split["help.group-2"] <= 5_000
    assert sum(found.split.values()) <= 20_000
    # Ten of group 2, eleven of group 1 and two of group 3.
    assert mean(found, "fewest-waiting") == pytest.approx(180 - 23, abs=1)


@pytest.mark.parametrize("goal", ["highest-group", "fewest-waiting", "longest-wait"])
def test_the_split_is_never_worse_than_an_equal_one(goal):
    assert mean(best(goal), goal) <= mean(best(goal), goal, "equal")


def test_only_what_is_named_gets_money():
    found = optimise(setting(), "nothing", ask("fewest-waiting", over=("group-1", "group-3")))
    assert list(found.split) == ["help.group-1", "help.group-3"]
    assert mean(found, "fewest-waiting") == 160


def test_money_that_comes_again_every_year():
    once = optimise(setting(years=3), "nothing", ask("highest-group", on=date(2026, 12, 31)))
    again = optimise(
        setting(years=3), "nothing", ask("highest-group", on=date(2026, 12, 31), every_year=True)
    )
    assert (mean(once, "highest-group"), mean(again, "highest-group")) == (40, 0)


def test_on_the_frontier_no_split_is_better_at_both_goals():
    found = optimise(setting(), "nothing", ask("highest-group", beside="fewest-waiting"))
    points = list(found.frontier.select("highest-group", "fewest-waiting").iter_rows())
    assert points == sorted(points)
    assert sorted((other for _, other in points), reverse=True) == [other for _, other in points]
    assert (points[0][0], points[-1][1]) == (40, 140)


def test_the_next_million_frees_all_who_still_wait_in_its_group():
    found = best("highest-group")
    brought = dict(found.marginal.select("use", "brought").iter_rows())
    assert brought["help.group-1"] == -40
    # Money for group 2 that nobody is left for goes nowhere else.
    assert brought["help.group-2"] == 0


def test_the_split_is_a_plan_that_plays_the_same():
    here = setting()
    found = optimise(here, "nothing", ask("fewest-waiting"))
    plan, faults = read_plan_text(here.region, plan_file(found.plan))
    assert faults == ()
    assert plan is not None
    for made in (here.play(found.plan), here.play(plan)):
        assert made.values["help.waiting.total"][:, -1].mean() == 140


def test_the_same_seed_gives_the_same_split():
    first, second = (optimise(setting(small.BUSY), "nothing", ask("longest-wait")) for _ in range(2))
    assert first.plain() == second.plain()


@pytest.mark.parametrize(
    ("asked", "weights"),
    [
        ("longest-wait", {"longest-wait": 1.0}),
        ("fewest-waiting:7, longest-wait:3", {"fewest-waiting": 0.7, "longest-wait": 0.3}),
        ("highest-group,fewest-waiting", {"highest-group": 0.5, "fewest-waiting": 0.5}),
    ],
)
def test_goals_as_they_are_written(asked, weights):
    assert read_goal(asked) == weights


GOALS = "highest-group, fewest-waiting, longest-wait, equal-chances"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"goal": "happiness"},
            f"There is no goal “happiness”; there are: {GOALS}. Write a mix as “fewest-waiting:0.7,longest-wait:0.3”.",
        ),
        (
            {"goal": "longest-wait:much"},
            "“much” can't be the weight of the goal longest-wait: expected a number above 0, such as 0.7.",
        ),
        (
            {"goal": "longest-wait:-1"},
            "“-1” can't be the weight of the goal longest-wait: expected a number above 0, such as 0.7.",
        ),
        (
            {"goal": "equal-chances"},
            "The goal equal-chances can't be computed: no programme counts which share is served in each area.",
        ),
        ({"budget": 0}, "A budget of 0 euro can't be split: expected an amount above 0."),
        (
            {"least": {"group-1": 30_000}},
            "What must at least be given, 30,000 euro together, is more than the budget of 20,000 euro: ask less, or "
            "split more.",
        ),
        (
            {"least": {"group-9": 1}},
            "Money can't go to “group-9”. It can go to: help.group-1, help.group-2, help.group-3.",
        ),
        (
            {"on": date(2024, 2, 29)},
            "There are no outcomes of 2024-02-29: there are of the start (2023-12-31), and of each 30 June and "
            "31 December up to 2024-12-31.",
        ),
        (
            {"from_": date(2030, 1, 1)},
            "Money from 2030-01-01 can do nothing about 2024-12-31: expected a day "
            "after 2023-12-31 and before 2024-12-31.",
        ),
    ],
)
def test_what_can_not_be_asked(changes, said):
    with pytest.raises(ForecastFault) as fault:
        optimise(setting(), "nothing", ask(**{"goal": "highest-group", **changes}))
    assert str(fault.value) == said


def test_no_runs_and_no_such_plan():
    with pytest.raises(ForecastFault, match=r"^A forecast of 0 runs can't be made: expected 1 to 100,000.$"):
        optimise(setting(runs=0), "nothing", ask("highest-group"))
    with pytest.raises(Fault, match=r"^Testland has no plan “none”; it has: nothing.$"):
        optimise(setting(), "none", ask("highest-group"))


def test_nothing_that_money_can_go_to():
    of = worlds.programme(handout="vacancy", resource="places")
    here = small.setting()
    bare = here.__class__(worlds.region(of), worlds.START, runs=2)
    with pytest.raises(ForecastFault) as fault:
        optimise(bare, "nothing", ask("highest-group"))
    assert str(fault.value) == (
        "There is nothing that extra money can go to: no programme with money in rounds, and no measure with a cost."
    )
