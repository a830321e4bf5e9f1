"""The uncertain numbers of one programme, drawn for every run."""

from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.inputs import Parameters, Uncertain
from veerkracht.rulebook.types import Programme


class Numbers:
    """Reads parameters as they hold on a day, and gives the value of each in every run."""

    def __init__(self, programme: Programme, on: date, draws: Draws) -> None:
        self.programme = programme
        self.on = on
        self.draws = draws
        self._parameters = Parameters.of(programme, on)
        self._others: dict[str, Uncertain] = {}

    def need(self, id: str) -> Real:
        """The value in every run, float64[runs]. Raises `ForecastFault` when it isn't there."""
        return self.draws.of(self._parameters.need(id))

    def get(self, id: str, otherwise: float) -> Real:
        """The value in every run, float64[runs], or a fixed value where the file has none."""
        if not self.has(id):
            return np.full(self.draws.runs, otherwise)
        return self.need(id)

    def has(self, id: str) -> bool:
        """Whether a value holds on the day."""
        return any(one.id == id and one.holds(self.on) for one in self.programme.parameters)

    def of(self, number: Uncertain) -> Real:
        """The value in every run of a number that is no parameter of the file, such as a decided growth."""
        self._others[number.name] = number
        return self.draws.of(number)

    @property
    def used(self) -> tuple[Uncertain, ...]:
        """Every uncertain number that was read."""
        return (*self._parameters.used.values(), *self._others.values())
