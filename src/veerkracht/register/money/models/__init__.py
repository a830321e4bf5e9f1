"""What is kept of money: lines and their credits, commitments, and the books in which everything is posted."""

from .books import Account, DayBalance, Entry, Posting
from .commitments import Commitment
from .credits import Credit, LineCredit
from .lines import BudgetYear, Line

__all__ = [
    "Account",
    "BudgetYear",
    "Commitment",
    "Credit",
    "DayBalance",
    "Entry",
    "Line",
    "LineCredit",
    "Posting",
]
