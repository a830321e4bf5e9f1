"""A target as somebody writes it (`waiting.group-1 <= 100`), and what can be asked about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Flags, Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.rulebook.types import Text

EXAMPLE = "next-in-line.group-1<=548"
_PARTS = re.compile(r"\s*([a-z0-9.-]*[a-z0-9])\s*([<>=!]+)\s*(\S+)\s*")
_AT_MOST = Text("{series}: ten hoogste {bound}", "{series}: at most {bound}")
_AT_LEAST = Text("{series}: ten minste {bound}", "{series}: at least {bound}")
_FORM = Text(
    "“{asked}” is geen doel: schrijf een reeks, <= of >= en een getal, zoals {example}.",
    "“{asked}” is no target: write a series, <= or >= and a number, such as {example}.",
)
_OPERATOR = Text(
    "“{found}” kan niet in het doel “{asked}”: schrijf <= (ten hoogste) of >= (ten minste).",
    "“{found}” can't be in the target “{asked}”: write <= (at most) or >= (at least).",
)
_NUMBER = Text(
    "“{found}” in het doel “{asked}” is geen getal vanaf 0: schrijf bijvoorbeeld 548 of 0.9.",
    "“{found}” in the target “{asked}” is no number from 0 up: write 548 or 0.9, for example.",
)


@dataclass(frozen=True)
class Target:
    """`at_most`: whether the series must be at most `bound`, else at least."""

    series: str
    at_most: bool
    bound: float

    def reached(self, values: Real) -> Flags:
        """Where it is reached."""
        return values <= self.bound if self.at_most else values >= self.bound

    def said(self, name: Text) -> Text:
        """In words, with the name of its series."""
        return (_AT_MOST if self.at_most else _AT_LEAST).fill(series=name, bound=f"{self.bound:g}")

    def __str__(self) -> str:
        return f"{self.series} {'<=' if self.at_most else '>='} {self.bound:g}"


@dataclass(frozen=True)
class Question:
    """`by`: the day on which the target must be reached. `from_`: the first day with more money, then again each year
    until `by`. `sure`: in which share of the runs. `use`: what the money goes to; "" when the target says it.
    """

    target: Target
    by: date
    from_: date
    sure: float = 0.8
    use: str = ""


def read_target(asked: str) -> Target:
    """The target in a text. Raises `ForecastFault` that says what is wrong with it."""
    parts = _PARTS.fullmatch(asked)
    if parts is None:
        raise ForecastFault(_FORM.fill(asked=asked, example=EXAMPLE))
    series, operator, number = parts.groups()
    if operator not in ("<=", ">="):
        raise ForecastFault(_OPERATOR.fill(found=operator, asked=asked))
    try:
        bound = float(number)
    except ValueError:
        bound = -1.0
    if not 0 <= bound < np.inf:
        raise ForecastFault(_NUMBER.fill(found=number, asked=asked))
    return Target(series, operator == "<=", bound)
