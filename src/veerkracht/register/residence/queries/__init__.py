"""What pages and other rooms read of stays in homes. Reads only."""

from veerkracht.register.residence.queries.bills import Bill, Line, bill
from veerkracht.register.residence.queries.contributions import Contributions, ToldContribution, contributions
from veerkracht.register.residence.queries.occupancy import (
    Occupancy,
    OverYear,
    occupancy,
    occupancy_over,
    together,
    together_over,
)
from veerkracht.register.residence.queries.planner import Plan, PlannedArea, planner
from veerkracht.register.residence.queries.residents import Resident, Residents, residents
from veerkracht.register.residence.queries.told_prices import (
    PriceNow,
    PricePage,
    ToldPrice,
    price_page,
    prices,
    prices_on,
    public_prices,
)

__all__ = [
    "Bill",
    "Contributions",
    "Line",
    "Occupancy",
    "OverYear",
    "Plan",
    "PlannedArea",
    "PriceNow",
    "PricePage",
    "Resident",
    "Residents",
    "ToldContribution",
    "ToldPrice",
    "bill",
    "contributions",
    "occupancy",
    "occupancy_over",
    "planner",
    "price_page",
    "prices",
    "prices_on",
    "public_prices",
    "residents",
    "together",
    "together_over",
]
