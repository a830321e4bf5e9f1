"""What pages and other rooms read of stays in homes. Reads only."""

from veerkracht.register.residence.queries.bills import Bill, Line, bill
from veerkracht.register.residence.queries.occupancy import (
    Occupancy,
    OverYear,
    occupancy,
    occupancy_over,
    together,
    together_over,
)
from veerkracht.register.residence.queries.planner import Plan, PlannedArea, planner
from veerkracht.register.residence.queries.residents import Resident, residents
from veerkracht.register.residence.queries.told_prices import ToldPrice, prices

__all__ = [
    "Bill",
    "Line",
    "Occupancy",
    "OverYear",
    "Plan",
    "PlannedArea",
    "Resident",
    "ToldPrice",
    "bill",
    "occupancy",
    "occupancy_over",
    "planner",
    "prices",
    "residents",
    "together",
    "together_over",
]
