"""What is done: each verb checks everything first, and happens whole or not at all."""

from .alarms import raise_alarms
from .campaigns import record_campaign, record_reach
from .clearing import clear_messages, forget_guests
from .consents import record_consent, rest_on
from .consulting import consult
from .contacts import answer_message, send_message
from .counselling import ask_counselling, end_counselling, start_counselling
from .handing_over import hand_over
from .offline import reconcile
from .stays import end_stay, extend

__all__ = [
    "answer_message",
    "ask_counselling",
    "clear_messages",
    "consult",
    "end_counselling",
    "end_stay",
    "extend",
    "forget_guests",
    "hand_over",
    "raise_alarms",
    "reconcile",
    "record_campaign",
    "record_consent",
    "record_reach",
    "rest_on",
    "send_message",
    "start_counselling",
]
