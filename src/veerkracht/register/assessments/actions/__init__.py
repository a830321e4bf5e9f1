"""What is done with assessments: each verb checks everything first, and happens whole or not at all."""

from veerkracht.register.assessments.actions.importing import import_assessments
from veerkracht.register.assessments.actions.recording import (
    as_measured,
    correct_assessment,
    record_assessment,
    withdraw_assessment,
)
from veerkracht.register.assessments.actions.reminding import remind
from veerkracht.register.assessments.writing import Measured, drafted

__all__ = [
    "Measured",
    "as_measured",
    "correct_assessment",
    "drafted",
    "import_assessments",
    "record_assessment",
    "remind",
    "withdraw_assessment",
]
