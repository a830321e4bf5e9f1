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
    """What changes a stock. `flows`: the things whose series, each with its sign, count it."""

    id: str
    text: Text
    flows: tuple[tuple[str, int], ...] = ()


ARRIVALS = Cause("arrivals", Text("Nieuwe vragen", "New requests"), (("arrivals", 1),))
LEFT = Cause(
    "left",
    Text("Overleden of vraag ingetrokken", "Died or withdrew"),
    (("exits", -1), ("deaths", -1), ("withdrawals", -1)),
)
MOVES = Cause(
    "moves",
    Text("Naar of uit een andere groep", "To or from another group"),
    (("moves-in", 1), ("moves-out", -1)),
)
SERVED = Cause(
    "served", Text("Geholpen", "Helped"), (("granted", -1), ("admitted", -1), ("served-elsewhere", -1))
)
OTHER = Cause(
    "other",
    Text(
        "Niet apart geteld (een deel toegekend, of samen met iemand uit een andere groep)",
        "Not counted apart (a part was granted, or together with somebody of another group)",
    ),
)
COUNTED = (ARRIVALS, LEFT, MOVES, SERVED)
STOCK = "waiting"
TOTAL = "total"
_NOT_PARTS = (TOTAL, "persons")

_NO_FLOWS = Text(
    "Van {series} wordt niet geteld wat erbij komt en weggaat. Het kan wel van: {there}.",
    "What comes in and goes out is not counted for {series}. It is for: {there}.",
)


def stocks(values: Mapping[str, Real]) -> tuple[str, ...]:
    """The series of which the flows are counted."""
    return tuple(name for name in values if _parts(values, name))


def _parts(values: Mapping[str, Real], stock: str) -> tuple[str, ...]:
    """The parts whose flows together change a stock: itself, or every part of a total."""
    programme, _, rest = stock.partition(".")
    thing, _, part = rest.partition(".")
    if thing != STOCK or part == "persons":
        return ()
    if part != TOTAL:
        return (part,) if f"{programme}.arrivals.{part}" in values else ()
    prefix = f"{programme}.{STOCK}."
    parts = [name.removeprefix(prefix) for name in values if name.startswith(prefix)]
    return tuple(one for one in parts if one not in _NOT_PARTS and f"{programme}.arrivals.{one}" in values)


def changes(values: Mapping[str, Real], records: tuple[date, ...], stock: str, at: int) -> dict[str, Real]:
    """How much each counted cause changed a stock from the start to a record date, float64[runs] by cause.

    What the flows leave over is under "other", so that together they are the change of the stock in every run.
    Raises `ForecastFault` for a series whose flows are not counted.
    """
    parts = _parts(values, stock)
    if not parts:
        raise ForecastFault(_NO_FLOWS.fill(series=stock, there=", ".join(stocks(values)) or "–"))
    programme = stock.partition(".")[0]
    found = {
        cause.id: _counted(values, records, at, [f"{programme}.{{}}.{part}" for part in parts], cause)
        for cause in COUNTED
    }
    change = values[stock][:, at] - values[stock][:, 0]
    found[OTHER.id] = change - np.sum(list(found.values()), axis=0)
    return found


def _counted(
    values: Mapping[str, Real], records: tuple[date, ...], at: int, names: list[str], cause: Cause
) -> Real:
    """A cause over all parts; a flow that isn't counted is no flow."""
    total = np.zeros(len(next(iter(values.values()))))
    for thing, sign in cause.flows:
        for name in (pattern.format(thing) for pattern in names):
            if name in values:
                total += sign * until(values[name], records, at)
    return total


def until(flow: Real, records: tuple[date, ...], at: int) -> Real:
    """What flowed from the start up to a record date, of a series that begins anew every year: float64[runs]."""
    ends = [
        number
        for number, day in enumerate(records[: at + 1])
        if number == at or records[number + 1].year > day.year
    ]
    # What happened on the day of the start is in the start.
    return np.asarray(flow[:, ends].sum(axis=1) - flow[:, 0], np.float64)
