"""What a page or a command reads of payments: totals and organisations, never a person."""

from .accounts import AccountRow, OwnAccount, accounts_of_person, accounts_to_confirm, organisations_to_pay
from .messages import MessageRow, message_rows
from .orders import OrderRow, OrderView, counts_by_state, order_rows, order_view, payment_row, stuck_rows
from .payable import Payable, lines_to_pay, payable

__all__ = [
    "AccountRow",
    "MessageRow",
    "OrderRow",
    "OrderView",
    "OwnAccount",
    "Payable",
    "accounts_of_person",
    "accounts_to_confirm",
    "counts_by_state",
    "lines_to_pay",
    "message_rows",
    "order_rows",
    "order_view",
    "organisations_to_pay",
    "payable",
    "payment_row",
    "stuck_rows",
]
