"""A forecast of a whole region: all programmes on one plan, one luck and one row of days."""

import dataclasses
import json
from datetime import date

import numpy as np
import pytest

from tests.forecast import worlds
from tests.rulebook.making import words
from veerkracht.forecast import ForecastFault, compare
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.whole import run_region

MOVING = {"arrivals.group-1": (100.0, 80.0, 120.0), "exit.group-1": 0.05}
MORE = worlds.plan("more", worlds.money(20_000))


def two_programmes():
    """A region with two programmes that differ in nothing but their name; nobody has money for the second."""
    first = worlds.programme(MOVING)
    region = worlds.region(first, MORE)
    second = dataclasses.replace(first, id="other-help", name=words("Other help"))
    return dataclasses.replace(region, programmes={first.id: first, second.id: second})


def starts(region, on: date = worlds.START):
    return {id: dataclasses.replace(worlds.start(worlds.waiting(30)), date=on) for id in region.programmes}


def played(plan: str = "more", **changes):
    region = two_programmes()
    where = {name: changes.pop(name) for name in ("starts", "programmes") if name in changes}
    how = Experiment(**{"years": 2, "runs": 12, **changes})
    return run_region(region, plan, worlds.START, how=how, **{"starts": starts(region), **where})


def test_every_programme_has_its_series_on_the_same_days():
    made = played()
    of = {name.split(".")[0] for name in made.values}
    assert of == {"help", "other-help"}
    assert [part.programme.id for part in made.rounds] == ["help", "other-help"]
    assert made.records == tuple(
        date(*day) for day in ((2023, 12, 31), (2024, 6, 30), (2024, 12, 31), (2025, 6, 30), (2025, 12, 31))
    )
    assert {runs.shape for runs in made.values.values()} == {(12, 5)}


def test_programmes_have_luck_of_their_own_for_what_is_theirs():
    made = played("nothing")
    mine, theirs = made.values["help.arrivals.group-1"], made.values["other-help.arrivals.group-1"]
    assert mine.shape == theirs.shape
    assert not np.array_equal(mine, theirs)


def test_only_the_programmes_that_are_asked_for():
    made = played(programmes=["other-help"])
    assert {name.split(".")[0] for name in made.values} == {"other-help"}
    assert np.array_equal(
        made.values["other-help.waiting.total"], played().values["other-help.waiting.total"]
    )


def test_two_plans_differ_only_where_the_money_goes():
    gap = compare(played(), played("nothing"))
    assert (gap.values["help.waiting.total"][:, -1] < 0).all()
    assert not gap.values["other-help.waiting.total"].any()
    assert not gap.values["help.arrivals.group-1"].any()


def test_json_is_one_list_of_series():
    made = json.loads(played().to_json())
    assert (made["plan"], made["start"], made["end"]) == ("more", "2023-12-31", "2025-12-31")
    keys = ["series", "date", "p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5", "mean"]
    assert {tuple(row) for row in made["series"]} == {tuple(keys)}
    assert sorted(made["turns"]) == sorted(made["money"]) == ["help", "other-help"]


def test_progress_goes_up_to_all_runs_once():
    told: list[tuple[int, int]] = []
    played(progress=lambda done, total: told.append((done, total)))
    done = [one for one, _ in told]
    assert done == sorted(done)
    assert (told[-1], {total for _, total in told}) == ((12, 12), {12})


def test_every_number_is_told_once_and_names_its_programme():
    names = [number.name for number in played().parameters]
    assert len(names) == len(set(names))
    assert {"help:arrivals.group-1", "other-help:arrivals.group-1"} <= set(names)


def test_lists_of_another_day_are_refused():
    region = two_programmes()
    with pytest.raises(ForecastFault) as refused:
        played(starts=starts(region, date(2022, 12, 31)))
    assert str(refused.value) == (
        "help starts on 2022-12-31 and the forecast on 2023-12-31: they must start on one day."
    )
