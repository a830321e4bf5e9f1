"""The parts of which the model of places and teams is made: stays, demand, where stations lie, what comes."""

import dataclasses
from datetime import date

import numpy as np
import pytest

from tests.region.conftest import REGIONS
from veerkracht import region as regions
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.calendar import day_number
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.population import project
from veerkracht.forecast.services import growth
from veerkracht.forecast.services.care import Care, care_of, in_balance, with_mean
from veerkracht.forecast.services.demand import demand_of
from veerkracht.forecast.services.kinds import kinds_of
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.forecast.services.start import state_of
from veerkracht.forecast.services.supply import apportioned, asked_of, choices_of, stations_of
from veerkracht.region import Region
from veerkracht.region.supply import Supply
from veerkracht.rulebook.types import Order

START = date(2023, 12, 31)
HOMES = "home-place"
RUNS = 50


@pytest.fixture(scope="module")
def testland() -> Region:
    return regions.load(REGIONS / "testland")


@pytest.fixture(scope="module")
def numbers(testland: Region) -> Numbers:
    return Numbers(testland.programme(HOMES), START, Draws(1, RUNS))


@pytest.fixture(scope="module")
def care(numbers: Numbers) -> Care:
    return care_of(numbers, kinds_of(numbers.programme, START))


def test_stays_have_the_mean_of_the_file_in_every_run(numbers: Numbers, care: Care) -> None:
    assert care.mean_years() == pytest.approx(numbers.need("stay.years"), rel=1e-3)
    assert (care.short < care.long).all()


def test_a_stay_through_two_categories_by_hand(care: Care) -> None:
    """Light stays last 2 years and become heavy at hazard 0.5: 1 / (0.5 + 0.5) years light. Half of them go on, heavy,
    for 1 year."""
    one = np.ones((1, 2))
    simple = dataclasses.replace(
        care, arriving=np.array([[1.0, 0.0]]), waiting=one / 2, long=np.array([[2.0, 1.0]]), short=one,
        short_share=np.zeros(1), change=np.array([[[0.0, 0.5], [0.0, 0.0]]]), died=one, withdrew=one,
    )  # fmt: skip
    assert simple.mean_years() == pytest.approx([1.0 + 0.5])
    assert in_balance(simple) == pytest.approx(np.array([[1.0, 0.5]]) / 1.5)
    assert with_mean(simple, np.array([1.5])).long == pytest.approx(simple.long)


def test_in_balance_as_many_leave_as_come(care: Care) -> None:
    """So many leave in a year for each who is helped: one in the mean length of a stay."""
    short = care.short_share[:, None]
    helped = in_balance(dataclasses.replace(care, short_share=np.zeros(RUNS)))
    leave = (helped / care.long).sum(axis=1)
    only_long = dataclasses.replace(care, short_share=np.zeros(RUNS))
    assert leave == pytest.approx(1.0 / only_long.mean_years())
    assert ((short > 0) & (short < 1)).all()


def test_who_comes_keeps_the_share_of_heavy_care(testland: Region, numbers: Numbers, care: Care) -> None:
    state = state_of(testland, numbers, kinds_of(numbers.programme, START), care)
    assert state.mix[:, 1] == pytest.approx(0.7)
    assert in_balance(state.care)[:, 1] == pytest.approx(0.7, abs=1e-3)
    assert state.care.mean_years() == pytest.approx(care.mean_years(), rel=1e-3)


def test_the_order_of_the_day_says_whether_groups_go_first(numbers: Numbers) -> None:
    programme = numbers.programme
    assert [kind.weight for kind in kinds_of(programme, START)] == [2, 1]
    by_date = Order(by=("request_date", "id"), from_=date(2020, 1, 1))
    flat = dataclasses.replace(programme, orders=(by_date,))
    assert [kind.weight for kind in kinds_of(flat, START)] == [0, 0]


