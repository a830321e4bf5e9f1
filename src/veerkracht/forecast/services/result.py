"""What a forecast of programmes with places and teams gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.spread import spread
from veerkracht.region import Measure, Plan
from veerkracht.rulebook.types import Programme, Text


@dataclass(frozen=True)
class ServicesForecast:
    """A forecast of all programmes with places and teams on one plan.

    `values`: series name to its value in every run on every record date, float64[runs, J]; stocks as on the evening
    of the date, flows of the calendar year up to and with it.
    """

    programmes: tuple[Programme, ...]
    plan: Plan
    start: date
    end: date
    runs: int
    seed: int
    records: tuple[date, ...]
    values: dict[str, Real]
    parameters: tuple[Uncertain, ...]
    measures: tuple[Measure, ...]
    rests_on: tuple[Text, ...]

    def first(self, runs: int) -> ServicesForecast:
        """The forecast of its first runs alone: the same as one that asked for no more."""
        if runs >= self.runs:
            return self
        return replace(self, runs=runs, values={name: values[:runs] for name, values in self.values.items()})

    def series(self) -> pl.DataFrame:
        """One row a series and date: series, date, p2_5 … p97_5, mean."""
        return self._series

    @cached_property
    def _series(self) -> pl.DataFrame:
        return spread(self.values, self.records)
