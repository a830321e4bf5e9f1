"""What is done: each verb checks everything first, and happens whole or not at all."""

from veerkracht.register.residence.actions.stays import (
    come_back,
    end_stay,
    leave_for,
    move_ward,
    start_stay,
)

__all__ = ["come_back", "end_stay", "leave_for", "move_ward", "start_stay"]
