"""The verbs that change requests, budgets and rounds: one function, one transaction each."""

from .budgets import change_budget, end_budget, start_budget
from .deaths import record_death
from .emergency import follow_up_emergency, grant_emergency
from .grants import Returned, decline_grant, lapse_grants
from .moves import move_person
from .prioritising import prioritise, revise
from .requests import Assessed, ask, assess, refuse, withdraw
from .restoring import restore_category
from .rounds import cancel_round, prepare_follow_up, prepare_round, review_round, sign_round

__all__ = [
    "Assessed",
    "Returned",
    "ask",
    "assess",
    "cancel_round",
    "change_budget",
    "decline_grant",
    "end_budget",
    "follow_up_emergency",
    "grant_emergency",
    "lapse_grants",
    "move_person",
    "prepare_follow_up",
    "prepare_round",
    "prioritise",
    "record_death",
    "refuse",
    "restore_category",
    "review_round",
    "revise",
    "sign_round",
    "start_budget",
    "withdraw",
]
