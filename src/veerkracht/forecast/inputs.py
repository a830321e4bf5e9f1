"""Uncertain inputs: what is read of a programme and a plan, and how it is drawn, once for each run.

A number (value, low, high) is drawn from a two-piece normal: half of the runs below the value and half above,
one run in twenty below `low` and one in twenty above `high` (90 % inside), cut at two and a half standard
deviations and at what is possible (nothing negative, no share above one). Parameters are drawn
independently of one another. What is drawn hangs on the seed, the run and the parameter's name only.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.possible import check
from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.types import Assumption, Parameter, Programme, Source, Text

# A standard normal lies between minus this and this nine times out of ten.
NINE_OF_TEN = 1.6448536269514722
_CUT = 2.5
# What the names of the amounts of measures begin with.
MEASURE = "measure: "
_NEEDED = Text(
    "{owner} heeft geen parameter “{id}” die geldt op {on}: een vooruitblik heeft die nodig, met marge en bron.",
    "{owner} has no parameter “{id}” that holds on {on}: a forecast needs it, with its range and source.",
)
_NOT_THEN = Text(
    "De parameter “{id}” van {owner} geldt niet op {on}; de eerste waarde geldt vanaf {first}.",
    "The parameter “{id}” of {owner} does not hold on {on}; its first value holds from {first}.",
)


@dataclass(frozen=True)
class Uncertain:
    """A number with the range in which it lies nine times out of ten, and what it rests on."""

    id: str
    value: float
    low: float
    high: float
    unit: str = ""
    text: Text = field(default_factory=Text)
    source: Source | None = None
    assumption: Assumption | None = None
    from_: date | None = None
    given: bool = True
    owner: str = ""

    @property
    def name(self) -> str:
        """What it is called among all numbers of a region: the programme (or file) that it is of, and its id."""
        return f"{self.owner}:{self.id}" if self.owner else self.id

    def draw(self, seed: int, runs: int) -> Real:
        """One value a run."""
        return self.at(luck.normals(seed, runs, self.name))

    def at(self, z: Real) -> Real:
        """The values that lie so many standard deviations from the middle of the range."""
        cut = np.clip(z, -_CUT, _CUT)
        below, above = self.value - self.low, self.high - self.value
        return np.asarray(self.value + np.where(cut < 0, below, above) * cut / NINE_OF_TEN, np.float64)


class Parameters:
    """The forecast's inputs of a programme (or another file with parameters), as they hold on the start date.

    `check`: raises `ForecastFault` for a number that can't be.
    """

    def __init__(
        self,
        owner: str,
        parameters: tuple[Parameter, ...],
        on: date,
        check: Callable[[Uncertain], None] | None = None,
    ) -> None:
        self._owner = owner
        self._parameters = parameters
        self._on = on
        self._check = check
        self.used: dict[str, Uncertain] = {}

    @classmethod
    def of(cls, programme: Programme, on: date) -> "Parameters":
        """Those of a programme. What can't be, such as a negative rate, is a `ForecastFault` when it is read."""
        return cls(programme.id, programme.parameters, on, check)

    def need(self, id: str) -> Uncertain:
        """A parameter without which there is no forecast. Raises `ForecastFault` when it is not there."""
        found = self._find(id)
        if found is None:
            raise ForecastFault(_NEEDED.fill(owner=self._owner, id=id, on=self._on))
        return found

    def get(self, id: str, otherwise: float, unit: str = "") -> Uncertain:
        """A parameter, or a fixed value that is reported as not given."""
        found = self._find(id)
        if found is None:
            found = Uncertain(id, otherwise, otherwise, otherwise, unit, given=False, owner=self._owner)
            self.used[id] = found
        return found

    def has(self, id: str) -> bool:
        return self._find(id) is not None

    def _find(self, id: str) -> Uncertain | None:
        named = [parameter for parameter in self._parameters if parameter.id == id]
        if not named:
            return None
        try:
            found = value_on(named, self._on, f"parameter {id} of {self._owner}")
        except DateFault as fault:
            first = min(parameter.from_ for parameter in named)
            raise ForecastFault(_NOT_THEN.fill(owner=self._owner, id=id, on=self._on, first=first)) from fault
        number = uncertain(found, self._owner)
        if self._check:
            self._check(number)
        self.used[id] = number
        return number


def uncertain(parameter: Parameter, owner: str = "") -> Uncertain:
    """A parameter with its range; without one it is certain."""
    assumed = parameter.assumption
    low = _first(parameter.low, assumed.low if assumed else None, parameter.value)
    high = _first(parameter.high, assumed.high if assumed else None, parameter.value)
    return Uncertain(
        parameter.id,
        parameter.value,
        low,
        high,
        parameter.unit,
        parameter.text,
        parameter.source,
        assumed,
        parameter.from_,
        owner=owner,
    )


def _first(*values: float | None) -> float:
    return next(value for value in values if value is not None)


def hazard(share: Real) -> Real:
    """The hazard a year at which this share is gone after a year."""
    return -np.log1p(-np.clip(share, 0.0, 0.999))


def amounts(values: Real) -> Real:
    """Nothing negative."""
    return np.maximum(values, 0.0)


def shares(values: Real) -> Real:
    """Between 0 and 1."""
    return np.clip(values, 0.0, 1.0)
