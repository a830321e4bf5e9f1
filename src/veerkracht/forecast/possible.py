"""What a number of a programme can be: a count, an amount or a duration isn't negative, a share isn't above 1.

What changes by the year (`….growth`, `….change`, `index.…`) can go down, but by no more than all there is.
"""

from __future__ import annotations

from math import inf
from typing import Protocol

from veerkracht.forecast.faults import ForecastFault
from veerkracht.rulebook.types import Text

# Whose first word is one of these, is a share: of a group, of those helped, of grants.
_SHARES = ("exit", "decline", "move", "leave", "holder", "change", "occupancy")
# The one change by the year that is counted in persons.
_IN_PERSONS = "waiting.growth"
_CAN_NOT_BE = Text(
    "{name} van {owner} is {value} (marge {low} tot {high}): dat kan niet. Verwacht: {expected}. Pas de waarde of de "
    "marge aan in het bestand van het programma of van het plan.",
    "{name} of {owner} is {value} (range {low} to {high}): that can't be. Expected: {expected}. Change the value or "
    "the range in the file of the programme or of the plan.",
)
_NOT_NEGATIVE = Text("0 of meer", "0 or more")
_BETWEEN = Text("{low} tot {high}", "{low} to {high}")


class Ranged(Protocol):
    """A number with its range, and whose it is."""

    @property
    def owner(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


def check(number: Ranged) -> None:
    """Raises `ForecastFault` for a number whose value or range holds what can't be."""
    lowest, highest = _bounds(number.id)
    values = (number.value, number.low, number.high)
    if all(lowest <= value <= highest for value in values):
        return
    ends = {"low": f"{lowest:g}", "high": f"{highest:g}"}
    expected = _NOT_NEGATIVE if highest == inf else _BETWEEN.fill(**ends)
    said = dict(zip(("value", "low", "high"), (f"{value:g}" for value in values), strict=True))
    raise ForecastFault(_CAN_NOT_BE.fill(name=number.id, owner=number.owner, expected=expected, **said))


def _bounds(id: str) -> tuple[float, float]:
    words = id.split(".")
    if id == _IN_PERSONS:
        return -inf, inf
    if words[0] == "index" or words[-1] in ("growth", "change"):
        return -1.0, 1.0
    return 0.0, 1.0 if words[0] in _SHARES or "share" in words else inf
