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

__all__ = [
    "Bill",
    "Line",
    "Occupancy",
    "OverYear",
    "Plan",
    "PlannedArea",
    "Resident",
    "bill",
    "occupancy",
    "occupancy_over",
    "planner",
    "residents",
    "together",
    "together_over",
]
