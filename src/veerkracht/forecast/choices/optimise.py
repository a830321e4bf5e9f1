"""How to split extra money over what it can go to, for a stated goal.

With the same luck every time, an outcome is a function of the split and of nothing else, so a well-kept optimiser can
be let loose on it: first a set of splits that is spread evenly, then COBYQA (Ragonneau 2022; in SciPy), which needs no
slopes, from the best of them. Every split that is played stays within its bounds and within the budget. What comes out
is played again with luck that the search has not met, beside an equal split and beside nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.choices.frontier import MARGINAL, frontier, marginal_row
from veerkracht.forecast.choices.goals import read_goal
from veerkracht.forecast.choices.setting import Setting, Steps, check_days
from veerkracht.forecast.choices.splits import Limits, limits
from veerkracht.forecast.choices.trials import Trials
from veerkracht.forecast.choices.uses import Use, use_named, uses_of
from veerkracht.forecast.many import Progress
from veerkracht.region import Plan
from veerkracht.region.years import years_on

SEARCH_RUNS = 30
MILLION = 1_000_000
_EVALUATIONS = 40
_FIRST_STEP = 0.15
_LAST_STEP = 0.01


@dataclass(frozen=True)
class Ask:
    """`budget`: euro a year more, lasting, from `from_` on; with `every_year` again as much in each year after it.

    `goal`: as `goals.read_goal` reads it; `beside`: the goal on the other side of the frontier ("": one is chosen).
    `over`: what the money may go to (nothing named: all that it can go to). `least`, `most`: euro a year for a use, by
    its id. `on`: the day on which goals are looked at.
    """

    budget: float
    goal: str
    from_: date
    on: date
    every_year: bool = False
    beside: str = ""
    over: tuple[str, ...] = ()
    least: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Optimum:
    """The best split that was found.

    `split`: euro a year by use. `outcomes`: one row a goal and split ("none", "equal", "best"): mean, p10, p90, played
    with `runs` runs of new luck. `frontier`: one row a split of which no other is better at both goals. `marginal`: one
    row a use: what one million euro a year more would bring. `evaluated`: how many splits were played. `plan`: the
    split as a plan.
    """

    ask: Ask
    uses: tuple[Use, ...]
    split: dict[str, int]
    weights: dict[str, float]
    outcomes: pl.DataFrame
    frontier: pl.DataFrame
    marginal: pl.DataFrame
    evaluated: int
    runs: int
    plan: Plan

    def plain(self) -> dict[str, Any]:
        return {
            "budget": self.ask.budget,
            "every_year": self.ask.every_year,
            "from": self.ask.from_.isoformat(),
            "on": self.ask.on.isoformat(),
            "goal": self.weights,
            "split": [
                {
                    "use": use.id,
                    "name": {"nl": use.name.nl, "en": use.name.en},
                    "euro_a_year": self.split[use.id],
                }
                for use in self.uses
            ],
            "outcomes": self.outcomes.to_dicts(),
            "frontier": self.frontier.to_dicts(),
            "marginal": self.marginal.to_dicts(),
            "evaluated": self.evaluated,
            "runs": self.runs,
        }


def optimise(setting: Setting, plan_id: str, ask: Ask, progress: Progress | None = None) -> Optimum:
    """Split a budget over all that money can go to on top of a plan. Raises `ForecastFault` for what can't be asked."""
    check_days(setting, ask.from_, ask.on)
    weights = read_goal(ask.goal)
    uses, bounds = _room(setting, plan_id, ask)
    days = tuple(years_on(ask.from_, year) for year in range(setting.years) if ask.every_year or year == 0)
    steps = Steps(progress, len(bounds.points()) + _EVALUATIONS + len(uses) + 4)
    setting = setting.moved_by([use.measure.programme for use in uses])
    few = replace(setting, runs=min(setting.runs, SEARCH_RUNS))
    trials = Trials(few, plan_id, uses, days, ask.on, steps)
    goals = _two_goals(trials, weights, ask.beside)
    best = _search(trials, bounds, weights)
    fresh = trials.again(setting.fresh)
    return Optimum(
        ask,
        uses,
        dict(zip(bounds.ids, best, strict=True)),
        weights,
        _outcomes(fresh, bounds, best, goals, weights),
        frontier(trials, goals),
        _marginal(fresh, best, weights),
        trials.count,
        setting.runs,
        trials.plan(best),
    )


