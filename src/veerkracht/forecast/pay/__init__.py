"""Pay: what a rise costs in a year, and what it buys in staff and open places."""

from veerkracht.forecast.pay.asked import Asked
from veerkracht.forecast.pay.buys import Bought, buys
from veerkracht.forecast.pay.cost import Range, RiseCost, cost, rise_of
from veerkracht.forecast.pay.counted import Counted, counted
from veerkracht.forecast.pay.example import Compared, compared, cost_of_measure
from veerkracht.forecast.pay.moved import Moved, moved

__all__ = [
    "Asked",
    "Bought",
    "Compared",
    "Counted",
    "Moved",
    "Range",
    "RiseCost",
    "buys",
    "compared",
    "cost",
    "cost_of_measure",
    "counted",
    "moved",
    "rise_of",
]
