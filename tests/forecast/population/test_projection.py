"""Projections of regions: what is known at the start, what is asked of a projection, and what theory says of it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.population import project
from veerkracht.region import Region

ALL = 150
START = date(2019, 12, 31)


def draws(runs: int = 3, **pinned: float) -> Draws:
    names = {name.replace("_", "."): value for name, value in pinned.items()}
    return Draws(1, runs, pinned={f"population:{name}": value for name, value in names.items()})


def test_persons_are_by_run_year_and_area(testland: Region) -> None:
    projection = project(testland, START, 4, draws(3))
    assert projection.persons(0, ALL).shape == (3, 5, testland.areas.height)
    assert projection.first_year == 2019
    assert projection.days[-1] == date(2023, 12, 31)


def test_a_population_begins_with_what_was_counted(testland: Region) -> None:
    """The evening of 31 December is the morning of the count."""
    projection = project(testland, date(2018, 12, 31), 1, draws(1))
    count = testland.population.counts[0]  # type: ignore[union-attr]
    for sex, band, low, high in ((0, 0, 0, 17), (0, 3, 80, ALL), (1, 1, 18, 64)):
        counted = count.persons[sex, band]
        there = projection.persons(low, high, ("woman", "man")[sex])[0, 0]
        np.testing.assert_allclose(there, counted, rtol=1e-12)


def test_later_counts_and_totals_are_used_only_once_they_are_published(testland: Region) -> None:
    counted = testland.population.counts[1].persons.sum((0, 1))  # type: ignore[union-attr]
    knows = project(testland, date(2021, 6, 1), 1, draws(2)).middle[0].sum((1, 2))
    guesses = project(testland, date(2021, 5, 31), 1, draws(2)).middle[0].sum((1, 2))
    np.testing.assert_allclose(knows, counted, rtol=1e-12)
    assert (np.abs(guesses / counted - 1) > 1e-6).all()


def test_an_area_without_a_total_grows_with_the_others(testland: Region) -> None:
    """The total of 2022 is known of two of the three areas."""
    projection = project(testland, date(2022, 12, 31), 1, draws(1))
    earlier = project(testland, date(2022, 1, 1), 1, draws(1))
    before = earlier.middle[0].sum((1, 2))
    after = project(testland, date(2022, 12, 30), 1, draws(1)).middle[0].sum((1, 2))
    assert projection.middle.shape == (2, 3, 2, 101)
    assert after[0] == pytest.approx(30_600)
    assert after[2] == pytest.approx(9_850)
    assert after[1] / before[1] == pytest.approx((after[0] + after[2]) / (before[0] + before[2]), rel=1e-3)


def test_every_run_keeps_the_books(testland: Region) -> None:
    projection = project(testland, START, 10, draws(20))
    total = projection.region.sum((2, 3))
    flows = projection.births - projection.deaths + projection.migration
    np.testing.assert_allclose(np.diff(total, axis=1), flows, rtol=1e-9, atol=1e-6)


def test_the_areas_of_a_run_are_its_region(testland: Region) -> None:
    projection = project(testland, START, 10, draws(20))
    areas = projection.persons(80, ALL, "woman").sum(2)
    women = projection.persons(80, ALL, "woman")
    assert areas == pytest.approx(
        projection.total_on(projection.days, 80) - projection.persons(80, ALL, "man").sum(2)
    )
    assert (women > 0).all()


def test_a_day_between_two_januaries_lies_between_their_persons(testland: Region) -> None:
    projection = project(testland, date(2018, 12, 31), 2, draws(1))
    first, middle, last = projection.total_on([date(2018, 12, 31), date(2019, 7, 1), date(2019, 12, 31)])[0]
    assert middle == pytest.approx(first + (last - first) * 182 / 365)


@pytest.mark.parametrize(
    ("name", "more_old", "more_young"),
    [
        ("fertility", 0, 1),
        ("mortality_improvement", 1, 0),
        ("mortality_level", -1, 0),
        ("migration_level", 0, 1),
    ],
)
def test_each_number_moves_what_it_should(
    testland: Region, name: str, more_old: int, more_young: int
) -> None:
    """The 80-plus hang on mortality, the children on births and migrants."""
    low, high = (project(testland, START, 10, draws(1, **{name: value})) for value in (1.0, 1.3))
    for ages, sign in (((80, ALL), more_old), ((0, 9), more_young)):
        change = high.persons(*ages)[0, -1].sum() / low.persons(*ages)[0, -1].sum() - 1
        assert sign * change > 1e-3 if sign else abs(change) < 2e-2


def test_years_lie_around_the_line_and_do_not_remember(testland: Region) -> None:
    """With nothing else uncertain, the logarithm of deaths has the given deviation in every year, year by year anew."""
    certain = {"fertility": 1.8, "mortality_level": 1.0, "mortality_improvement": 1.0, "migration_level": 1.0}
    pinned = {f"population:{name.replace('_', '.')}": value for name, value in certain.items()}
    pinned["population:mortality.year-to-year"] = 0.05
    runs = 400
    deaths = np.log(project(testland, date(2021, 12, 31), 2, Draws(3, runs, pinned=pinned)).deaths)
    # The standard error of a deviation is that deviation over the root of twice the runs.
    assert np.abs(deaths.std(axis=0) / 0.05 - 1).max() < 4 / np.sqrt(2 * runs)
    assert abs(np.corrcoef(deaths.T)[0, 1]) < 4 / np.sqrt(runs)


def test_two_plans_share_what_was_drawn(testland: Region) -> None:
    one, other = (project(testland, START, 5, draws(7)) for _ in range(2))
    np.testing.assert_array_equal(one.region, other.region)
    assert np.unique(one.total_on([date(2024, 12, 31)])).size == 7


def test_series_have_a_value_for_each_record(testland: Region) -> None:
    projection = project(testland, START, 2, draws(4))
    records = (START, date(2020, 6, 30), date(2021, 12, 31))
    series = projection.series(records)
    assert set(series) == {"population.total", "population.80-plus", "population.85-plus"}
    assert all(values.shape == (4, 3) for values in series.values())
    assert (series["population.85-plus"] < series["population.80-plus"]).all()


def test_a_start_before_the_first_count_plays_it_back(testland: Region) -> None:
    """Back and forth again is where it began, but for who was born and who moved in between."""
    back = project(testland, date(2016, 12, 31), 2, draws(1))
    there = project(testland, date(2018, 12, 31), 1, draws(1))
    old = slice(60, 100)
    np.testing.assert_allclose(back.middle[2][..., old], there.middle[0][..., old], rtol=1e-2)
    assert back.middle.shape[0] == 3


def test_a_start_long_before_the_first_count_is_refused(testland: Region) -> None:
    with pytest.raises(
        ForecastFault, match="the first count is of 2019-01-01, and is played back 5 years at most"
    ):
        project(testland, date(2012, 12, 31), 2, draws(1))


def test_a_region_without_a_population_says_so(testland: Region) -> None:
    with pytest.raises(ForecastFault, match=r"Testland has no population: .*population/population\.toml"):
        project(replace(testland, population=None), START, 5, draws())


@pytest.mark.parametrize("years", [0, -1, 51])
def test_a_projection_of_no_years_is_refused(testland: Region, years: int) -> None:
    with pytest.raises(ForecastFault, match=r"years.*1 to 50"):
        project(testland, START, years, draws())
