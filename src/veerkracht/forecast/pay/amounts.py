"""Amounts that are exact as they are written, and drawn in every run beside it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.inputs import Uncertain

Cents = NDArray[np.int64]
_CENTS = 100
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Amount:
    """`written`: with every number as its file has it, to the last digit. `drawn`: float64[runs]."""

    written: Fraction
    drawn: Real

    @classmethod
    def of(cls, number: Uncertain, draws: Draws) -> Amount:
        # By way of its shortest text: 0.1 is a tenth, as the file says it.
        return cls(Fraction(str(number.value)), draws.of(number))

    @classmethod
    def sure(cls, value: Fraction | int, runs: int) -> Amount:
        return cls(Fraction(value), np.full(runs, float(value)))

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.written + other.written, self.drawn + other.drawn)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.written - other.written, self.drawn - other.drawn)

    def __mul__(self, other: Amount) -> Amount:
        return Amount(self.written * other.written, self.drawn * other.drawn)

    def times(self, factor: Fraction | int) -> Amount:
        return Amount(self.written * factor, self.drawn * float(factor))

    def plus(self, more: int) -> Amount:
        return Amount(self.written + more, self.drawn + more)

    def at_least_nothing(self) -> Amount:
        return Amount(max(self.written, Fraction(0)), np.maximum(self.drawn, 0.0))

    def cents(self) -> Cents:
        """Euro as whole cents, int64[1 + runs]: first as written (half a cent up), then drawn."""
        exact = int((self.written * _CENTS + _HALF) // 1)
        return np.concatenate([[exact], np.rint(self.drawn * _CENTS).astype(np.int64)])
