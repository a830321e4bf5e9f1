"""What one forecast has more than another, run by run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Protocol

import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.spread import plain_rows, spread
from veerkracht.region import Plan
from veerkracht.rulebook.types import Text

# What two forecasts must share for their runs to be pairs.
_SHARED = {
    "start": Text("de begindag", "start"),
    "end": Text("de einddag", "end"),
    "runs": Text("het aantal berekeningen", "runs"),
    "seed": Text("het startgetal", "seed"),
    "records": Text("de dagen van de cijfers", "records"),
}
_NOT_PAIRED = Text(
    "Twee vooruitblikken zijn alleen berekening per berekening te vergelijken als dit gelijk is: {what}. "
    "Gevonden: {one} en {other}.",
    "Two forecasts can only be compared run by run when they have the same {what}: found {one} and {other}.",
)
_NOTHING_SHARED = Text(
    "Twee vooruitblikken zonder één gemeenschappelijke reeks zijn niet te vergelijken.",
    "Two forecasts without one series in common can't be compared with each other.",
)


class Played(Protocol):
    """A forecast of one programme or of a whole region: its series in every run."""

    @property
    def plan(self) -> Plan: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def runs(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def records(self) -> tuple[date, ...]: ...
    @property
    def values(self) -> dict[str, Real]: ...


@dataclass(frozen=True)
class Difference:
    """What `one` has more than `other`, run by run: both plans meet the same people and the same luck."""

    one: Played
    other: Played

    @cached_property
    def values(self) -> dict[str, Real]:
        """Series to float64[runs, dates], for the series that both have."""
        mine, theirs = self.one.values, self.other.values
        return {name: mine[name] - theirs[name] for name in mine if name in theirs}

    def series(self) -> pl.DataFrame:
        """One row a series and date: the spread of the difference over the runs."""
        return self._series

    @cached_property
    def _series(self) -> pl.DataFrame:
        return spread(self.values, self.one.records)

    def plain(self) -> dict[str, Any]:
        return {
            "plan": self.one.plan.id,
            "against": self.other.plan.id,
            "series": plain_rows(self.series()),
        }


def compare(one: Played, other: Played) -> Difference:
    """What `one` does differently from `other`. Raises `ForecastFault` when their runs can't be paired."""
    for what, words in _SHARED.items():
        if getattr(one, what) != getattr(other, what):
            found = {"one": str(getattr(one, what)), "other": str(getattr(other, what))}
            raise ForecastFault(_NOT_PAIRED.fill(what=words, **found))
    if not one.values.keys() & other.values.keys():
        raise ForecastFault(_NOTHING_SHARED)
    return Difference(one, other)
