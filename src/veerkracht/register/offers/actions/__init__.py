"""What can be done with vacancies and offers."""

from .admitting import admit
from .answering import accept_offer, answered_text, decline_offer, withdraw_offer
from .keeping import Kept, keep_vacancies
from .lapsing import lapse_offers
from .making import Choice, Passing, make_offer
from .vacancies import move_vacancy, note_vacancies, open_vacancy, withdraw_vacancy

__all__ = [
    "Choice",
    "Kept",
    "Passing",
    "accept_offer",
    "admit",
    "answered_text",
    "decline_offer",
    "keep_vacancies",
    "lapse_offers",
    "make_offer",
    "move_vacancy",
    "note_vacancies",
    "open_vacancy",
    "withdraw_offer",
    "withdraw_vacancy",
]
