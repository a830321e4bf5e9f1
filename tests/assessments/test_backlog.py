"""Heavy care that was not financed at the norm, 2011-2021: it follows from published figures, and agrees with what was
said of it.
"""

from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest

from veerkracht import region
from veerkracht.region.care_backlog import BacklogDay, backlog, published_cost
from veerkracht.region.figures import SCHEMA, Figures
from veerkracht.rulebook.care_gap import Span, normed_staff, without_norm, yearly

# Published: about 25 (minister, 2012), 24.1 (2016), 24.6 (2017), 24.7 (2021) euro a resident-day.
STEP = Span(24, 24.5, 25)


@pytest.fixture(scope="module")
def flanders() -> region.Region:
    return region.load(Path(__file__).parents[2] / "regions" / "flanders")


@pytest.fixture(scope="module")
def days(flanders) -> dict[date, BacklogDay]:
    return {one.on: one for one in backlog(flanders.assessments.backlog, flanders.figures, STEP)}


@pytest.mark.parametrize(
    ("on", "published", "within"),
    [(date(2011, 12, 31), 6_000, 0.02), (date(2021, 3, 30), 11_300, 0.08)],
)
def test_the_published_numbers_are_reproduced(days, on, published, within):
    found = days[on]
    assert found.published == published
    assert found.without_norm.holds(published)
    assert abs(found.without_norm.value / published - 1) < within


def test_what_closing_it_cost_is_reproduced(flanders, days):
    asked = flanders.assessments.backlog
    on, said = published_cost(asked, flanders.figures)
    # Of the number that was published, at the published step; and of what follows from the figures, within its range.
    assert round(yearly(Span.exactly(11_300), Span(24, 24.7, 25)).value / said, 3) == 0.999
    assert (on, days[date(2021, 3, 30)].cost.holds(said)) == (date(2021, 7, 1), True)
    plan = flanders.plan("care-and-welfare-525-million")
    (measure,) = [one for one in plan.measures if one.id == asked.measure]
    assert (measure.amount_cents_per_year, measure.from_) == (said * 100, date(2021, 7, 1))


def test_it_grew_while_no_places_were_allocated_and_fell_when_they_were(days):
    ends = [days[date(year, 12, 31)].without_norm.value for year in range(2011, 2021)]
    grew = [after > before for before, after in pairwise(ends)]
    # 1,324 places in 2012; none until 2016; 2,938 in 2019; fewer residents in 2020.
    assert grew == [False, True, True, True, True, True, True, False, False]


def test_no_day_without_figures_and_no_gap_below_nothing(flanders):
    asked = flanders.assessments.backlog
    empty = Figures(pl.DataFrame(schema=SCHEMA))
    assert (backlog(asked, empty, STEP), published_cost(asked, empty)) == ([], None)
    assert without_norm(Span(90, 100, 110), Span.exactly(120)) == Span(0, 0, 0)
    assert without_norm(Span(90, 100, 110), Span(90, 95, 105)) == Span(0, 5, 20)


def test_staff_by_the_norm_is_never_a_guess():
    norms = {"o": Span(0.1, 0.2, 0.3), "c": Span(0.4, 0.5, 0.6)}
    found = normed_staff({"o": 10, "c": 20}, norms)
    assert [round(one, 6) for one in (found.low, found.value, found.high)] == [9, 12, 15]
    with pytest.raises(KeyError):
        normed_staff({"cc": 1}, norms)
