"""What is done with quality indicators: each verb checks everything first, and happens whole or not at all."""

from veerkracht.register.quality.actions.improvements import Meant, end_improvement, start_improvement
from veerkracht.register.quality.actions.signals import (
    Noted,
    correct_signal,
    note_signal,
    withdraw_signal,
)
from veerkracht.register.quality.actions.values import (
    correct_value,
    import_values,
    record_values,
    withdraw_value,
)

__all__ = [
    "Meant",
    "Noted",
    "correct_signal",
    "correct_value",
    "end_improvement",
    "import_values",
    "note_signal",
    "record_values",
    "start_improvement",
    "withdraw_signal",
    "withdraw_value",
]
