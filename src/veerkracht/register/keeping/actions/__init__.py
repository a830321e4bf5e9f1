from .erasure import erase
from .holds import hold_legal, lift_hold
from .objections import answer_objection, object_to_look
from .retention import cancel_run, confirm_run, prepare_run

__all__ = [
    "answer_objection",
    "cancel_run",
    "confirm_run",
    "erase",
    "hold_legal",
    "lift_hold",
    "object_to_look",
    "prepare_run",
]
