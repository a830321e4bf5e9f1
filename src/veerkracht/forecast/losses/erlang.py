"""How often one group of places is full, when who finds it full goes elsewhere: no list, no waiting.

`load` is how many would be there at a time if places had no end: searches a day times days of a stay.
"""

from collections.abc import Sequence

import numpy as np

from veerkracht.forecast.faults import ForecastFault
from veerkracht.rulebook.types import Text

_NOT_POSSIBLE = Text(
    "Met {places} plaatsen en een belasting van {load} kan niet gerekend worden: beide zijn 0 of meer.",
    "{places} places and a load of {load} can't be reckoned with: both are 0 or more.",
)


def erlang_b(load: float, places: int) -> float:
    """The share of searches that finds no place, whatever the distribution of the stays.

    A. K. Erlang 1917, by the usual recursion over the number of places. Raises `ForecastFault` below 0.
    """
    _check(load, places)
    lost = 1.0
    for there in range(1, places + 1):
        lost = load * lost / (there + load * lost)
    return lost


def kaufman_roberts(loads: Sequence[float], taken: Sequence[int], places: int) -> tuple[float, ...]:
    """The share of each class that finds too little room, when one search of it takes several places at once.

    `loads`, `taken`: of each class its load in searches, and the places that one takes together (a family in
    one house). J. Kaufman 1981, IEEE Trans. Commun. 29(10); J. Roberts 1981. Raises `ForecastFault` below 0.
    """
    for load in loads:
        _check(load, places)
    weight = np.zeros(places + 1)
    weight[0] = 1.0
    for used in range(1, places + 1):
        parts = [
            load * size * weight[used - size] for load, size in zip(loads, taken, strict=True) if size <= used
        ]
        weight[used] = sum(parts) / used
    chance = weight / weight.sum()
    return tuple(float(chance[max(0, places + 1 - size) :].sum()) for size in taken)


def _check(load: float, places: int) -> None:
    if load < 0 or places < 0:
        raise ForecastFault(_NOT_POSSIBLE.fill(places=places, load=f"{load:g}"))
