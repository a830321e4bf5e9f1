"""An order is checked, approved and sent, each by somebody else; or refused, and its money is free again."""

import base64
import hashlib
import zlib

from django.db import transaction

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.constraints import MESSAGES, said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.money.actions import cancel_payments
from veerkracht.register.payments import numbers
from veerkracht.register.payments.accounts import is_usable
from veerkracht.register.payments.models import Order, Payment
from veerkracht.register.payments.taken import take_step, told
from veerkracht.register.payments.totals import totals
from veerkracht.register.payments.words import MOVED_ON, checked_reason
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.sealing import opened, seal
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text

_STATE = Order.State
# What comes next in each state, and the verb of whoever does it.
NEXT = {
    _STATE.PREPARED: (_STATE.CHECKED, "payment.check"),
    _STATE.CHECKED: (_STATE.APPROVED, "payment.approve"),
    _STATE.APPROVED: (_STATE.SENT, "payment.send"),
}


def check(order: Order, *, by: Actor, version: int | None = None) -> Order:
    """A second person checked what the first prepared. Raises `Refused`, `Invalid` for whoever took a step already,
    `Conflict` when the order changed meanwhile.
    """
    return _take(order, _STATE.CHECKED, by, version)


def approve(order: Order, *, by: Actor, version: int | None = None) -> Order:
    """A third person approves. Raises as `check`."""
    return _take(order, _STATE.APPROVED, by, version)


def send(order: Order, *, by: Actor, version: int | None = None) -> Order:
    """A fourth person sends: the file for the bank is made, checked against its schema, and kept sealed for whoever
    sent it (`fetch_file`).

    Raises as `check`, and `Invalid` when an account was changed since, or the file does not fit its schema.
    """
    return _take(order, _STATE.SENT, by, version)


def refuse(order: Order, *, by: Actor, reason: str, version: int | None = None) -> Order:
    """Whoever may take the next step refuses it, with a reason: the order is over, its money is free to pay again.

    Raises `Refused`, `Invalid` without a reason, `Conflict` when the order changed meanwhile; what was sent can't be
    refused any more.
    """
    step, verb = NEXT.get(order.state, (None, "payment.approve"))
    require(verb, by, order.programme)
    reason = checked_reason(reason)
    with said(), transaction.atomic():
        # Locked, so that nobody takes the step while another refuses it.
        order = locked(order, version)
        if NEXT.get(order.state, (None,))[0] != step or step is None:
            raise Conflict(MOVED_ON)
        open_payments = order.payments.filter(state=Payment.State.REQUESTED)
        cancel_payments(totals(open_payments), by=by, on=clock.today(), text=order.text, year=order.year)
        open_payments.update(state=Payment.State.CANCELLED)
        _move_to(order, _STATE.REFUSED, by, reason)
    return order


def fetch_file(order: Order, *, by: Actor) -> bytes:
    """The file for the bank, with names and accounts of people: for whoever sent the order, as long as it is kept.

    Raises `Refused`, the same for everybody else; that it was fetched is logged.
    """
    require("payment.send", by, order.programme)
    order = Order.objects.get(pk=order.pk)
    is_sender = order.steps.filter(step=_STATE.SENT, by=by.user_id).exclude(by=None).exists()
    if not is_sender or not order.file_sealed:
        record(by, "refused", "payment file", detail={"order": order.number})
        raise Refused()
    record(by, "export", order, detail={"file": order.file_sha256})
    return zlib.decompress(base64.b64decode(opened(order.file_sealed)))


def _take(order: Order, step: str, by: Actor, version: int | None) -> Order:
    verb = next(verb for state, verb in NEXT.values() if state == step)
    require(verb, by, order.programme)
    with said(), transaction.atomic():
        # Locked before its state is read: of two who take the same step, the second is told.
        order = locked(order, version)
        if NEXT.get(order.state, (None,))[0] != step:
            raise Conflict(MOVED_ON)
        _check_first_step(order, by)
        if step == _STATE.SENT:
            _make_file(order)
        _move_to(order, step, by)
    return order


def _check_first_step(order: Order, by: Actor) -> None:
    """Raises `Invalid` for a command, and for who took a step of this order already: nobody takes two."""
    if by.user is None:
        raise Invalid(
            Text(
                nl="Een stap van een betaalopdracht zet een persoon met naam.",
                en="A step of a payment order is taken by a named person.",
            )
        )
    if order.steps.filter(by=by.user).exclude(step=_STATE.REFUSED).exists():
        raise Invalid(MESSAGES["nobody_takes_two_steps_of_an_order"])


def _move_to(order: Order, step: str, by: Actor, reason: str = "") -> None:
    order.state, order.state_at = step, clock.now()
    order.version += 1
    order.save()
    take_step(order, step, by, reason)
    record(by, "change", order, detail=told(order))


def _make_file(order: Order) -> None:
    # The libraries for it take a while to load, and only who sends needs them.
    from veerkracht.register.payments.files import order_file

    payments = list(order.payments.select_related("account").order_by("id"))
    _check_accounts(order, payments)
    rules, currency = numbers.rules(), region.current().currency
    payee_numbers = numbers.read_all(one.account for one in payments)
    made = order_file.make(
        rules.order_file,
        order_file.Payer(order.payer.holder, numbers.read(order.payer), currency),
        [
            order_file.Payee(one.account.holder, number, one.amount_cents, one.text, one.end_to_end_id)
            for one, number in zip(payments, payee_numbers, strict=True)
        ],
        order=order.number,
        due_on=max(order.due_on, clock.today()),
        at=clock.now(),
    )
    order.message_id = made.message_id
    order.file_sha256 = hashlib.sha256(made.content).hexdigest()
    order.file_sealed = seal(base64.b64encode(zlib.compress(made.content)).decode())


def _check_accounts(order: Order, payments: list[Payment]) -> None:
    on = clock.today()
    changed = [one.end_to_end_id for one in payments if not is_usable(one.account, on)]
    if changed or not is_usable(order.payer, on):
        raise Invalid(
            Text(
                "Sinds deze opdracht werd voorbereid, is een rekening veranderd: {which}. Weiger de opdracht en "
                "bereid ze opnieuw voor.",
                "Since this order was prepared an account has changed: {which}. Refuse the order and prepare it again.",
            ).fill(which=", ".join(changed[:5]) or order.number),
            "account",
        )
