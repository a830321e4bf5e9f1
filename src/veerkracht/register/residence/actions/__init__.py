"""What is done: each verb checks everything first, and happens whole or not at all."""

from veerkracht.register.residence.actions.contributions import end_contribution, start_contribution
from veerkracht.register.residence.actions.prices import Said, correct_price, set_price
from veerkracht.register.residence.actions.stays import (
    come_back,
    end_stay,
    leave_for,
    move_ward,
    start_stay,
)

__all__ = [
    "Said",
    "come_back",
    "correct_price",
    "end_contribution",
    "end_stay",
    "leave_for",
    "move_ward",
    "set_price",
    "start_contribution",
    "start_stay",
]
