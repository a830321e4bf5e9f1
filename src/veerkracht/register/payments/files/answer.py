"""What a bank's answer says, whichever message it came in."""

from dataclasses import dataclass
from enum import StrEnum


class Said(StrEnum):
    """What a bank said of a payment."""

    PAID = "paid"
    REJECTED = "rejected"
    PENDING = "pending"
    RETURNED = "returned"


@dataclass(frozen=True)
class Status:
    """What is said of one payment. `cents`: the amount that the bank names; None where it names none.

    `currencies`: what it names of this payment, where a message is about more than ours.
    """

    end_to_end_id: str
    said: Said
    cents: int | None = None
    reason_code: str = ""
    currencies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class OfOrder:
    """What is said of an order as a whole, by the id of our message: of each payment that isn't named apart.

    `count` and `cents`: how many payments of how much the bank took it for; None where it does not say.
    """

    message_id: str
    said: Said | None
    count: int | None = None
    cents: int | None = None
    reason_code: str = ""
    # The message of ours that the bank says it answers, as pain.001.001.09; "" where it does not say.
    message_name: str = ""
    currencies: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """All of one message of the bank. `kind`: such as pain.002.001.10; `currencies`: what it names of all of it.

    `about_more`: what it says can be of payments that aren't ours, as in a statement of an account; `left_aside`: how
    many entries name no payment that could be ours.
    """

    kind: str
    message_id: str
    orders: tuple[OfOrder, ...] = ()
    statuses: tuple[Status, ...] = ()
    currencies: frozenset[str] = frozenset()
    about_more: bool = False
    left_aside: int = 0
