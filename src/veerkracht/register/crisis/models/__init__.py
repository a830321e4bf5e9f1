"""What a crisis desk keeps: who is on duty, calls and what came of them, searches and every place that was asked."""

from veerkracht.register.crisis.models.calls import Call, CallBack, Consult, KnownPerson, Shift
from veerkracht.register.crisis.models.searches import NoneFound, Search, SearchHold, SearchStep
from veerkracht.register.crisis.models.shelters import Shelter

__all__ = [
    "Call",
    "CallBack",
    "Consult",
    "KnownPerson",
    "NoneFound",
    "Search",
    "SearchHold",
    "SearchStep",
    "Shelter",
    "Shift",
]
