"""Residents with heavy care who are not financed at the norm for it, as long as that is so, and what money changes.

A region whose file tells of such a backlog (`[backlog]` in `assessments.toml`) has the series until the day on which it
ended by law. The places at the norm are those of the last figure; money of the measure that closed it pays the step of
heavy care for as many residents as it is enough for. Of a register's awards those of extra recognition come to it.
"""

from collections.abc import Iterable
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calendar import day_number
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.services.awards import extra_coming
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.forecast.services.start import latest
from veerkracht.region import Measure, Region
from veerkracht.region.care_backlog import Backlog

SERIES = "residents.heavy-without-norm"
# What is added to the id of a measure by who asks what more of it would do.
EXTRA = "-extra"
_STEP = "cost.heavy-step"
_CENTS = 100


def backlog_on(region: Region, start: date) -> Backlog | None:
    """The backlog that there was on a day; None when the region tells of none, or it was over."""
    told = region.assessments.backlog if region.assessments else None
    return told if told is not None and told.from_ <= start <= told.until else None


def without_norm(
    region: Region,
    of_plan: Iterable[Measure],
    values: dict[str, Real],
    records: tuple[date, ...],
    draws: Draws,
) -> dict[str, Real]:
    """The series in every run, float64[runs, records]; none where there is no backlog at the start, or too little is
    known of it."""
    start = records[0]
    told = backlog_on(region, start)
    heavy = values.get(f"{told.programme}.residents.heavy") if told else None
    at_norm = latest(region, told.at_norm, start) if told else None
    if told is None or heavy is None or at_norm is None:
        return {}
    numbers = Numbers(region.programme(told.programme), start, draws)
    moments = np.array([float(day_number(day)) for day in records])
    coming = extra_coming(numbers, region.supplies[told.programme], start, moments)
    left = heavy - at_norm.value - coming[: heavy.shape[0]]
    if numbers.has(_STEP):
        step = np.maximum(numbers.need(_STEP)[: heavy.shape[0], None], 1e-9)
        euro = np.array([_paid(told, of_plan, day) for day in records])
        left = left - euro / (step * YEAR)
    return {f"{told.programme}.{SERIES}": np.maximum(left, 0.0)}


def _paid(told: Backlog, of_plan: Iterable[Measure], on: date) -> float:
    """Euro a year that a plan spends on a day to close it."""
    own = (told.measure, f"{told.measure}{EXTRA}")
    return sum(
        one.amount_cents_per_year / _CENTS
        for one in of_plan
        if (one.of or one.id) in own and one.from_ <= on and (one.until is None or on < one.until)
    )
