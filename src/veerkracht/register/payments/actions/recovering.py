"""What was paid too much is asked back."""

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.actions import recover
from veerkracht.register.money.checks import check_amount
from veerkracht.register.money.words import euro
from veerkracht.register.payments.models import Payment
from veerkracht.register.payments.words import checked_reason
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text


def recover_payment(payment: Payment, *, by: Actor, cents: int, reason: str) -> Payment:
    """Recover so many cents of a payment (terugvordering); the line's books say so from today.

    Raises `Refused`; `Invalid` for more than was paid and not yet recovered, or without a reason.
    """
    require("line.change", by, payment.order.programme)
    check_amount(cents)
    reason = checked_reason(reason)
    with said(), transaction.atomic():
        # Locked: two who recover the same payment don't ask it back twice.
        payment = (
            Payment.objects.select_for_update(of=("self",))
            .select_related("order__line", "commitment", "account")
            .get(pk=payment.pk)
        )
        paid = payment.amount_cents if payment.state == Payment.State.PAID else 0
        left = paid - payment.recovered_cents
        if cents > left:
            raise Invalid(
                Text(
                    "Van deze betaling is nog {there} euro terug te vorderen; gevraagd: {asked} euro.",
                    "Of this payment {there} euro can still be recovered; asked: {asked} euro.",
                ).fill(there=euro(left), asked=euro(cents)),
                "cents",
            )
        # The books are read by who sees no persons: there stands the order, and why only in the log.
        recover(payment.commitment, by=by, on=clock.today(), cents=cents, text=payment.order.number)
        payment.recovered_cents += cents
        payment.save(update_fields=["recovered_cents"])
        person = payment.account.person_id
        record(by, "change", payment.order, person_id=person, purpose=reason, detail={"recovered": cents})
    return payment
