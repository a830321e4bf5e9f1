"""What is done at a crisis desk: each verb checks everything first, and happens whole or not at all."""

from veerkracht.register.crisis.actions.call_backs import called_back, promise_call_back
from veerkracht.register.crisis.actions.calls import Told, consult, identify, take_call
from veerkracht.register.crisis.actions.forgetting import forget_names
from veerkracht.register.crisis.actions.places import confirm, hold_for, lapse_searches, refuse, release
from veerkracht.register.crisis.actions.searches import end_search, none_found, search, search_again
from veerkracht.register.crisis.actions.shelters import Description, describe_shelter
from veerkracht.register.crisis.actions.shifts import end_shift, start_shift

__all__ = [
    "Description",
    "Told",
    "called_back",
    "confirm",
    "consult",
    "describe_shelter",
    "end_search",
    "end_shift",
    "forget_names",
    "hold_for",
    "identify",
    "lapse_searches",
    "none_found",
    "promise_call_back",
    "refuse",
    "release",
    "search",
    "search_again",
    "start_shift",
    "take_call",
]
