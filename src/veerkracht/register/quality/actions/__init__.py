"""What is done with quality indicators: each verb checks everything first, and happens whole or not at all."""

from veerkracht.register.quality.actions.improvements import Meant, end_improvement, start_improvement
from veerkracht.register.quality.actions.values import (
    correct_value,
    import_values,
    record_values,
    withdraw_value,
)

__all__ = [
    "Meant",
    "correct_value",
    "end_improvement",
    "import_values",
    "record_values",
    "start_improvement",
    "withdraw_value",
]
