from .budgets import Budget
from .imports import ImportedRow
from .requests import LIVE_STATES, ON_LIST, STATES, Kind, Request, State
from .rounds import OPEN_ROUND_STATES, Round, RoundLine, RoundList
from .steps import Step
from .turns import Turn, TurnRun

__all__ = [
    "LIVE_STATES",
    "ON_LIST",
    "OPEN_ROUND_STATES",
    "STATES",
    "Budget",
    "ImportedRow",
    "Kind",
    "Request",
    "Round",
    "RoundLine",
    "RoundList",
    "State",
    "Step",
    "Turn",
    "TurnRun",
]
