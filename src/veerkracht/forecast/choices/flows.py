"""Which counted flows make up the change of a stock, read from the names of series alone.

A stock `<programme>.waiting.<part>` goes up by what comes in and down by what goes out; a programme that hands out
money counts grants, one with places or teams counts who is admitted. Nothing here knows a programme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Cause:
    """What changes a stock."""

    id: str
    text: Text


ARRIVALS = Cause("arrivals", Text("Nieuwe vragen", "New requests"))
LEFT = Cause("left", Text("Overleden of vraag ingetrokken", "Died or withdrew"))
DIED = Cause("died", Text("Overleden", "Died"))
WITHDREW = Cause("withdrew", Text("Vraag ingetrokken", "Withdrew"))
MOVES = Cause("moves", Text("Naar of uit een andere groep", "To or from another group"))
SERVED = Cause("served", Text("Geholpen", "Helped"))
BEGAN = Cause("began", Text("Begonnen", "Began"))
ENDED = Cause("ended", Text("Gestopt of overleden", "Stopped or died"))
OTHER = Cause(
    "other",
    Text(
        "Niet apart geteld (een deel toegekend, of samen met iemand uit een andere groep)",
        "Not counted apart (a part was granted, or together with somebody of another group)",
    ),
)
COUNTED = (ARRIVALS, LEFT, DIED, WITHDREW, MOVES, SERVED, BEGAN, ENDED)

# What each thing that is counted is, and whether it adds (1) or takes away (-1).
Flow = tuple[Cause, str, int]
# Of a part of a list: `<programme>.<thing>.<part>`.
_OF_PART: tuple[Flow, ...] = (
    (ARRIVALS, "arrivals", 1),
    (LEFT, "exits", -1),
    (MOVES, "moves-in", 1),
    (MOVES, "moves-out", -1),
    (SERVED, "granted", -1),
)
# Of all who wait for places or teams, and of all who are helped there: `<programme>.<thing>`.
_OF_WAITING: tuple[Flow, ...] = (
    (ARRIVALS, "arrivals.total", 1),
    (DIED, "exits.died", -1),
    (WITHDREW, "exits.withdrew", -1),
    (SERVED, "admitted.total", -1),
)
_OF_HELPED: tuple[Flow, ...] = ((BEGAN, "admitted.total", 1), (ENDED, "ended.total", -1))
_ALL_WAITING = "waiting.persons"
_ALL_HELPED = ("residents.total", "helped.persons")

_NO_FLOWS = Text(
    "Van {series} wordt niet geteld wat erbij komt en weggaat. Het kan wel van: {there}.",
    "What comes in and goes out is not counted for {series}. It is for: {there}.",
)


def stocks(values: Mapping[str, Real]) -> tuple[str, ...]:
    """The series of which the flows are counted."""
    return tuple(name for name in values if _flows(values, name))


def _flows(values: Mapping[str, Real], stock: str) -> list[tuple[Cause, str, int]]:
    """The series that together change a stock, each with its cause and sign; none where they are not counted."""
    programme, _, thing = stock.partition(".")
    kind, _, part = thing.partition(".")
    if kind == "waiting" and part == "total":
        pattern = _OF_PART
        prefix = f"{programme}.arrivals."
        parts = [name.removeprefix(prefix) for name in values if name.startswith(prefix)]
    elif kind == "waiting" and thing != _ALL_WAITING:
        pattern, parts = _OF_PART, [part]
    else:
        pattern = {_ALL_WAITING: _OF_WAITING, **dict.fromkeys(_ALL_HELPED, _OF_HELPED)}.get(thing, ())
        parts = [""]
    found = [
        (cause, f"{programme}.{name}{'.' if one else ''}{one}", sign)
        for one in parts
        for cause, name, sign in pattern
    ]
    # The first flow is what comes in: without it nothing is counted.
    return [one for one in found if one[1] in values] if found and found[0][1] in values else []


def changes(values: Mapping[str, Real], records: tuple[date, ...], stock: str, at: int) -> dict[str, Real]:
    """How much each counted cause changed a stock from the start to a record date, float64[runs] by cause.

    What the flows leave over is under "other", so that together they are the change of the stock in every run.
    Raises `ForecastFault` for a series whose flows are not counted.
    """
    flows = _flows(values, stock)
    if not flows:
        raise ForecastFault(_NO_FLOWS.fill(series=stock, there=", ".join(stocks(values)) or "–"))
    change = np.asarray(values[stock][:, at] - values[stock][:, 0], np.float64)
    found: dict[str, Real] = {}
    for cause, series, sign in flows:
        brought = sign * until(values[series], records, at)
        found[cause.id] = found.get(cause.id, np.zeros_like(change)) + brought
    return found | {OTHER.id: change - np.sum(list(found.values()), axis=0)}


def until(flow: Real, records: tuple[date, ...], at: int) -> Real:
    """What flowed from the start up to a record date, of a series that begins anew every year: float64[runs]."""
    ends = [
        number
        for number, day in enumerate(records[: at + 1])
        if number == at or records[number + 1].year > day.year
    ]
    # What happened on the day of the start is in the start.
    return np.asarray(flow[:, ends].sum(axis=1) - flow[:, 0], np.float64)
