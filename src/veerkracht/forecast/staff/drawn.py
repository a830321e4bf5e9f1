"""What is known and assumed of staff on the start date, drawn for every run."""

from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Parameters, Uncertain, amounts
from veerkracht.region.staff import Workforce
from veerkracht.rulebook.types import Text

OWNER = "staff"
_NO_STAFF = Text(
    "{name} kan nul zijn: wat een sector nodig heeft, hangt af van zijn personeel bij de start. Geef een marge boven "
    "nul, of laat de sector weg.",
    "{name} can be zero: what a sector needs is in proportion to its staff at the start. Give a range above zero, or "
    "leave the sector out.",
)


class Drawn:
    """The numbers of a workforce by name, one value a run. Raises `ForecastFault` for one that is missing, and for a
    sector without staff: nothing can be open there, and a share of it has no meaning."""

    def __init__(self, workforce: Workforce, start: date, draws: Draws) -> None:
        self.sectors = tuple(sector.id for sector in workforce.sectors)
        self.professions = tuple(profession.id for profession in workforce.professions)
        self._parameters = Parameters(OWNER, workforce.parameters, start)
        self._draws = draws
        for sector in self.sectors:
            if self._parameters.need(f"fte.{sector}").low <= 0:
                raise ForecastFault(_NO_STAFF.fill(name=f"{OWNER}: fte.{sector}"))

    @property
    def used(self) -> tuple[Uncertain, ...]:
        return tuple(self._parameters.used.values())

    def one(self, name: str) -> Real:
        """[runs]"""
        return self._draws.of(self._parameters.need(name))

    def of_sectors(self, name: str) -> Real:
        """[runs, S]"""
        return np.stack([self.one(f"{name}.{sector}") for sector in self.sectors], axis=1)

    def of_professions(self, name: str) -> Real:
        """[runs, P]"""
        return np.stack([self.one(f"{name}.{profession}") for profession in self.professions], axis=1)

    def shares(self) -> Real:
        """The part of each profession in the staff of a sector, [runs, S, P]; together 1."""
        parts = [
            np.stack([self.one(f"share.{sector}.{profession}") for profession in self.professions], axis=1)
            for sector in self.sectors
        ]
        drawn = amounts(np.stack(parts, axis=1))
        return np.asarray(drawn / np.maximum(drawn.sum(-1, keepdims=True), 1e-12), np.float64)
