"""The projection of the reference region held to what official projections expected and to what was counted."""

from datetime import date

import numpy as np
import pytest

from veerkracht.forecast.draws import Draws
from veerkracht.forecast.population import Projection, project
from veerkracht.forecast.population.rates import life_expectancy
from veerkracht.region import Region, population

ALL = 150
RUNS = 200


@pytest.fixture(scope="module")
def from_2019(flanders: Region) -> Projection:
    return project(flanders, date(2018, 12, 31), 31, Draws(1, RUNS))


@pytest.mark.parametrize(
    ("series", "ages"),
    [
        ("total", (0, ALL)),
        ("0-17", (0, 17)),
        ("67-plus", (67, ALL)),
        ("80-plus", (80, ALL)),
        ("85-plus", (85, ALL)),
    ],
)
def test_official_projections_lie_in_the_range(
    flanders: Region, from_2019: Projection, series: str, ages: tuple[int, int]
) -> None:
    """Nine runs of ten hold what was officially expected for the same day, and the middle is within 5 % of it."""
    official = flanders.figures.frame.filter(
        flanders.figures.frame["series"] == f"official-projection.{series}"
    )
    assert official.height
    for row in official.iter_rows(named=True):
        low, middle, high = np.percentile(from_2019.total_on([row["date"]], *ages), [5, 50, 95])
        assert middle == pytest.approx(row["value"], rel=0.05)
        assert low * 0.995 <= row["value"] <= high * 1.005


def test_the_wave_of_the_very_old_comes_after_2030(from_2019: Projection) -> None:
    days = [date(year - 1, 12, 31) for year in (2020, 2030, 2040)]
    before, middle, after = np.median(from_2019.total_on(days, 85), axis=0)
    assert after / middle > 1.35 > 1.25 > middle / before


def test_life_expectancy_is_the_published_one(flanders: Region) -> None:
    tables = flanders.population
    assert tables is not None
    years = life_expectancy(tables.by_age[population.MORTALITY])
    for sex, series in enumerate(("life-expectancy.women", "life-expectancy.men")):
        assert years[sex] == pytest.approx(flanders.figures.value(series, date(2019, 12, 31)), abs=0.02)


def test_births_and_deaths_are_about_what_was_published(flanders: Region, from_2019: Projection) -> None:
    births = flanders.figures.value("births.total", date(2017, 12, 31))
    deaths = flanders.figures.value("deaths.over-1", date(2017, 12, 31))
    assert np.median(from_2019.births[:, 0]) == pytest.approx(births, rel=0.03)
    assert np.median(from_2019.deaths[:, 0]) == pytest.approx(deaths, rel=0.04)


def test_from_2019_it_comes_near_the_count_of_2021(flanders: Region, from_2019: Projection) -> None:
    """Every municipality: inhabitants within 1 % on average, the 80-plus (with the epidemic) within 3 %."""
    assert flanders.population is not None
    count = next(count for count in flanders.population.counts if count.on == date(2021, 1, 1))
    old = [band for band, age in enumerate(count.ages) if age >= 80]
    for ages, counted, most in (
        ((0, ALL), count.persons.sum((0, 1)), 0.01),
        ((80, ALL), count.persons[:, old].sum((0, 1)), 0.03),
    ):
        expected = np.median(from_2019.persons(*ages)[:, 2], axis=0)
        assert np.abs(expected - counted).sum() / counted.sum() < most
        assert expected.sum() == pytest.approx(counted.sum(), rel=0.02)


def test_an_arrondissement_that_grows_more_in_another_projection_grows_more_here(
    flanders: Region, from_2019: Projection
) -> None:
    """Change 2019-2050 by arrondissement in Eurostat's EUROPOP2019 (proj_19rp3); the first two digits of an area's code
    name its arrondissement. Only the order is compared: it expects less migration."""
    europop = {
        "11": 9.7, "12": 7.8, "13": 1.1, "23": 6.9, "24": 4.5, "31": -4.9, "32": 1.1, "33": -5.6, "34": 1.6, "35": -3.4,
        "36": 1.8, "37": -2.2, "38": -6.7, "41": 5.2, "42": 0.0, "43": 2.1, "44": 6.2, "45": -0.1, "46": 6.4,
    }  # fmt: skip
    persons = np.median(from_2019.persons(0, ALL), axis=0)
    codes = [code[:2] for code in flanders.areas.get_column("code")]
    change = [
        persons[-1, at].sum() / persons[0, at].sum()
        for at in ([number for number, code in enumerate(codes) if code == one] for one in europop)
    ]
    assert np.corrcoef(change, list(europop.values()))[0, 1] > 0.8
