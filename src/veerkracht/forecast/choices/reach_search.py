"""Plays amounts of money until the least that reaches a target is found; an amount is never played twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from veerkracht.forecast.arrays import Flags, Real
from veerkracht.forecast.choices import halving
from veerkracht.forecast.choices.setting import Setting, Steps, column
from veerkracht.forecast.choices.targets import Question
from veerkracht.forecast.choices.uses import Use
from veerkracht.region import Plan
from veerkracht.region.years import every_year, years_on
from veerkracht.rulebook.types import Text

FIRST = 1_000_000.0
LEAST = 1000.0
# What is needed afterwards lies further ahead: its last figures say nothing.
_AFTER_PRECISION = 0.02

DRAFT = Text("Wat er nodig is voor {target}", "What {target} takes")
_NO_EFFECT = Text(
    "Extra geld verandert dit niet: met {much} euro per jaar en met niets is de uitkomst dezelfde ({best} op {by}).",
    "Extra money does not change this: with {much} euro a year and with nothing the outcome is the same "
    "({best} on {by}).",
)
_FLOOR = Text(
    "Hoeveel geld er ook komt, dit wordt niet gehaald: boven {much} euro per jaar helpt meer geld niet meer. De "
    "middelste uitkomst op {by} blijft dan {best}.",
    "No amount of money reaches this: above {much} euro a year more money helps no more. The middle outcome on {by} "
    "then stays {best}.",
)
_TOO_FAR = Text(
    "Zelfs {much} euro per jaar haalt dit niet: de middelste uitkomst op {by} is dan {best}.",
    "Even {much} euro a year does not reach this: the middle outcome on {by} is then {best}.",
)


class Search:
    """What a target takes, by playing a plan with more and less money on top of it."""

    def __init__(self, setting: Setting, plan_id: str, question: Question, use: Use, steps: Steps) -> None:
        self._setting = setting
        self._plan_id = plan_id
        self._question = question
        self._use = use
        self._steps = steps
        self._played: dict[tuple[float, date, float], Real] = {}

    @property
    def runs(self) -> int:
        return self._setting.runs

    def find(self, from_: date, sure: float) -> float | None:
        """The least amount a year, from a day on, that reaches it in a share of the runs; None: nothing does."""

        def meets(euro: float) -> bool:
            return self.share(euro, from_) >= sure

        def changes(less: float, more: float) -> bool:
            return not np.array_equal(self._from_by(less, from_), self._from_by(more, from_))

        high = halving.bracket(meets, FIRST, changes)
        return None if high is None else halving.least(meets, high)

    def near(self, guess: float, sure: float) -> float | None:
        """The same, looked for around what fewer runs found."""
        if guess == 0.0 and self.share(0.0, self._question.from_) >= sure:
            return 0.0
        return halving.near(lambda euro: self.share(euro, self._question.from_) >= sure, max(guess, LEAST))

    def share(self, euro: float, from_: date) -> float:
        """In which share of the runs the target is reached on its day."""
        return float(self._reached(self._from_by(euro, from_)[:, 0]).mean())

    def after(self, euro: float) -> tuple[float | None, date | None]:
        """What must be added each year once the target is reached to stay there until the end, and that end.

        No amount: nothing holds it. No end: the forecast ends on the day of the target.
        """
        if not every_year(self._first_after, self.end):
            return None, None

        def stays(after: float) -> bool:
            reached = self._reached(self._from_by(euro, self._question.from_, after))
            return bool((reached.mean(axis=0) >= self._question.sure).all())

        if stays(0.0):
            return 0.0, self.end
        high = halving.bracket(stays, max(euro, FIRST))
        return (None if high is None else halving.least(stays, high, _AFTER_PRECISION)), self.end

    def fresh(self, euro: float) -> float:
        """The share of the runs, with luck that the search has not met, in which an amount reaches the target."""
        made = self._setting.fresh.play(self.plan(euro, self._question.from_))
        self._steps.step()
        values = made.values[self._question.target.series][:, column(made, self._question.by)]
        return float(self._reached(values).mean())

    def why(self) -> Text:
        """Why no amount reaches the target."""
        from_ = self._question.from_
        tried = sorted(euro for euro, day, _ in self._played if day == from_)
        nothing, most = self._from_by(0.0, from_)[:, 0], self._from_by(tried[-1], from_)[:, 0]
        enough = next(euro for euro in tried if np.array_equal(self._from_by(euro, from_)[:, 0], most))
        facts: Mapping[str, Text | str | int] = {
            "much": round(max(enough, FIRST)),
            "best": f"{np.median(most):,.0f}",
            "by": f"{self._question.by}",
        }
        if np.array_equal(most, nothing):
            return _NO_EFFECT.fill(**facts)
        return (_FLOOR if enough < tried[-1] else _TOO_FAR).fill(**facts)

    def plan(self, euro: float, from_: date, after: float = 0.0) -> Plan:
        """The plan with so much more in every year until the day of the target, and so much after it."""
        target = self._question.target
        bought = []
        if euro:
            bought.append(self._use.bought(euro, every_year(from_, self._question.by)))
        if after:
            stay = self._use.bought(after, every_year(self._first_after, self.end))
            bought.append(replace(stay, id=f"{stay.id}-after"))
        return Plan("extra-to-reach", DRAFT.fill(target=str(target)), Text(), self._plan_id, tuple(bought))

    @property
    def end(self) -> date:
        return years_on(self._setting.start, self._setting.years)

    @property
    def _first_after(self) -> date:
        """The first day on or after the day of the target on which money would be added again."""
        by = self._question.by
        return next(day for day in every_year(self._question.from_, by + timedelta(days=367)) if day >= by)

    def _from_by(self, euro: float, from_: date, after: float = 0.0) -> Real:
        """The series from the day of the target to the end, float64[runs, dates]."""
        key = (euro, from_, after)
        if key not in self._played:
            made = self._setting.play(self.plan(*key))
            self._steps.step()
            at = column(made, self._question.by)
            self._played[key] = made.values[self._question.target.series][:, at:]
        return self._played[key]

    def _reached(self, values: Real) -> Flags:
        return self._question.target.reached(values)
