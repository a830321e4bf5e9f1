"""Splits of money as they are played, each once, with the value of every goal in every run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.choices import goals
from veerkracht.forecast.choices.setting import Setting, Steps, column
from veerkracht.forecast.choices.uses import Use
from veerkracht.forecast.faults import ForecastFault
from veerkracht.region import Plan
from veerkracht.rulebook.types import Text

NAME = Text("De beste verdeling die gevonden is", "The best split that was found")
Split = tuple[int, ...]


class Trials:
    """Plays a split of money over uses on top of a plan, from each of some days on; goals are looked at on a day."""

    def __init__(
        self,
        setting: Setting,
        plan_id: str,
        uses: tuple[Use, ...],
        days: tuple[date, ...],
        on: date,
        steps: Steps,
    ) -> None:
        self.uses = uses
        self._setting = setting
        self._plan_id = plan_id
        self._days = days
        self._on = on
        self._steps = steps
        self._names = tuple(replace(setting, runs=1).play(plan_id).values)
        self._played: dict[Split, dict[str, Real]] = {}
        self._scored: dict[Split, None] = {}

    def again(self, setting: Setting) -> Trials:
        """The same, from other runs."""
        return Trials(setting, self._plan_id, self.uses, self._days, self._on, self._steps)

    @property
    def count(self) -> int:
        return len(self._scored)

    @property
    def splits(self) -> tuple[Split, ...]:
        """The splits that were weighed."""
        return tuple(self._scored)

    def has(self, goal: str) -> bool:
        """Whether a goal can be computed of what is played."""
        try:
            return bool(self._series(goal))
        except ForecastFault:
            return False

    def plan(self, split: Split) -> Plan:
        """The plan that spends a split."""
        pairs = zip(self.uses, split, strict=True)
        bought = tuple(use.bought(float(euro), self._days) for use, euro in pairs if euro)
        return Plan("best-split", NAME, Text(), self._plan_id, bought)

    def values(self, split: Split, goal: str) -> Real:
        """A goal in every run with a split, float64[runs]."""
        series = self._series(goal)
        if split not in self._played:
            made = self._setting.play(self.plan(split))
            at = column(made, self._on)
            self._played[split] = {name: runs[:, at : at + 1] for name, runs in made.values.items()}
            self._steps.step()
        return goals.values_of(goals.GOALS[goal], series, self._played[split], 0)

    def score(self, split: Split, weights: Mapping[str, float]) -> float:
        """The goals together, each as a part of what it is without any money."""
        self._scored[split] = None
        nothing = (0,) * len(split)
        return sum(
            weight
            * float(self.values(split, goal).mean())
            / max(1e-9, float(self.values(nothing, goal).mean()))
            for goal, weight in weights.items()
        )

    def best(self, weights: Mapping[str, float]) -> Split:
        """The best of all splits that were weighed."""
        return min(self.splits, key=lambda split: self.score(split, weights))

    def _series(self, goal: str) -> tuple[str, ...]:
        return goals.series_of(goals.GOALS[goal], self._setting.region, self._names)
