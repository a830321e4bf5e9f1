"""Calibration of a small region whose true numbers are known."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.forecast import worlds
from tests.forecast.calibration import past
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.calibration.making import calibrate, calibrated
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.fitted import ensemble
from veerkracht.forecast.whole import run_region

SIXTY = Experiment(runs=60)

ARRIVALS = "help:arrivals.group-2"


def made(seed: int = 1, start: date = past.NOW, sets: int = 60) -> ensemble.Calibration:
    return calibrate(past.region(seed), ("help",), start, Experiment(runs=sets, seed=seed))


def row(found: ensemble.Calibration, name: str) -> dict:
    return found.report().filter(pl.col("name") == name).row(0, named=True)


def test_the_true_number_is_found_within_a_narrower_range():
    of = row(made(), ARRIVALS)
    assert of["p5"] < past.TRUTH["arrivals.group-2"] < of["p95"]
    assert of["identified"]
    assert of["kept"] < 0.75


def test_the_truth_lies_in_the_range_as_often_as_it_says():
    truth = past.TRUTH["arrivals.group-2"]
    ranges = [row(made(seed), ARRIVALS) for seed in range(1, 11)]
    inside = sum(of["p5"] <= truth <= of["p95"] for of in ranges)
    # Nine of ten; fewer than seven of ten would come by chance once in a hundred.
    assert inside >= 7


def test_what_no_figure_tells_is_said_to_be_unknown():
    of = row(made(), "help:decline.group-1")
    assert not of["identified"]
    assert of["kept"] == pytest.approx(1.0, abs=0.2)


def test_two_numbers_that_can_not_be_told_apart_go_together():
    """More come or fewer leave: the stock alone does not say which."""
    found = made(sets=200)
    of = row(found, "help:exit.group-2")
    assert (of["with"], of["correlation"] > 0.3) == (ARRIVALS, True)


def test_the_same_seed_gives_the_same_sets():
    assert (made(3).sets == made(3).sets).all()
    assert (
        made(3).sets != calibrate(past.region(3), ("help",), past.NOW, Experiment(runs=60, seed=4)).sets
    ).any()


def test_only_figures_known_on_the_day_are_used():
    """Of the year before, published half a year later; the day itself is the own list."""
    used = {(one.on.year, one.published) for one in made(start=date(2022, 12, 31)).figures}
    assert used == {(2021, date(2022, 6, 1)), (2022, date(2023, 6, 1))}


def test_without_a_past_the_ranges_stay_as_they_are():
    found = made(start=past.FIRST)
    assert (found.figures, found.by_name(), found.report().height) == ((), {}, 0)


def test_a_start_without_figures_names_what_is_missing():
    with pytest.raises(
        ForecastFault, match=r"help\.waiting\.group-1, help\.waiting\.group-2, help\.waiting\.group-3"
    ):
        made(start=date(2023, 6, 30))


@pytest.mark.parametrize(("sets", "said"), [(0, "0 runs"), (10, "10 sets of numbers: expected at least 60")])
def test_too_few_sets(sets, said):
    with pytest.raises(ForecastFault, match=said):
        made(sets=sets)


@pytest.fixture
def kept(tmp_path):
    """A region that keeps a calibration of the end of 2022."""
    region = past.region(folder=tmp_path)
    ensemble.store(calibrate(region, ("help",), date(2022, 12, 31), SIXTY), region)
    return region


def test_what_is_kept_is_read_back(kept):
    found = calibrate(kept, ("help",), date(2022, 12, 31), SIXTY)
    read = ensemble.load(ensemble.path_of(kept, ("help",), date(2022, 12, 31)))
    assert (read.figures, read.made_of, read.start) == (found.figures, found.made_of, found.start)
    assert [one.name for one in read.numbers] == [one.name for one in found.numbers]
    assert read.sets == pytest.approx(found.sets, rel=1e-5)


def test_what_is_kept_is_used_again_when_it_was_made_of_the_same(kept):
    start = date(2022, 12, 31)
    read = ensemble.load(ensemble.path_of(kept, ("help",), start))
    assert (calibrated(kept, ("help",), start, SIXTY).sets == read.sets).all()
    assert (calibrated(kept, ("help",), start, replace(SIXTY, seed=2)).sets != read.sets).any()
    other = replace(
        kept, programmes={"help": worlds.programme({**past.BEFORE, "exit.group-2": (0.2, 0.1, 0.3)})}
    )
    assert calibrated(other, ("help",), start, SIXTY).made_of != read.made_of


def arrivals(region, start: date, **draws) -> tuple[np.ndarray, list[str]]:
    played = run_region(region, "nothing", start, how=Experiment(1, 60, draws=Draws(1, 60, **draws)))
    return played.values["help.arrivals.group-2"][:, -1], [text.en for text in played.rests_on]


def test_a_forecast_from_that_day_or_later_uses_it(kept):
    for start in (date(2022, 12, 31), past.NOW):
        fitted, said = arrivals(kept, start)
        assert said[-1] == (
            "The uncertain numbers of Help (en) are fitted to 6 figures that were known on 2022-12-31."
        )
        assert fitted.std() < arrivals(kept, start, sets={})[0].std()


def test_a_forecast_from_an_earlier_day_does_not(kept):
    wide, said = arrivals(kept, date(2021, 12, 31))
    assert said[-1].startswith("The uncertain numbers of Help (en) are not fitted to figures")
    assert (wide == arrivals(kept, date(2021, 12, 31), sets={})[0]).all()


def test_a_number_whose_range_has_changed_since_comes_from_its_new_range(kept):
    changed = worlds.programme({**past.BEFORE, "arrivals.group-2": (10.0, 9.0, 11.0)})
    fitted, said = arrivals(replace(kept, programmes={"help": changed}), past.NOW)
    assert said[-1].startswith("The range of 1 of those numbers has changed since")
    assert fitted.mean() < 20
