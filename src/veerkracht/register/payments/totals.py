"""What payments take together: the books know commitments, no payees."""

from collections.abc import Iterable

from veerkracht.register.money.actions import PaymentOf
from veerkracht.register.payments.models import Payment


def totals(payments: Iterable[Payment]) -> list[PaymentOf]:
    """The cents that payments take of each commitment, in the order of their ids."""
    cents: dict[int, int] = {}
    for one in payments:
        cents[one.commitment_id] = cents.get(one.commitment_id, 0) + one.amount_cents
    return [PaymentOf(commitment, total) for commitment, total in sorted(cents.items())]