def test_demand_follows_the_population(testland: Region, numbers: Numbers) -> None:
    projection = project(testland, START, 3, numbers.draws)
    demand = demand_of(testland, numbers, projection, 3)
    assert demand.shape == (RUNS, 3, 3)
    change = 1.0 + numbers.get("demand.change", 0.0)
    men = projection.persons(65, 150, "man").sum(axis=2) * numbers.need("demand.men.65-up")[:, None]
    women = projection.persons(65, 150, "woman").sum(axis=2) * numbers.need("demand.women.65-up")[:, None]
    wanted = (men + women)[:, 1:3].mean(axis=1) / (men + women)[:, 0] * change**1.5
    assert demand[:, 1].sum(axis=1) == pytest.approx(wanted, rel=2e-3)


def test_without_a_population_by_inhabitants(testland: Region, numbers: Numbers) -> None:
    demand = demand_of(testland, numbers, None, 2)
    share = testland.areas.get_column("inhabitants").to_numpy() / 60_000
    assert demand[:, 0] / demand[:, 0].sum(axis=1, keepdims=True) == pytest.approx(np.tile(share, (RUNS, 1)))


def supply(region: Region, **spread: object) -> Supply:
    old = region.supplies[HOMES]
    return dataclasses.replace(old, spread=dataclasses.replace(old.spread, **spread))  # type: ignore[arg-type]


@pytest.mark.parametrize(("level", "size", "count"), [
    ("municipality", 10.0, 30), ("municipality", 1_000.0, 3), ("zone", 1_000.0, 2), ("region", 1_000.0, 1),
])  # fmt: skip
def test_stations_are_spread_over_a_level(testland: Region, level: str, size: float, count: int) -> None:
    stations = stations_of(testland, supply(testland, level=level, size=size), 300.0, None)
    assert stations.share.shape == (count,)
    assert stations.share.sum() == pytest.approx(1.0)
    north = stations.codes.get_column("code").to_numpy() == "north"
    if level == "municipality":
        assert stations.share[north].sum() == pytest.approx(0.5)


def test_too_many_stations_are_refused(testland: Region) -> None:
    with pytest.raises(ForecastFault) as fault:
        stations_of(testland, supply(testland, size=0.001), 300.0, None)
    assert str(fault.value) == (
        "home-place would have 300,000 stations: 20,000 at most is possible. Raise `size` in its file in supply/."
    )


def test_listed_stations_lie_where_the_list_says(testland: Region) -> None:
    stations = stations_of(testland, testland.supplies["family-team"], 300.0, None)
    assert stations.share.tolist() == [0.6, 0.4]
    assert stations.codes.get_column("code").to_list() == ["north", "west"]


def test_nearer_stations_are_chosen_more_often(testland: Region) -> None:
    given = supply(testland, size=1_000.0, unevenness=0.0)
    stations = stations_of(testland, given, 300.0, None)
    choices = choices_of(testland, given, stations)
    homes = testland.areas.get_column("code").to_list()
    for area, home in enumerate(homes):
        rows = slice(choices.begin[area], choices.begin[area + 1])
        own = stations.codes.get_column("code").to_list()[choices.station[rows][0]]
        assert own == home
        odds = choices.weight[rows] / stations.share[choices.station[rows]]
        assert odds.argmax() == 0
        assert choices.weight[rows].sum() == pytest.approx(1.0)
    asked = asked_of(choices, np.array([3.0, 2.0, 1.0]), stations)
    assert (asked * stations.share).sum() == pytest.approx(1.0)


def test_whole_units_that_add_up() -> None:
    shared = apportioned(np.array([10.0, 7.0, 0.0]), np.array([1.0, 1.0, 1.0]))
    assert shared.sum(axis=1).tolist() == [10, 7, 0]
    assert (abs(shared - np.array([[10], [7], [0]]) / 3) < 1).all()


def certain(numbers: Numbers, **values: float) -> Numbers:
    """The programme with other values for some parameters (a point for each __), all certain."""
    said = {name.replace("__", "."): value for name, value in values.items()}
    known = tuple(
        dataclasses.replace(one, value=said[one.id], low=said[one.id], high=said[one.id])
        if one.id in said
        else one
        for one in numbers.programme.parameters
    )
    return Numbers(dataclasses.replace(numbers.programme, parameters=known), START, numbers.draws)


