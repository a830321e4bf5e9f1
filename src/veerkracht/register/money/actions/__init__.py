"""What changes the money: voted, committed, paid, recovered, transferred, carried over, corrected."""

from veerkracht.register.money.books import Movement
from veerkracht.register.money.crediting import Amounts, Decided
from veerkracht.register.money.rounds import move

from .commitments import NewCommitment, commit, reduce_commitment
from .corrections import correct
from .credits import NewCredit, open_books, vote_credit
from .lines import NewLine, carry_over, open_line, transfer, vote_line_credit
from .payments import PaymentOf, cancel_payments, recover, request_payments, settle_payments
from .years import LineLapsed, YearClosed, close_year, open_year

__all__ = [
    "Amounts",
    "Decided",
    "LineLapsed",
    "Movement",
    "NewCommitment",
    "NewCredit",
    "NewLine",
    "PaymentOf",
    "YearClosed",
    "cancel_payments",
    "carry_over",
    "close_year",
    "commit",
    "correct",
    "move",
    "open_books",
    "open_line",
    "open_year",
    "recover",
    "reduce_commitment",
    "request_payments",
    "settle_payments",
    "transfer",
    "vote_credit",
    "vote_line_credit",
]
