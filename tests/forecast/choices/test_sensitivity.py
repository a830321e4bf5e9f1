"""A tornado: the numbers that move an outcome, each by as much as is known without it, the widest first."""

from datetime import date

import numpy as np
import pytest

from tests.forecast import worlds
from tests.forecast.choices import small
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.choices import tornado

END = date(2025, 12, 31)
YEARS = 731 / 365.25
WIDE = {
    "arrivals.group-1": (100.0, 50.0, 150.0),
    "exit.group-1": (0.10, 0.09, 0.11),
    "cost.group-1": (1000.0, 900.0, 1100.0),
    "holder.new": 0.5,
}


def found(setting, plan="nothing", series="waiting.group-1", on=END):
    return tornado(setting, plan, series, on)


def test_the_number_that_moves_it_most_comes_first():
    frame = found(small.setting(WIDE, table=worlds.waiting(50), runs=60))
    # Without money what a budget costs moves nothing, and a number without a range can't.
    assert frame.get_column("parameter").to_list() == ["help:arrivals.group-1", "help:exit.group-1"]
    widest = frame.row(0, named=True)
    assert (widest["low"], widest["high"]) == (50, 150)
    assert widest["swing"] == widest["high_outcome"] - widest["low_outcome"]
    assert widest["low_outcome"] < widest["middle"] < widest["high_outcome"]


def test_a_swing_is_what_theory_says():
    """With nobody leaving the list grows by what arrives: 100 a year more at the high end than at the low."""
    frame = found(small.setting({"arrivals.group-1": (100.0, 50.0, 150.0)}, runs=200))
    row = frame.row(0, named=True)
    assert abs(row["swing"] - 100 * YEARS) < 4 * row["error"]


def test_both_ends_have_the_same_luck():
    """The error of the difference is far less than that of two unrelated forecasts."""
    frame = found(small.setting({"exit.group-1": (0.10, 0.09, 0.11)}, table=worlds.waiting(400), runs=40))
    row = frame.row(0, named=True)
    strangers = np.sqrt(2 * 400 * 0.81 * 0.19 / 40)
    assert row["swing"] < 0
    assert row["error"] < strangers / 2


def test_measures_that_rest_on_one_assumption_go_together_each_in_its_own_range():
    doubt = {"assumption": worlds.assumed(0, 20_000), "id": "one"}
    more = {"assumption": worlds.assumed(10_000, 30_000), "id": "two"}
    plan = small.tried(worlds.money(10_000, **doubt), worlds.money(20_000, date(2024, 4, 1), **more))
    setting = small.setting(None, plan, table=worlds.waiting(100), rules=small.TO_GROUP_1)
    row = found(setting, "tried").row(0, named=True)
    assert (row["parameter"], row["text_en"], row["low"], row["high"]) == (
        "measure: nobody knows",
        "money (en)",
        10_000,
        50_000,
    )
    # A budget costs 1,000 euro.
    assert (row["low_outcome"], row["high_outcome"], row["swing"]) == (90, 50, -40)


def test_a_calibrated_number_is_held_at_the_ends_of_its_sets():
    sets = {"help:arrivals.group-1": np.linspace(80.0, 120.0, 41), "help:exit.group-1": np.full(41, 0.1)}
    frame = found(small.setting(WIDE, sets=sets, table=worlds.waiting(50)))
    # Every set says the same of who leaves: no range is left.
    assert frame.get_column("parameter").to_list() == ["help:arrivals.group-1"]
    row = frame.row(0, named=True)
    assert (row["low"], row["high"]) == (82.0, 118.0)


def test_nothing_moves_a_world_without_doubt():
    assert found(small.setting(table=worlds.waiting(5))).is_empty()


def test_progress_counts_to_the_end():
    told = []
    tornado(small.setting(WIDE), "nothing", "waiting.group-1", END, lambda *done: told.append(done))
    assert told == [(number, 6) for number in range(1, 7)]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            {"series": "waiting.grop-1"},
            "There is no series “waiting.grop-1” in this forecast; it is like help.waiting.group-1, "
            "help.waiting.group-3, help.waiting.group-2.",
        ),
        (
            {"on": date(2025, 3, 1)},
            "There are no outcomes of 2025-03-01: there are of the start (2023-12-31), and of each 30 June and "
            "31 December up to 2025-12-31.",
        ),
        (
            {"on": date(2035, 12, 31)},
            "There are no outcomes of 2035-12-31: there are of the start (2023-12-31), and of each 30 June and "
            "31 December up to 2025-12-31.",
        ),
    ],
)
def test_what_can_not_be_asked(asked, said):
    with pytest.raises(ForecastFault) as fault:
        found(small.setting(), **asked)
    assert str(fault.value) == said


def test_no_runs_at_all():
    with pytest.raises(ForecastFault, match=r"^A forecast of 0 runs can't be made: expected 1 to 100,000.$"):
        found(small.setting(runs=0))


def test_of_very_many_numbers_only_those_that_go_with_the_outcome_are_held():
    """Costs move nothing without money; of who arrives in three groups only the first is asked about."""
    doubt = {
        f"{thing}.group-{group}": (100.0, 50.0, 150.0)
        for thing in ("arrivals", "cost")
        for group in (1, 2, 3)
    }
    told = []
    frame = tornado(
        small.setting(doubt), "nothing", "waiting.group-1", END, lambda *done: told.append(done), most=2
    )
    assert frame.get_column("parameter").to_list() == ["help:arrivals.group-1"]
    assert told[-1] == (4, 4)