IN_TIME = {"growth__lost": 0.0, "growth__postponed": 0.0, "growth__lead__years": 0.0}


def coming(testland: Region, numbers: Numbers, since: date = START) -> list[growth.Coming]:
    given = testland.supplies[HOMES]
    stations = stations_of(testland, given, 310.0, None)
    return growth.decided(numbers, given.growth, stations, since)


def test_what_was_decided_comes_in_its_period(testland: Region, numbers: Numbers) -> None:
    wing, later = coming(testland, certain(numbers, **IN_TIME))
    for one, year in ((wing, 2024), (later, 2026)):
        at = one.at[np.isfinite(one.at)]
        assert (at >= day_number(date(year, 1, 1)) - 1).all()
        assert (at <= day_number(date(year + 1, 1, 1)) - 1).all()
    assert set(later.units.sum(axis=1)) == {20}
    assert 20 < wing.units.sum(axis=1).mean() < 40


def test_a_part_is_lost_as_the_file_says(testland: Region, numbers: Numbers) -> None:
    many = Numbers(certain(numbers, **IN_TIME, growth__units=1.0).programme, START, Draws(1, 400))
    lost = dataclasses.replace(
        many.programme,
        parameters=tuple(
            dataclasses.replace(one, value=0.3, low=0.3, high=0.3) if one.id == "growth.lost" else one
            for one in many.programme.parameters
        ),
    )
    _, later = coming(testland, Numbers(lost, START, Draws(1, 400)))
    gone = ~np.isfinite(later.at[later.units != 0])
    z = (gone.mean() - 0.3) / np.sqrt(0.3 * 0.7 / gone.size)
    assert abs(z) < 4


def test_what_passed_before_the_figure_is_in_it(testland: Region, numbers: Numbers) -> None:
    half = coming(testland, certain(numbers, **IN_TIME), date(2024, 7, 1))
    whole = coming(testland, certain(numbers, **IN_TIME))
    share = half[0].units.sum(axis=1).mean() / whole[0].units.sum(axis=1).mean()
    assert share == pytest.approx(184 / 366, abs=0.02)
    assert [one.units.sum() for one in coming(testland, numbers, date(2027, 1, 1))] == []


def test_what_is_late_still_comes(testland: Region, numbers: Numbers) -> None:
    given = testland.supplies[HOMES]
    stations = stations_of(testland, given, 310.0, None)
    known = certain(numbers, **IN_TIME)
    (late,) = growth.pending(known, given, stations, date(2026, 1, 1), 10.0)
    assert set(late.units.sum(axis=1)) == {20}
    assert (late.at[late.units != 0] > day_number(date(2026, 1, 1)) - 1).all()
    assert growth.pending(known, given, stations, date(2026, 1, 1), 30.0) == []
    assert growth.pending(known, given, stations, date(2026, 1, 1), None) == []


def test_changes_add_up_and_never_go_below_nothing() -> None:
    base = np.array([[5, 5]])
    come = growth.Coming(
        np.array([[1.0, 9.0, 11.0, np.inf, 12.0]]), np.array([[2, 3, -20, 7, 1]]), np.array([[0, 1, 1, 0, 1]])
    )
    # Of what is there three are closed until day 10, and four at the other until after the end.
    shut = growth.Coming(np.array([[10.0, 21.0]]), np.array([[3, 4]]), np.array([[0, 1]]))
    (change,) = growth.changes(base, [come], shut, 5.0, 20.0)
    assert change.tolist() == [
        [5.0, 5.0, 9.0, 10.0, 11.0, 12.0],
        [0.0, 1.0, 1.0, 0.0, 1.0, 1.0],
        [7.0, 5.0, 8.0, 7.0, 0.0, 1.0],
        [4.0, 1.0, 4.0, 7.0, 0.0, 0.0],
    ]
    assert growth.at_start(base, [come], 5.0).tolist() == [[7, 5]]
