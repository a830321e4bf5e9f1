"""What can be done with vacancies and offers."""

from .admitting import admit
from .answering import accept_offer, decline_offer, withdraw_offer
from .lapsing import lapse_offers
from .making import Choice, Passing, make_offer
from .vacancies import move_vacancy, note_vacancies, open_vacancy, withdraw_vacancy

__all__ = [
    "Choice",
    "Passing",
    "accept_offer",
    "admit",
    "decline_offer",
    "lapse_offers",
    "make_offer",
    "move_vacancy",
    "note_vacancies",
    "open_vacancy",
    "withdraw_offer",
    "withdraw_vacancy",
]
