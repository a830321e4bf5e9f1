"""Residents with heavy care not financed at the norm: as long as the region tells of it, and what money does."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.region.conftest import REGIONS
from veerkracht import region as regions
from veerkracht.forecast.choices.uses import uses_of
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.services import making
from veerkracht.region import Figures, Measure
from veerkracht.region.care_backlog import Backlog
from veerkracht.region.figures import SCHEMA
from veerkracht.region.supply import AWARDS
from veerkracht.rulebook.types import Parameter, Source, Text

START = date(2023, 12, 31)
PROGRAMME = "home-place"
NAME = f"{PROGRAMME}.residents.heavy-without-norm"
AT_NORM, STEP = 100.0, 20.0
SAID = Source("A test")


def told(until=date(2024, 6, 30)):
    return Backlog(
        programme=PROGRAMME, from_=date(2020, 1, 1), until=until, places=(), occupancy="", heavy_share="",
        at_norm=f"{PROGRAMME}.places.at-norm", published="", published_cost="", measure="close-it", margin=0.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def testland():
    here = regions.load(REGIONS / "testland")
    row = {"series": f"{PROGRAMME}.places.at-norm", "date": date(2022, 12, 31), "value": AT_NORM}
    figures = Figures(pl.concat([here.figures.frame, pl.DataFrame([row], schema=SCHEMA)]))
    step = Parameter(
        id="cost.heavy-step", value=STEP, low=STEP, high=STEP, from_=date(2010, 1, 1), source=SAID
    )
    old = here.programme(PROGRAMME)
    others = tuple(one for one in old.parameters if one.id != step.id)
    home = replace(old, parameters=(*others, step))
    return replace(here, figures=figures, programmes={**here.programmes, PROGRAMME: home},
                   assessments=replace(here.assessments, backlog=told()))  # fmt: skip


def play(region, plan="as-is"):
    return making.run(region, (region.programme(PROGRAMME),), plan, START, Experiment(2, 6)).values


def test_extra_recognition_that_was_awarded_comes_to_the_places_at_the_norm(testland):
    """Of 30 awarded by the register for 2024 about all come by the end of 2025; they add no place."""
    supply = testland.supplies[PROGRAMME]
    award = (1, "", "north", "extra-recognition", "awarded", date(2023, 6, 1), 30, date(2024, 1, 1))
    awards = pl.DataFrame([award], schema=AWARDS, orient="row")
    told = replace(testland, supplies={**testland.supplies, PROGRAMME: replace(supply, awards=awards)})
    without, found = play(testland), play(told)
    assert (found[f"{PROGRAMME}.places.recognised"] == without[f"{PROGRAMME}.places.recognised"]).all()
    fewer = without[NAME] - found[NAME]
    assert (fewer[:, 0] == 0).all()
    assert ((fewer >= 0) & (np.diff(fewer, axis=1, prepend=0) >= 0)).all()
    assert fewer[:, -1].max() == 30.0


def with_money(region, euro):
    measure = Measure(
        id="close-it", programme=PROGRAMME, kind="money", name=Text("Sluit", "Close"), recurrent=True,
        amount_cents_per_year=round(euro * 100), from_=date(2024, 5, 1), until=None, to="", source=SAID,
        assumption=None,
    )  # fmt: skip
    plan = replace(region.plan("as-is"), id="closing", measures=(measure,))
    return replace(region, plans={**region.plans, plan.id: plan})


def test_it_is_who_has_heavy_care_beyond_the_places_at_the_norm(testland):
    values = play(testland)
    assert (values[NAME] == np.maximum(values[f"{PROGRAMME}.residents.heavy"] - AT_NORM, 0)).all()
    assert (values[NAME][:, 0] > 50).all()


def test_money_closes_it_from_its_day_on_for_as_many_as_it_is_enough_for(testland):
    without, closed = play(testland)[NAME], play(with_money(testland, 30 * STEP * 365.25), "closing")[NAME]
    assert (closed[:, 0] == without[:, 0]).all()
    assert (without[:, 1:] - closed[:, 1:]) == pytest.approx(30)


def test_after_its_end_by_law_and_without_a_figure_there_is_none(testland):
    over = replace(testland, assessments=replace(testland.assessments, backlog=told(date(2023, 6, 30))))
    no_figure = replace(testland, figures=regions.load(REGIONS / "testland").figures)
    assert [NAME in play(region) for region in (over, no_figure)] == [False, False]


def test_money_can_go_to_it_as_long_as_it_lasts(testland):
    use = uses_of(testland, "as-is", date(2024, 1, 1))[f"{PROGRAMME}.close-it"]
    assert (use.measure.id, use.measure.kind, use.price) == ("close-it", "money", None)
    assert f"{PROGRAMME}.close-it" not in uses_of(testland, "as-is", date(2025, 1, 1))
