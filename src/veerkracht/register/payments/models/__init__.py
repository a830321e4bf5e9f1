"""What is kept of paying: accounts, orders with their steps and payments, and what the bank said."""

from .accounts import BankAccount
from .messages import BankMessage
from .orders import Order, OrderStep, Payment

__all__ = ["BankAccount", "BankMessage", "Order", "OrderStep", "Payment"]
