"""What a bank's answer says, whichever message it came in."""

from dataclasses import dataclass, field
from enum import StrEnum


class Said(StrEnum):
    """What a bank said of a payment."""

    PAID = "paid"
    REJECTED = "rejected"
    PENDING = "pending"
    RETURNED = "returned"


@dataclass(frozen=True)
class Status:
    """What is said of one payment. `cents`: the amount that the bank names; None where it names none."""

    end_to_end_id: str
    said: Said
    cents: int | None = None
    reason_code: str = ""


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


@dataclass(frozen=True)
class Answer:
    """All of one message of the bank. `kind`: such as pain.002.001.10; `currencies`: all that it names."""

    kind: str
    message_id: str
    orders: tuple[OfOrder, ...] = ()
    statuses: tuple[Status, ...] = ()
    currencies: frozenset[str] = field(default_factory=frozenset)
