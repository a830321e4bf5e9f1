"""A forecast of Flanders from the end of 2021, with the calibration of that day and the growth money as it was
decided, against what was published for 2022 and 2023. Wide bounds, but such that a wrong model falls outside."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from veerkracht import region
from veerkracht.forecast import Forecast
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.whole import run_region

START = date(2021, 12, 31)
GROUPS = ("group-1", "group-2", "group-3")


@pytest.fixture(scope="module")
def made() -> Forecast:
    played = run_region(
        region.current(), "constant-policy", START, programmes=["personal-budget"], how=Experiment(2)
    )
    return played.rounds[0]


def published(name: str, on: date) -> float:
    value = region.current().figures.value(f"personal-budget.{name}", on)
    assert value is not None, f"no figure of {name} on {on}"
    return value


def of(made: Forecast, name: str, on: date) -> np.ndarray:
    return made.values[f"personal-budget.{name}"][:, made.records.index(on)]


def test_it_starts_where_the_figures_were(made):
    for group in GROUPS:
        assert (of(made, f"waiting.{group}", START) == published(f"waiting.{group}", START)).all()
        assert (of(made, f"next-in-line.{group}", START) == published(f"next-in-line.{group}", START)).all()
    assert (of(made, "holders", START) == published("holders", START)).all()


@pytest.mark.parametrize("year", [2022, 2023])
@pytest.mark.parametrize(
    "name", ["waiting.total", "waiting.persons", *[f"waiting.{group}" for group in GROUPS], "holders"]
)
def test_the_published_stock_lies_inside_the_range_of_95_in_100(made, name, year):
    on = date(year, 12, 31)
    low, high = np.quantile(of(made, name, on), [0.025, 0.975])
    assert low <= published(name, on) <= high


@pytest.mark.parametrize("year", [2022, 2023])
def test_the_median_is_close(made, year):
    on = date(year, 12, 31)
    for name, within in {
        "waiting.total": 0.05 * (year - 2021),
        "waiting.group-2": 0.08 * (year - 2021),
        "waiting.group-3": 0.03 * (year - 2021),
        "holders": 0.03,
    }.items():
        assert np.median(of(made, name, on)) == pytest.approx(published(name, on), rel=within), name
    # Of group 1 only the order of magnitude can be known: it is what the money leaves over.
    assert np.median(of(made, "waiting.group-1", on)) < 3 * published("waiting.group-1", on)


@pytest.mark.parametrize("year", [2022, 2023])
def test_the_ranges_say_something(made, year):
    """A range that holds everything would pass the tests above and be worth nothing."""
    on = date(year, 12, 31)
    low, high = np.quantile(of(made, "waiting.total", on), [0.1, 0.9])
    assert (high - low) / published("waiting.total", on) < 0.12 * (year - 2021)


def test_who_is_next_in_group_1_moves_and_in_the_others_hardly(made):
    on = date(2022, 12, 31)
    age = {group: np.median(of(made, f"next-in-line.{group}", on)) for group in GROUPS}
    assert age["group-1"] < 300
    assert age["group-2"] == pytest.approx(published("next-in-line.group-2", on), abs=120)
    assert age["group-3"] == pytest.approx(published("next-in-line.group-3", on), abs=60)


def test_grants_of_group_1_are_of_the_published_order(made):
    granted = of(made, "granted.group-1", date(2022, 12, 31))
    low, high = np.quantile(granted, [0.025, 0.975])
    assert low <= published("granted.group-1", date(2022, 12, 31)) <= high


def test_turns_are_honest_about_the_far_future(made):
    turns = made.turn_by_priority_date()
    group_3 = turns.filter(pl.col("priority_group") == 3)
    assert group_3.get_column("served_share").max() < 0.2
    group_1 = turns.filter(pl.col("priority_group") == 1)
    assert group_1.get_column("served_share").min() > 0.5
