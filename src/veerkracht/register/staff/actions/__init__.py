"""What is reported of staff: each verb checks everything first, and happens whole or not at all."""

from .counts import correct_count, record_count
from .flows import correct_flow, record_flow
from .importing import StaffReport, import_figures
from .training import correct_training, record_training

__all__ = [
    "StaffReport",
    "correct_count",
    "correct_flow",
    "correct_training",
    "import_figures",
    "record_count",
    "record_flow",
    "record_training",
]
