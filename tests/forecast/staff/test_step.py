"""Months of staff: the books are kept, hiring has its bounds, pay counts in proportion, places close without staff."""

import numpy as np
import pytest

from tests.forecast.staff.conftest import Build, measure, played
from veerkracht.forecast.staff import layout as at
from veerkracht.forecast.staff.step import step

# Nothing is short and nothing grows, so that each test switches on what it is about.
CALM = {
    "need_growth__homes": 0.0,
    "need_growth__clinics": 0.0,
    "supply_growth": 0.0,
    "side_entry": 1.0,
    "exit_by_load": 0.0,
    "sickness_by_load": 0.0,
}


def test_staff_is_what_it_was_and_who_came_less_who_went(make: Build) -> None:
    for run in range(5):
        history = played(make(years=10, runs=5), run).history
        change = history[at.H_HIRED] - history[at.H_QUITS] - history[at.H_RETIRED]
        np.testing.assert_allclose(np.diff(history[at.H_FTE]), change[..., 1:], rtol=1e-9, atol=1e-9)


def test_who_looks_for_work_is_hired_keeps_looking_or_gives_up(make: Build) -> None:
    """Nobody appears from nowhere: hires are never more than supply, nor than vacancies."""
    model = make(years=3, side_entry=1.5)
    staff = model.of_run(0)
    load = np.zeros((2, 1))
    step(staff, 0, load)
    for month in range(1, model.months + 1):
        pool, vacant = staff.pool.copy(), staff.stock[at.POSTS] - staff.stock[at.FTE]
        step(staff, month, load)
        left, hired = staff.flow[at.QUITS] + staff.flow[at.RETIRED], staff.flow[at.HIRED]
        supply = pool + staff.newcomers[:, :, month] + staff.market[at.MOVES] * staff.flow[at.QUITS].sum(0)
        growth = np.maximum(staff.stock[at.POSTS] - staff.stock[at.START_POSTS], 0)
        assert (hired.sum(0) <= supply + 1e-9).all()
        assert (hired <= np.maximum(vacant + left + growth, 0) + 1e-9).all()
        np.testing.assert_allclose(staff.pool, (supply - hired.sum(0)) * staff.market[at.WAITS], atol=1e-9)


def test_without_supply_nobody_is_hired(make: Build) -> None:
    staff = played(make(years=1, side_entry=0.0, moves=0.0, trained__carer=0.0, trained__cook=0.0))
    assert staff.history[at.H_HIRED].sum() == 0.0


def test_without_vacancies_nobody_is_hired(make: Build) -> None:
    """A sector that needs a tenth of its work fills no posts, however many look for work."""
    staff = played(make(years=1, side_entry=3.0), workload=lambda month: 0.1 if month else 1.0)
    assert staff.history[at.H_HIRED, 0].sum() == 0.0
    assert staff.history[at.H_HIRED, 1].sum() > 0.0


def test_with_nothing_changing_staff_stays_what_it_is(make: Build) -> None:
    history = played(make(years=5, **CALM)).history
    np.testing.assert_allclose(history[at.H_FTE, :, :, -1], history[at.H_FTE, :, :, 0], rtol=1e-6)


def test_without_a_change_in_pay_exits_are_those_of_the_numbers(make: Build) -> None:
    """A year of 8 % quits and 3 % retirement at constant hazards."""
    values = {"quits__homes": 0.08, "over_50": 0.36, "leaving_age": 62.0}
    history = played(make(years=1, **CALM, **values)).history[:, 0].sum(1)
    quits, retired, staff = (history[row] for row in (at.H_QUITS, at.H_RETIRED, at.H_FTE))
    hazard = 0.08 + 0.36 / 12
    assert quits.sum() + retired.sum() == pytest.approx(staff[0] * 12 * -np.expm1(-hazard / 12), rel=1e-6)
    assert quits.sum() / retired.sum() == pytest.approx(0.08 / 0.03)


def test_pay_of_one_sector_changes_its_exits_and_of_all_sectors_none(make: Build) -> None:
    values = {**CALM, "exit_by_pay": -1.0, "choice_by_pay": 0.0}
    before = played(make(years=1, **values)).history
    alone = played(make(measure("pay", 10.0, sector="homes"), years=1, **values)).history
    together = played(make(measure("pay", 10.0), years=1, **values)).history
    np.testing.assert_allclose(together, before, rtol=1e-12)
    first = alone[at.H_QUITS, :, :, 1] / before[at.H_QUITS, :, :, 1]
    # The other sector has fallen behind by as much: 10 % is 1.1 times as much.
    np.testing.assert_allclose(first, [[1 / 1.1, 1 / 1.1], [1.1, 1.1]], rtol=1e-3)


