"""A projected population: how many persons of an age there are, in which area, on which day, in every run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.inputs import Uncertain
from veerkracht.region.population import SEXES

OWNER = "population"


@dataclass(frozen=True)
class Projection:
    """The population at the start and on the same day of each year after it, and its flows.

    `januaries`: the years on whose 1 January the arrays stand, K. `middle`: float64[K, areas, sexes, ages];
    `region`: float64[runs, K, sexes, ages]. `births`, `deaths`, `migration`: in the year that begins then, float64
    [runs, K - 1]. `parameters`: what was drawn.
    """

    start: date
    years: int
    januaries: tuple[int, ...]
    middle: Real
    region: Real
    births: Real
    deaths: Real
    migration: Real
    parameters: tuple[Uncertain, ...]

    @property
    def first_year(self) -> int:
        """The year of the first point: that in which the start's evening lies."""
        return self.start.year

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the points: the start and the same day of each year after it, in the evening."""
        return tuple(years_later(self.start, years) for years in range(self.years + 1))

    def persons(self, low_age: int, high_age: int, sex: str | None = None) -> Real:
        """Persons from one age to another (both included; 105 is 105 and older), float64[runs, years + 1, areas].

        Points are evenings, as in `days`; areas are in the order of the region's. sex: "woman", "man" or None for both.
        """
        return self.persons_on(self.days, low_age, high_age, sex)

    def persons_on(self, days: Sequence[date], low_age: int, high_age: int, sex: str | None = None) -> Real:
        """The same on the evenings of these days, float64[runs, days, areas]; between the start and the end."""
        middle, region = (
            self._of(self.middle, low_age, high_age, sex),
            self._of(self.region, low_age, high_age, sex),
        )
        whole = middle.sum(1)
        ratio = np.divide(region, whole, out=np.ones_like(region), where=whole > 0)
        yearly = np.matmul(ratio.swapaxes(0, 1), middle.swapaxes(1, 2)).swapaxes(0, 1)
        return np.asarray(np.einsum("dk,rka->rda", self._weights(days), yearly), np.float64)

    def total_on(self, days: Sequence[date], low_age: int = 0, high_age: int = 150) -> Real:
        """Persons of the whole region on the evenings of these days, float64[runs, days]."""
        region = self._of(self.region, low_age, high_age, None).sum(-1)
        return np.asarray(region @ self._weights(days).T, np.float64)

    def series(self, days: Sequence[date]) -> dict[str, Real]:
        """What a forecast shows of the population, each float64[runs, days]."""
        return {
            f"{OWNER}.total": self.total_on(days),
            f"{OWNER}.80-plus": self.total_on(days, 80),
            f"{OWNER}.85-plus": self.total_on(days, 85),
        }

    def _of(self, persons: Real, low_age: int, high_age: int, sex: str | None) -> Real:
        """The cells of these ages and sexes as one last axis."""
        if low_age > high_age or low_age < 0 or (sex is not None and sex not in SEXES):
            raise ValueError(f"no persons of {low_age} to {high_age}, {sex}")
        chosen = slice(None) if sex is None else slice(SEXES.index(sex), SEXES.index(sex) + 1)
        cells = persons[..., chosen, low_age : high_age + 1]
        return cells.reshape(*cells.shape[:-2], -1)

    def _weights(self, days: Sequence[date]) -> Real:
        """How much of each January is in the evening of each day: between two Januaries in proportion, [days, K]."""
        at = np.array([moment(day) for day in days]) - self.januaries[0]
        if at.min() < 0 or at.max() > len(self.januaries) - 1:
            raise ValueError(
                f"days from {min(days)} to {max(days)} are not all from {self.start} to {self.days[-1]}"
            )
        return np.maximum(0.0, 1.0 - np.abs(at[:, None] - np.arange(len(self.januaries))))


def moment(evening: date) -> float:
    """The evening of a day in years: that of 31 December is the next 1 January."""
    morning = evening + timedelta(days=1)
    begins = date(morning.year, 1, 1)
    return morning.year + (morning - begins).days / (date(morning.year + 1, 1, 1) - begins).days


def years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
