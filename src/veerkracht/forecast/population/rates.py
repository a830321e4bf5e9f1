"""One year of a population: who dies, who is born, who comes and goes. Any number of areas or runs at once.

Persons by sex and single age stand on the last two axes, [..., sexes, ages]: women first, the last age is that and
older. A person aged a on 1 January lives half of the year at age a and half at a + 1, so that the rate of the year is
the mean of both; a child born in the year lives half a year of age 0 in it. Migrants come and go on the last day.
"""

from dataclasses import dataclass

import numpy as np

from veerkracht.forecast.arrays import Real

WOMEN, MEN = range(2)
# Boys among a hundred newborn; 105 boys for 100 girls is the ratio of human populations (Statbel: 1.05).
BOYS = 105 / 205


@dataclass(frozen=True)
class Year:
    """A year that went by: persons at its end, and the flows in it. Shapes [..., sexes, ages] and [...]."""

    persons: Real
    births: Real
    deaths: Real
    migration: Real


def survival(mortality: Real) -> Real:
    """The share of who is aged a on 1 January that lives a year later, from rates a person-year."""
    older = np.concatenate([mortality[..., 1:], mortality[..., -1:]], axis=-1)
    return np.asarray(np.exp(-(mortality + older) / 2), np.float64)


def improved(mortality: Real, improvement: Real, years: float | Real) -> Real:
    """Rates after so many years of improvement."""
    return np.asarray(mortality * np.exp(-improvement * years), np.float64)


def play_year(persons: Real, mortality: Real, fertility: Real, migrants: Real) -> Year:
    """The year after. fertility: children a year of a woman of each age, [..., ages]. migrants: net, as persons."""
    lived = persons * survival(mortality)
    older = np.empty_like(lived)
    older[..., 1:] = lived[..., :-1]
    older[..., -1] += lived[..., -1]
    older[..., 0] = 0.0
    women = (persons[..., WOMEN, :] + older[..., WOMEN, :]) / 2
    births = (women * fertility).sum(-1)
    shares = np.array([1 - BOYS, BOYS])
    older[..., 0] = births[..., None] * shares * np.exp(-mortality[..., 0] / 2)
    deaths = persons.sum((-1, -2)) + births - older.sum((-1, -2))
    after = np.maximum(older + migrants, 0.0)
    # Where more would go than there are, only those who are there go.
    return Year(after, births, deaths, (after - older).sum((-1, -2)))


def year_before(persons: Real, mortality: Real) -> Real:
    """Who lived a year earlier, were nobody to come or go: those a year older, with those who died since.

    Of the last age, who were that old already and who came to it are not told apart: half of each is taken.
    """
    share = survival(mortality)
    before = np.zeros_like(persons)
    before[..., :-1] = persons[..., 1:] / share[..., :-1]
    before[..., -2] /= 2
    before[..., -1] = persons[..., -1] / share[..., -1] / 2
    return before


def life_expectancy(mortality: Real) -> Real:
    """Years that a newborn lives at these rates, [...] for [..., ages]."""
    alive = np.exp(-np.cumsum(mortality, axis=-1))
    alive = np.concatenate([np.ones_like(alive[..., :1]), alive], axis=-1)
    lived = (alive[..., :-1] - alive[..., 1:]) / np.maximum(mortality, 1e-12)
    lived[..., -1] = alive[..., -2] / mortality[..., -1]
    return np.asarray(lived.sum(-1), np.float64)
