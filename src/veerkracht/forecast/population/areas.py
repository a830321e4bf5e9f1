"""What differs from area to area: how many children are born, and how many people come or go."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calendar import YEAR
from veerkracht.forecast.population.rates import WOMEN
from veerkracht.region.population import Totals

# How many years of totals say how an area grew of late.
_WINDOW = 5
_CHILDREN = 5


@dataclass(frozen=True)
class Growth:
    """Net migration, persons a year for each inhabitant: of the region, and of each area beyond it ([areas])."""

    region: float
    beyond: Real


def birth_factors(persons: Real, fertility: Real) -> Real:
    """How many children are born in each area in proportion to the region, by the children of under five and the
    women who may have had them, [areas] with mean 1. persons: [areas, sexes, ages]; fertility: [ages]."""
    children = persons[:, :, :_CHILDREN].sum((1, 2))
    # Half of the five years ago the women were two and a half years younger.
    later = (np.roll(fertility, 2) + np.roll(fertility, 3)) / 2
    expected = (persons[:, WOMEN] * later).sum(-1) * _CHILDREN
    factors = np.divide(children, expected, out=np.ones_like(children), where=expected > 0)
    return np.asarray(factors * expected.sum() / (factors * expected).sum(), np.float64)


def recent_growth(totals: Totals, known_on: date, natural: Real, persons: Real) -> Growth:
    """How areas grew beyond births and deaths in the years whose totals are known on a day.

    natural: births less deaths of each area, a year for each inhabitant, [areas]. persons: inhabitants, [areas].
    An area without known totals grows as the region does.
    """
    known = [number for number, day in enumerate(totals.published) if day <= known_on] or [0]
    window = known[-_WINDOW - 1 :]
    rows = totals.persons[window]
    years = np.array([totals.days[number].toordinal() / YEAR for number in window])
    seen = np.isfinite(rows)
    first, last = seen.argmax(0), len(window) - 1 - seen[::-1].argmax(0)
    area = np.arange(rows.shape[1])
    span = years[last] - years[first]
    grew = seen.any(0) & (span > 0)
    ratio = np.where(grew, rows[last, area], 1.0) / np.where(grew, rows[first, area], 1.0)
    net = np.log(ratio) / np.where(grew, span, 1.0) - natural
    region = float((net * persons)[grew].sum() / persons[grew].sum()) if grew.any() else 0.0
    return Growth(region, np.where(grew, net - region, 0.0))
