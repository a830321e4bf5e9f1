"""What is done to pay: accounts recorded and confirmed, orders prepared and released, the bank's word read."""

from .accounts import confirm_account, record_account, record_enterprise_number, refuse_account
from .answers import Read, read_bank_message
from .budgets import HeldBack, PreparedBudgets, prepare_budget_payments
from .orders import NewPayment, prepare_order
from .recovering import recover_payment
from .steps import approve, check, fetch_file, refuse, send

__all__ = [
    "HeldBack",
    "NewPayment",
    "PreparedBudgets",
    "Read",
    "approve",
    "check",
    "confirm_account",
    "fetch_file",
    "prepare_budget_payments",
    "prepare_order",
    "read_bank_message",
    "record_account",
    "record_enterprise_number",
    "recover_payment",
    "refuse",
    "refuse_account",
    "send",
]
