"""What a forecast gives: series with their spread over the runs, money, and when each request's turn comes."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real, Small, Whole
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.rounds import layout
from veerkracht.forecast.rounds.turns import turn_by_priority_date, turns
from veerkracht.forecast.spread import plain_rows, spread
from veerkracht.region import Measure, Plan
from veerkracht.rulebook.types import Programme, Text

LEDGER = ("brought", "growth", "freed", "returned", "spent", "left")


@dataclass(frozen=True)
class Forecast:
    """A forecast of one plan.

    `values`: series name to its value in every run on every record date, float64[runs, J]. Stocks are as on the
    evening of the date, flows are of the calendar year up to and with the date (in the first year: since the start),
    money is in euro. `ledger`: cents, int64[runs, R, 6] in the columns of `LEDGER`: brought + growth + freed +
    returned - spent = left, in every round. `outcome`: for each request of `list` in each run, int16[runs, n]: 1 +
    round when served, -(1 + round) when it had left before that round, 0 when it still waits at the end.
    """

    region_id: str
    region_name: Text
    programme: Programme
    plan: Plan
    start: date
    end: date
    runs: int
    seed: int
    records: tuple[date, ...]
    rounds: tuple[date, ...]
    values: dict[str, Real]
    ledger: Whole
    outcome: Small
    list: pl.DataFrame
    parameters: tuple[Uncertain, ...]
    measures: tuple[Measure, ...]
    rests_on: tuple[Text, ...]

    def first(self, runs: int) -> Forecast:
        """The forecast of its first runs alone: the same as one that asked for no more."""
        if runs >= self.runs:
            return self
        return replace(
            self,
            runs=runs,
            values={name: values[:runs] for name, values in self.values.items()},
            ledger=self.ledger[:runs],
            outcome=self.outcome[:runs],
        )

    def series(self) -> pl.DataFrame:
        """One row a series and date: series, date, p2_5 … p97_5, mean."""
        return self._series

    @cached_property
    def _series(self) -> pl.DataFrame:
        return spread(self.values, self.records)

    def turns(self) -> pl.DataFrame:
        """One row a request of the start: when its turn comes, if it keeps waiting.

        id, priority_group, priority_date, p10, p25, p50, p75, p90 (dates of rounds; null when that share of the
        runs has not reached it at the horizon), served_share (chance that its turn comes within the horizon),
        horizon. What may happen to the person first (death, withdrawal) is left out of it.
        """
        return self._turns

    @cached_property
    def _turns(self) -> pl.DataFrame:
        return turns(self.outcome, self.list, self.rounds, self.end)

    def turn_by_priority_date(self) -> pl.DataFrame:
        """The same for all requests of a group with a priority date in the same year: group, year, requests, …"""
        return turn_by_priority_date(self.outcome, self.list, self.rounds, self.end)

    def money(self) -> pl.DataFrame:
        """One row a year: euro brought from the year before, growth, freed, used and left (median and 80 % range)."""
        return _money(self.ledger, self.rounds)

    def to_json(self) -> str:
        """The forecast as JSON: what it is of, and `series`, a list of objects."""
        return json.dumps(self.plain(), ensure_ascii=False, indent=1)

    def plain(self) -> dict[str, Any]:
        """What `to_json` writes, as plain values."""
        return {
            "region": self.region_id,
            "programme": self.programme.id,
            "plan": self.plan.id,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "runs": self.runs,
            "seed": self.seed,
            "series": plain_rows(self.series()),
            "turns": plain_rows(self.turn_by_priority_date()),
            "money": plain_rows(self.money()),
        }


def _money(ledger: Whole, rounds: tuple[date, ...]) -> pl.DataFrame:
    years = np.array([day.year for day in rounds])
    rows = []
    for year in sorted(set(years.tolist())):
        of_year = ledger[:, years == year, :] / 100
        amounts = {
            "brought": of_year[:, 0, layout.BROUGHT],
            "growth": of_year[:, :, layout.GROWTH].sum(axis=1),
            "freed": of_year[:, :, layout.FREED].sum(axis=1),
            "used": (of_year[:, :, layout.SPENT] - of_year[:, :, layout.RETURNED]).sum(axis=1),
            "left": of_year[:, -1, layout.LEFT],
        }
        row: dict[str, float] = {"year": year}
        for name, values in amounts.items():
            low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
            row |= {name: float(middle), f"{name}_p10": float(low), f"{name}_p90": float(high)}
        rows.append(row)
    return pl.DataFrame(rows)
