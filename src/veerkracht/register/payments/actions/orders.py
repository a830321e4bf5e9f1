"""Payments are put in an order: their money is requested on the line, and waits for the next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.actions import PaymentOf, request_payments
from veerkracht.register.money.checks import check_amount
from veerkracht.register.money.models import Commitment, Line
from veerkracht.register.payments.accounts import is_usable, payer_account
from veerkracht.register.payments.models import BankAccount, Order, Payment
from veerkracht.register.payments.taken import take_step, told
from veerkracht.register.payments.words import checked_text
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.numbers import take
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text

PREFIX = "B"
_BATCH = 2_000
# More would make a file that a bank takes no longer.
MOST_PAYMENTS = 100_000


@dataclass(frozen=True)
class NewPayment:
    """So many cents on a commitment, to an account. `budget_id` and `month`: of the personal budget that it pays."""

    commitment: Commitment
    cents: int
    account: BankAccount
    text: str
    budget_id: int | None = None
    month: date | None = None


def prepare_order(
    line: Line,
    *,
    by: Actor,
    due_on: date,
    payments: Sequence[NewPayment],
    text: str,
    fictitious: bool = False,
) -> Order:
    """Put payments in an order, to be paid by the bank on `due_on`; their money is requested on the line.

    Raises `Refused`; `Invalid` for no payments, an amount that isn't whole cents above zero, a payee twice on one
    commitment, an account that is not confirmed, ended or somebody else's, a payment before its commitment, beyond it
    or beyond the line's VEK, or a day in the past or in another year.
    """
    require("payment.prepare", by, line.programme)
    on = clock.today()
    _check(line, payments, due_on, on)
    with said(), transaction.atomic():
        payer = payer_account(by, due_on)
        request_payments(
            [PaymentOf(one.commitment.pk, one.cents) for one in payments], by=by, on=on, text=text
        )
        (number,) = take(PREFIX)
        order = Order.objects.create(
            number=number,
            line=line,
            year=on.year,
            due_on=due_on,
            text=checked_text(text, "text", 140),
            month=payments[0].month,
            payer=payer,
            state_at=clock.now(),
            count=len(payments),
            total_cents=sum(one.cents for one in payments),
            fictitious=fictitious,
        )
        Payment.objects.bulk_create(_rows(order, payments), batch_size=_BATCH)
        take_step(order, Order.State.PREPARED, by)
        record(by, "create", order, detail=told(order))
    return order


def _rows(order: Order, payments: Sequence[NewPayment]) -> list[Payment]:
    return [
        Payment(
            order=order,
            commitment=one.commitment,
            account=one.account,
            amount_cents=one.cents,
            text=one.text,
            # The order and a place in it: it tells nobody whom it is for.
            end_to_end_id=f"{order.number}-{place}",
            budget_id=one.budget_id,
            month=one.month,
        )
        for place, one in enumerate(payments, 1)
    ]


def _check(line: Line, payments: Sequence[NewPayment], due_on: date, on: date) -> None:
    if not 0 < len(payments) <= MOST_PAYMENTS:
        raise Invalid(
            Text(
                "Een opdracht telt 1 tot {most} betalingen; gevonden: {found}.",
                "An order has 1 to {most} payments; found: {found}.",
            ).fill(most=MOST_PAYMENTS, found=len(payments)),
            "payments",
        )
    if not on <= due_on <= date(on.year, 12, 31):
        raise Invalid(
            Text(
                "Betaald wordt vanaf vandaag ({on}) en binnen het begrotingsjaar; gevonden: {due}.",
                "Payment is from today ({on}) on and within the budget year; found: {due}.",
            ).fill(on=on, due=due_on),
            "due_on",
        )
    for one in payments:
        check_amount(one.cents)
        checked_text(one.text, "text", 140)
        if one.commitment.line_id != line.pk or not _is_payee(one, due_on):
            raise Invalid(
                Text(
                    "Vastlegging {number} wordt niet betaald op deze rekening: ze is van een ander, niet bevestigd "
                    "door een tweede persoon, of geldt niet op {due}.",
                    "Commitment {number} is not paid on this account: it is somebody else's, not confirmed by a second "
                    "person, or not in force on {due}.",
                ).fill(number=one.commitment.number, due=due_on),
                "account",
            )


def _is_payee(one: NewPayment, on: date) -> bool:
    commitment, account = one.commitment, one.account
    if one.budget_id is None:
        # Of a round only budgets are paid; what is promised to an organisation goes to nobody else.
        if commitment.kind == Commitment.Kind.ROUND:
            return False
        if commitment.organisation_id not in (None, account.organisation_id):
            return False
    elif account.person_id is None:
        return False
    return is_usable(account, on)
