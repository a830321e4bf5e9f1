"""The plans of Flanders: what was published is in them, once; what is not known says so."""

from datetime import date
from pathlib import Path

import pytest

from veerkracht.region import Region, known_on, load, measures, plan_money
from veerkracht.region.plan_envelopes import plan_envelopes

FLANDERS = Path(__file__).parents[2] / "regions" / "flanders"
BUDGETS = "personal-budget"
PLAN = "care-and-welfare-525-million"
MILLION = 100_000_000  # in cents


@pytest.fixture(scope="module")
def flanders() -> Region:
    return load(FLANDERS)


def money_by_year(region: Region, plan_id: str) -> dict[int, float]:
    """New recurrent money for personal budgets by year, in million euro."""
    found: dict[int, float] = {}
    for one in plan_money(region, plan_id):
        if one.programme == BUDGETS:
            found[one.from_.year] = found.get(one.from_.year, 0) + one.amount_cents_per_year / MILLION
    return {year: round(amount, 3) for year, amount in found.items()}


def test_growth_money_of_constant_policy_by_year(flanders: Region) -> None:
    came = {2017: 20, 2018: 41, 2019: 46.5, 2020: 46, 2021: 110, 2022: 78, 2023: 64}
    rights = {year: 24 + 1.5 * (year - 2024) for year in range(2024, 2035)}
    assert money_by_year(flanders, "constant-policy") == came | rights


def test_growth_money_of_the_plan_is_what_was_published(flanders: Region) -> None:
    """52.4 and 24.1 million in 2025; 278 million from 2025 to 2029 for group 1 and the routes, rights included."""
    by_year = money_by_year(flanders, PLAN)
    assert by_year[2025] == 52.4 + 24.1
    assert sum(by_year[year] for year in range(2025, 2030)) - 24.1 == pytest.approx(278, abs=0.5)


def test_each_reason_stands_once_in_a_plan(flanders: Region) -> None:
    for plan in flanders.plans.values():
        money = [one for one in plan.measures if one.kind == "money" and one.assumption]
        reasons = [one.assumption.why.en for one in money if one.assumption]
        assert len(reasons) == len(set(reasons)), plan.id


def test_the_parts_of_the_social_agreement_add_up_and_the_rest_of_the_525_million_stays_open(
    flanders: Region,
) -> None:
    pots = {
        one.id: (one.amount_cents or 0) / MILLION for one in plan_envelopes(flanders, flanders.plans[PLAN])
    }
    assert pots["via6-pay"] + pots["via6-quality"] == pots["via6"] == 577
    assert pots["vv175"] == 525
    unknown = [one.id for one in flanders.plans[PLAN].measures if not one.known]
    assert unknown == ["via6-jobs-youth-help", "via6-training"]


def test_residential_care_has_146_million_from_1_july_2021(flanders: Region) -> None:
    homes = [one for one in plan_money(flanders, PLAN) if one.programme == "residential-care"]
    since = [one.amount_cents_per_year / MILLION for one in homes if one.from_ == date(2021, 7, 1)]
    assert sorted(since) == [44, 102]


def test_the_plan_reaches_all_three_programmes_and_their_staff(flanders: Region) -> None:
    own = flanders.plans[PLAN].measures
    assert {one.programme for one in own} == {BUDGETS, "residential-care", "youth-help", ""}
    assert {one.kind for one in own} == {"money", "cases", "pay", "training"}
    assert {one.sector for one in own if one.kind == "pay"} == {
        sector.id for sector in (flanders.staff.sectors if flanders.staff else ())
    }


@pytest.mark.parametrize("year", range(2018, 2024))
def test_what_was_decided_later_is_not_known(flanders: Region, year: int) -> None:
    day = date(year, 12, 31)
    then = known_on(flanders, day)
    late = [one.id for plan in then.plans for one in measures(then, plan) if one.known_from > day]
    assert late == []
    # Growth that is computed from the budgets of a year is known when that year ends, never before.
    own = [one.from_.year for one in plan_money(then, "constant-policy") if one.programme == BUDGETS]
    last = max(own)
    assert last == (year if year < 2023 else 2034)


def test_every_measure_says_when_it_was_decided_and_what_it_rests_on(flanders: Region) -> None:
    exercises = {"twenty-million-more", "twenty-million-every-year"}
    for plan in flanders.plans.values():
        for one in plan.measures:
            assert one.source or one.assumption, one.id
            decided = one.decided or (all(step.decided for step in one.steps) and one.steps)
            assert decided or plan.id in exercises, one.id
