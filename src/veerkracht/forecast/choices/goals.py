"""What extra money can be for: goals that a split of it is weighed by, less of each is better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.region import Region
from veerkracht.rulebook.types import Text

_UNKNOWN = Text(
    "Er is geen doel “{asked}”; er zijn: {there}. Een mengeling schrijft u als “{mix}”.",
    "There is no goal “{asked}”; there are: {there}. Write a mix as “{mix}”.",
)
_WEIGHT = Text(
    "“{asked}” kan geen gewicht zijn van het doel {goal}: een getal boven 0 wordt verwacht, zoals 0.7.",
    "“{asked}” can't be the weight of the goal {goal}: expected a number above 0, such as 0.7.",
)
_NOTHING = Text(
    "Het doel {goal} kan niet berekend worden: geen enkel programma telt {needs}.",
    "The goal {goal} can't be computed: no programme counts {needs}.",
)
MIX = "fewest-waiting:0.7,longest-wait:0.3"


@dataclass(frozen=True)
class Goal:
    """`series`: what it is computed from, of the series there are. `value`: of their values, float64[runs] from
    float64[series, runs]. `needs`: what a programme must count for it.
    """

    id: str
    text: Text
    unit: Text
    needs: Text
    series: Callable[[Region, tuple[str, ...]], tuple[str, ...]]
    value: Callable[[Real], Real]


def _of_first_groups(region: Region, names: tuple[str, ...]) -> tuple[str, ...]:
    """Who waits in the group of each programme that is served first."""
    found = []
    for programme in region.programmes.values():
        first = min(programme.groups, key=lambda group: group.number, default=None)
        if first is not None:
            found.append(f"{programme.id}.waiting.{first.id}")
    return tuple(name for name in found if name in names)


def _of_all(region: Region, names: tuple[str, ...]) -> tuple[str, ...]:
    """All who wait, counted in requests where a programme counts them, else in persons."""
    found = []
    for id in region.programmes:
        counted = [f"{id}.waiting.total", f"{id}.waiting.persons"]
        found += [name for name in counted if name in names][:1]
    return tuple(found)


def _next_in_line(region: Region, names: tuple[str, ...]) -> tuple[str, ...]:
    starts = tuple(f"{id}.next-in-line." for id in region.programmes)
    return tuple(name for name in names if name.startswith(starts))


def _of_areas(region: Region, names: tuple[str, ...]) -> tuple[str, ...]:
    starts = tuple(f"{id}.served-share." for id in region.programmes)
    return tuple(name for name in names if name.startswith(starts))


def _sum(values: Real) -> Real:
    return np.asarray(values.sum(axis=0), np.float64)


def _longest(values: Real) -> Real:
    return np.asarray(values.max(axis=0), np.float64)


def _apart(values: Real) -> Real:
    """How far the best and the worst area lie apart."""
    return np.asarray(values.max(axis=0) - values.min(axis=0), np.float64)


_REQUESTS = Text("wachtenden", "waiting")
GOALS = {
    goal.id: goal
    for goal in (
        Goal(
            "highest-group",
            Text(
                "Zo weinig mogelijk mensen in de hoogste groep", "Fewest people waiting in the highest group"
            ),
            _REQUESTS,
            Text("wie per groep wacht", "who waits in each group"),
            _of_first_groups,
            _sum,
        ),
        Goal(
            "fewest-waiting",
            Text("Zo weinig mogelijk wachtenden", "Fewest people waiting in all"),
            _REQUESTS,
            Text("wie wacht", "who waits"),
            _of_all,
            _sum,
        ),
        Goal(
            "longest-wait",
            Text("De langste wachttijd zo kort mogelijk", "Shortest longest wait"),
            Text("dagen", "days"),
            Text("hoe lang de eerste van elke groep wacht", "how long the first of each group has waited"),
            _next_in_line,
            _longest,
        ),
        Goal(
            "equal-chances",
            Text("Gelijke kansen in elk gebied", "Equal chances over areas"),
            Text("verschil in deel dat geholpen is", "difference in the share that is served"),
            Text("welk deel per gebied geholpen is", "which share is served in each area"),
            _of_areas,
            _apart,
        ),
    )
}


def read_goal(asked: str) -> dict[str, float]:
    """The weight of each goal in what somebody asks, together 1. Raises `ForecastFault` for what is no goal."""
    weights: dict[str, float] = {}
    for part in asked.split(","):
        id, colon, weight = (piece.strip() for piece in part.partition(":"))
        if id not in GOALS:
            raise ForecastFault(_UNKNOWN.fill(asked=id, there=", ".join(GOALS), mix=MIX))
        weights[id] = weights.get(id, 0.0) + (_weight(id, weight) if colon else 1.0)
    total = sum(weights.values())
    return {id: weight / total for id, weight in weights.items()}


def _weight(goal: str, asked: str) -> float:
    try:
        weight = float(asked)
    except ValueError:
        weight = 0.0
    if not 0 < weight < float("inf"):
        raise ForecastFault(_WEIGHT.fill(asked=asked, goal=goal))
    return weight


def series_of(goal: Goal, region: Region, names: tuple[str, ...]) -> tuple[str, ...]:
    """The series that a goal is computed from. Raises `ForecastFault` when there is none."""
    found = goal.series(region, names)
    if not found:
        raise ForecastFault(_NOTHING.fill(goal=goal.id, needs=goal.needs))
    return found


def values_of(goal: Goal, series: tuple[str, ...], values: Mapping[str, Real], at: int) -> Real:
    """A goal in every run, float64[runs]."""
    return goal.value(np.stack([values[name][:, at] for name in series]))