def test_pay_from_before_the_start_is_in_the_exits_of_the_start(make: Build) -> None:
    from datetime import date

    earlier = measure("pay", 10.0, sector="homes", from_=date(2021, 1, 1))
    np.testing.assert_array_equal(played(make(earlier)).history, played(make()).history)


def test_better_pay_draws_staff_away_from_the_other_sector(make: Build) -> None:
    before, after = (
        played(make(*measures, years=5)).history[at.H_FTE, :, :, -1].sum(1)
        for measures in ((), (measure("pay", 10.0, sector="homes"),))
    )
    assert after[0] > before[0]
    assert after[1] < before[1]


def test_training_places_bring_staff_after_the_training(make: Build) -> None:
    values = {"training_success__carer": 0.5, "training_years__carer": 2.0}
    plain, more = make(**values), make(measure("training", 240.0, profession="carer"), **values)
    extra = (more.every.newcomers - plain.every.newcomers)[0, :, 0]
    np.testing.assert_allclose(extra[0, 25:], 240 * 0.5 / 12)
    assert extra[0, :25].sum() == extra[1].sum() == 0.0


def test_money_for_posts_makes_vacancies_that_are_filled_as_far_as_people_are_found(make: Build) -> None:
    """100 posts for 5 million at 50,000: beyond the need, so that none of them closes a place while it is open."""
    values = {**CALM, "cost_per_fte": 50_000.0}
    money = measure("money", 0.0, sector="homes", programme="day-money", amount_cents_per_year=500_000_000)
    plain = played(make(years=5, **values))
    more = played(make(money, years=5, **values))
    posts = (more.history[at.H_POSTS] - plain.history[at.H_POSTS]).sum(1)
    np.testing.assert_allclose(posts[:, 0], 0.0)
    np.testing.assert_allclose(posts[:, 1:], np.array([100.0, 0.0])[:, None] * np.ones(60))
    staff = (more.history[at.H_FTE] - plain.history[at.H_FTE]).sum(1)[:, -1]
    assert 0.0 < staff[0] < 100.0
    assert (more.state[at.FILL, 0] >= plain.state[at.FILL, 0]).all()


def test_money_given_once_pays_posts_for_a_year(make: Build) -> None:
    money = measure("money", 0.0, sector="homes", recurrent=False, amount_cents_per_year=500_000_000)
    extra = make(money).every.paid[0, at.EXTRA, 0, 0]
    assert (extra > 0).nonzero()[0].tolist() == list(range(1, 13))


def test_more_work_for_the_same_staff_makes_more_go_and_be_sick(make: Build) -> None:
    values = {**CALM, "exit_by_load": 1.0, "sickness_by_load": 1.0}
    calm, busy = (
        played(
            make(years=1, **values), workload=lambda month, more=more: 1.0 + (more if month else 0.0)
        ).history[:, 0]
        for more in (0.0, 0.25)
    )
    assert busy[at.H_QUITS, :, 2:].sum() > calm[at.H_QUITS, :, 2:].sum()
    assert busy[at.H_ABSENT, :, -1].sum() > calm[at.H_ABSENT, :, -1].sum()


def test_places_close_with_the_part_of_a_shortage_that_nobody_bears(make: Build) -> None:
    """Work up by a quarter: four fifths are there for it; of the fifth that lacks, 60 % closes places."""
    model = make(
        years=1, **CALM, closed__homes=0.02, borne__homes=0.4, speed=0.0, quits__homes=0.0, over_50=0.0
    )
    staff = model.of_run(0)
    step(staff, 0, np.array([[4.0], [0.0]]))
    assert staff.state[at.FILL, 0, 0] == pytest.approx(0.98)
    step(staff, 1, np.array([[5.0], [0.0]]))
    assert staff.state[at.FILL, 0, 0] == pytest.approx(0.98 - 0.6 * 0.2)


def test_no_more_than_everything_can_be_open(make: Build) -> None:
    staff = played(make(years=1, closed__homes=0.0), workload=lambda month: 0.5 if month else 1.0)
    assert staff.state[at.FILL, 0, 0] == 1.0


def test_work_that_comes_back_gives_back_the_posts(make: Build) -> None:
    model = make(years=1, **CALM)
    staff = played(model, workload=lambda month: 0.0 if month == 6 else 1.0)
    np.testing.assert_allclose(staff.stock[at.POSTS], staff.stock[at.START_POSTS])


def test_nobody_at_all_can_be_played() -> None:
    staff = at.nobody()
    step(staff, 0, np.zeros((0, 0)))
    assert staff.state.size == 0