def _room(setting: Setting, plan_id: str, ask: Ask) -> tuple[tuple[Use, ...], Limits]:
    """What the money may go to, and how much of it."""
    known = uses_of(setting.region, plan_id, ask.from_)
    chosen = {use.id: use for use in (use_named(known, id) for id in ask.over)} or known
    least, most = (
        {use_named(chosen, id).id: euro for id, euro in bounds.items()} for bounds in (ask.least, ask.most)
    )
    return tuple(chosen.values()), limits(tuple(chosen), ask.budget, least, most)


def _two_goals(trials: Trials, weights: Mapping[str, float], beside: str) -> tuple[str, ...]:
    """The goals on both sides of the frontier: those of the mix, or the goal and another that can be computed."""
    asked = tuple(weights)
    if beside:
        return (asked[0], *read_goal(beside))[:2]
    if len(asked) > 1:
        return asked[:2]
    others = [
        id for id in ("highest-group", "fewest-waiting", "longest-wait") if id not in asked and trials.has(id)
    ]
    return (*asked, *others[:1])


def _search(trials: Trials, bounds: Limits, weights: Mapping[str, float]) -> tuple[int, ...]:
    """The best split that was played: of a set to begin with, then of where the optimiser goes from there."""
    # Imported here: every page would wait for it at its start, and few ever need it.
    from scipy.optimize import Bounds, LinearConstraint, minimize

    for point in bounds.points():
        trials.score(point, weights)
    begin = np.array(trials.best(weights), np.float64) / bounds.budget

    def score(shares: Real) -> float:
        return trials.score(bounds.whole(shares * bounds.budget), weights)

    if len(begin) > 1:
        minimize(
            score,
            begin,
            method="COBYQA",
            bounds=Bounds(bounds.least / bounds.budget, bounds.most / bounds.budget),
            constraints=LinearConstraint(np.ones(len(begin)), -np.inf, 1.0),
            options={
                "maxfev": _EVALUATIONS,
                "initial_tr_radius": _FIRST_STEP,
                "final_tr_radius": _LAST_STEP,
            },
        )
    return trials.best(weights)


def _outcomes(
    fresh: Trials, bounds: Limits, best: tuple[int, ...], goals: tuple[str, ...], weights: Mapping[str, float]
) -> pl.DataFrame:
    """Each goal with nothing more, with an equal split and with the best one."""
    splits = {"none": (0,) * len(best), "equal": bounds.equal(), "best": best}
    rows = []
    for goal in dict.fromkeys((*weights, *goals)):
        for name, split in splits.items():
            values = fresh.values(split, goal)
            low, high = np.quantile(values, [0.1, 0.9])
            rows.append((goal, name, float(values.mean()), float(low), float(high)))
    return pl.DataFrame(rows, schema=["goal", "split", "mean", "p10", "p90"], orient="row")


def _marginal(fresh: Trials, best: tuple[int, ...], weights: Mapping[str, float]) -> pl.DataFrame:
    """What one million a year more for each use would bring on top of the best split."""
    rows = []
    for number, use in enumerate(fresh.uses):
        more = (*best[:number], best[number] + MILLION, *best[number + 1 :])
        for goal in weights:
            rows.append(marginal_row(use.id, goal, fresh.values(more, goal) - fresh.values(best, goal)))
    return pl.DataFrame(rows, schema=MARGINAL, orient="row")
