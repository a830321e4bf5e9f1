"""One year of a population, against theory."""

import numpy as np
import pytest

from veerkracht.forecast.population.rates import (
    BOYS,
    improved,
    life_expectancy,
    play_year,
    survival,
    year_before,
)

AGES = 101
NOBODY = np.zeros((2, AGES))


def mortality() -> np.ndarray:
    """Gompertz, men somewhat higher."""
    ages = np.arange(AGES)
    return np.stack([0.00003 * np.exp(0.1 * ages), 0.00004 * np.exp(0.1 * ages)])


def stationary() -> np.ndarray:
    """The population that these rates keep, with one birth a year."""
    deaths = mortality()
    alive = np.exp(-deaths[:, 0] / 2)[:, None] * np.cumprod(
        np.concatenate([np.ones((2, 1)), survival(deaths)[:, :-1]], axis=1), axis=1
    )
    alive[:, -1] /= 1 - survival(deaths)[:, -1]
    return alive * np.array([[1 - BOYS], [BOYS]])


def test_a_year_keeps_the_books() -> None:
    rng = np.random.default_rng(1)
    persons = rng.uniform(10, 100, (7, 2, AGES))
    migrants = rng.normal(0, 3, (7, 2, AGES))
    children = np.where((np.arange(AGES) > 19) & (np.arange(AGES) < 40), 0.08, 0.0)
    year = play_year(persons, mortality(), children, migrants)
    flows = year.births - year.deaths + year.migration
    np.testing.assert_allclose(year.persons.sum((1, 2)), persons.sum((1, 2)) + flows, rtol=1e-12)
    assert (year.deaths > 0).all()


def test_nobody_leaves_where_nobody_is() -> None:
    year = play_year(NOBODY, mortality(), np.zeros(AGES), NOBODY - 1.0)
    assert year.persons.sum() == year.migration == year.deaths == 0.0


def test_a_cohort_without_deaths_grows_a_year_older() -> None:
    persons = NOBODY.copy()
    persons[0, 40], persons[1, 100] = 5.0, 3.0
    after = play_year(persons, NOBODY, np.zeros(AGES), NOBODY).persons
    assert after[0, 41] == 5.0
    assert after[1, 100] == 3.0


def test_a_population_that_replaces_itself_stays_what_it_is() -> None:
    """With births that make one child a year, the stationary population does not change."""
    persons = stationary()
    women = (persons[0] + play_year(persons, mortality(), np.zeros(AGES), NOBODY).persons[0]) / 2
    children = np.where(np.arange(AGES) == 30, 1.0 / women[30], 0.0)
    after = play_year(persons, mortality(), children, NOBODY)
    np.testing.assert_allclose(after.persons, persons, rtol=1e-9)
    assert after.births == pytest.approx(after.deaths)


def test_any_population_grows_into_the_shape_that_its_rates_give() -> None:
    """Lotka: whatever it was at first, it grows at one rate in the end, at every age."""
    children = np.where((np.arange(AGES) >= 20) & (np.arange(AGES) < 40), 0.11, 0.0)
    persons = np.random.default_rng(2).uniform(0, 100, (2, AGES))
    for _ in range(600):
        before = persons
        persons = play_year(persons, mortality(), children, NOBODY).persons
    rates = (persons / before)[:, :90]
    growth = float(rates[0, 0])
    np.testing.assert_allclose(rates, growth, rtol=1e-6)
    # Lotka's equation: a woman's daughters, each discounted by the growth until she is born, are one. She is born in
    # the year at whose begin her mother is aged a, or at whose end.
    discount = (growth ** -(np.arange(AGES) + 1.0) + growth ** -np.arange(AGES, dtype=float)) / 2
    assert (stationary()[0] * children * discount).sum() == pytest.approx(1.0, abs=1e-6)


def test_a_year_back_and_forth_is_where_it_began() -> None:
    persons = np.random.default_rng(3).uniform(10, 100, (2, AGES))
    again = play_year(year_before(persons, mortality()), mortality(), np.zeros(AGES), NOBODY).persons
    np.testing.assert_allclose(again[:, 1:], persons[:, 1:], rtol=1e-12)


def test_life_expectancy_of_a_constant_rate_is_its_inverse() -> None:
    assert life_expectancy(np.full((1, 3000), 0.02))[0] == pytest.approx(50.0)


def test_improvement_halves_a_rate_when_it_should() -> None:
    assert improved(np.array([0.1]), np.array([np.log(2) / 10]), 10.0)[0] == pytest.approx(0.05)
