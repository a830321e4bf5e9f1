"""What the bank says is read: what it paid is paid, what it rejected is free again. All of a message, or nothing."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Model

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.constraints import MESSAGES, said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.money.actions import cancel_payments, settle_payments
from veerkracht.register.payments import numbers
from veerkracht.register.payments.files.answer import Answer, OfOrder, Said, Status
from veerkracht.register.payments.files.nodes import not_so
from veerkracht.register.payments.models import BankMessage, Order, Payment
from veerkracht.register.payments.taken import take_step, told
from veerkracht.register.payments.totals import totals
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text

_IDS = 900
_OVER = (Said.PAID, Said.REJECTED)
_NOTHING_OF_OURS = Text(
    "Dit bestand zegt niets over een betaling die wij verstuurden; verrichtingen die niet van ons zijn: {count}. Er is "
    "niets gewijzigd.",
    "This file says nothing of a payment that we sent; entries that are not ours: {count}. Nothing was changed.",
)


@dataclass(frozen=True)
class Read:
    """What a message changed: how many payments it paid, rejected, and left waiting; the orders it was about.

    `not_ours`: how many entries of a statement were left aside, of payments that we did not order.
    """

    message: BankMessage
    orders: tuple[str, ...]
    not_ours: int = 0


def read_bank_message(content: bytes, *, by: Actor, fictitious: bool = False) -> Read:
    """Read a status report (pain.002), a statement (camt.053) or a notification (camt.054) of the bank.

    A statement or notification also holds what is not ours: that is counted, and left aside.

    Raises `Refused`; `Invalid`, and nothing is changed, for what is no such message, a message that was read already,
    an amount, count or currency that is not ours, a report on what we never sent, a statement with nothing of ours, and
    for what was answered already another way; also for who took a step of an order that it is about.
    """
    require("payment.acknowledge", by)
    # What parses XML is loaded only by who reads a message.
    from veerkracht.register.payments.files.reading import read

    answer, not_ours = _of_ours(read(content, numbers.rules().answer_files))
    _check_currency(answer)
    digest = hashlib.sha256(content).hexdigest()
    with said(), transaction.atomic():
        _check_new(answer, digest)
        orders = _orders(answer, by)
        said_of = _said_of(answer, orders)
        message = _keep(answer, digest, said_of, by, fictitious)
        for order in orders.values():
            _apply(order, said_of, message, by)
        numbers_of = tuple(sorted(order.number for order in orders.values()))
        detail = {"orders": list(numbers_of), "paid": message.paid, "rejected": message.rejected}
        detail["not_ours"] = not_ours
        record(by, "create", message, detail=detail)
    return Read(message, numbers_of, not_ours)


@dataclass(frozen=True)
class _Said:
    """A payment of ours, and what is said of it."""

    payment: Payment
    said: Said
    reason_code: str


def _of_ours(answer: Answer) -> tuple[Answer, int]:
    """An answer without what it says of others, and how many entries that were. A report is about us alone."""
    if not answer.about_more:
        return answer, 0
    payments = _known(Payment, "end_to_end_id", [one.end_to_end_id for one in answer.statuses])
    orders = _known(Order, "message_id", [one.message_id for one in answer.orders])
    statuses = tuple(one for one in answer.statuses if one.end_to_end_id in payments)
    batches = tuple(one for one in answer.orders if one.message_id in orders)
    said_of = len(answer.statuses) + len(answer.orders)
    not_ours = answer.left_aside + said_of - len(statuses) - len(batches)
    if not statuses and not batches:
        raise Invalid(_NOTHING_OF_OURS.fill(count=not_ours), "file")
    return replace(answer, statuses=statuses, orders=batches), not_ours


def _known(model: type[Model], field: str, ids: Sequence[str]) -> set[str]:
    """Which of these ids we gave."""
    found: set[str] = set()
    for start in range(0, len(ids), _IDS):
        of_part = model.objects.filter(**{f"{field}__in": ids[start : start + _IDS]})
        found |= set(of_part.values_list(field, flat=True))
    return found


def _check_currency(answer: Answer) -> None:
    ours = region.current().currency
    named = answer.currencies.union(*(one.currencies for one in (*answer.orders, *answer.statuses)))
    if named - {ours}:
        raise not_so("Ccy", ", ".join(sorted(named)), ours)


def _check_new(answer: Answer, digest: str) -> None:
    for name, found in (
        ("bank_message_bytes_once", {"sha256": digest}),
        ("bank_message_id_once", {"message_id": answer.message_id}),
    ):
        if BankMessage.objects.filter(**found).exists():
            raise Invalid(MESSAGES[name], "file")


def _orders(answer: Answer, by: Actor) -> dict[str, Order]:
    """The orders that a message is about, by our message id; locked, in order of their ids."""
    named = {one.message_id for one in answer.orders}
    ids = [one.end_to_end_id for one in answer.statuses]
    by_payment = set()
    for start in range(0, len(ids), _IDS):
        found = Payment.objects.filter(end_to_end_id__in=ids[start : start + _IDS])
        by_payment |= set(found.values_list("order_id", flat=True).distinct())
    known = Order.objects.select_for_update(of=("self",)).select_related("line")
    found = {one.message_id: one for one in known.filter(message_id__in=named).order_by("id")}
    found |= {one.message_id: one for one in known.filter(pk__in=by_payment).order_by("id")}
    for missing in sorted(named - found.keys()):
        raise not_so("OrgnlMsgId", missing, "een bericht dat wij verstuurden / a message that we sent")
    for order in found.values():
        require("payment.acknowledge", by, order.programme)
        if order.state not in (Order.State.SENT, Order.State.DONE):
            raise not_so("OrgnlMsgId", f"{order.number}: {order.state}", Order.State.SENT)
        if by.user and order.steps.filter(by=by.user).exclude(step__in=["refused", "done"]).exists():
            raise Invalid(MESSAGES["nobody_takes_two_steps_of_an_order"])
    return found


def _said_of(answer: Answer, orders: Mapping[str, Order]) -> list[_Said]:
    """What is said of each payment of the orders; a status of its own goes before what is said of its order."""
    payments = {
        one.end_to_end_id: one for one in Payment.objects.filter(order__in=orders.values()).order_by("id")
    }
    of_payment = _statuses(answer, payments, {orders[one.message_id].pk for one in answer.orders})
    of_order = {orders[one.message_id].pk: one for one in answer.orders}
    for whole in answer.orders:
        _check_whole(whole, orders[whole.message_id])
    found = []
    for payment in payments.values():
        status, whole = of_payment.get(payment.end_to_end_id), of_order.get(payment.order_id)
        if status:
            found.append(_Said(payment, status.said, status.reason_code))
        elif whole and whole.said and payment.state == Payment.State.REQUESTED:
            found.append(_Said(payment, whole.said, whole.reason_code))
    for one in found:
        _check_may_change(one)
    return found


def _statuses(answer: Answer, payments: Mapping[str, Payment], named: set[int]) -> dict[str, Status]:
    """What is said of payments apart, by their id. A report is about the one order that it names."""
    is_report = answer.kind.startswith("pain")
    found: dict[str, Status] = {}
    for one in answer.statuses:
        payment = payments.get(one.end_to_end_id)
        if payment is None or (is_report and payment.order_id not in named):
            expected = "een betaling van die opdracht / a payment of that order"
            raise not_so("EndToEndId", one.end_to_end_id, expected)
        if one.end_to_end_id in found:
            raise not_so("EndToEndId", f"2 × {one.end_to_end_id}", "1")
        if one.cents is not None and one.cents != payment.amount_cents:
            raise not_so(f"Amt ({one.end_to_end_id})", _decimal(one.cents), _decimal(payment.amount_cents))
        found[one.end_to_end_id] = one
    return found


def _check_whole(whole: OfOrder, order: Order) -> None:
    if whole.message_name and whole.message_name != numbers.rules().order_file:
        raise not_so("OrgnlMsgNmId", whole.message_name, numbers.rules().order_file)
    if whole.count is not None and whole.count != order.count:
        raise not_so(f"NbOfTxs ({order.number})", str(whole.count), str(order.count))
    if whole.cents is not None and whole.cents != order.total_cents:
        raise not_so(f"CtrlSum ({order.number})", _decimal(whole.cents), _decimal(order.total_cents))


def _check_may_change(one: _Said) -> None:
    """A statement may say again what a report said; it can't take back what is booked."""
    state, said_of = one.payment.state, one.said
    same = {Payment.State.PAID: Said.PAID, Payment.State.REJECTED: Said.REJECTED}.get(state)
    if state == Payment.State.REQUESTED and said_of != Said.RETURNED:
        return
    if same == said_of or (same is not None and said_of == Said.PENDING):
        return
    if said_of == Said.RETURNED and state == Payment.State.PAID:
        raise Invalid(
            Text(
                "De bank stuurt betaling {id} terug nadat ze betaald was: boek dit als terugvordering. Er is niets "
                "gewijzigd.",
                "The bank returns payment {id} after it was paid: book this as a recovery. Nothing was changed.",
            ).fill(id=one.payment.end_to_end_id),
            "file",
        )
    raise not_so(one.payment.end_to_end_id, said_of, state)


def _keep(answer: Answer, digest: str, said_of: Iterable[_Said], by: Actor, fictitious: bool) -> BankMessage:
    counts, cents = Counter[str](), Counter[str]()
    for one in said_of:
        # What was known already is not counted again.
        if one.payment.state == Payment.State.REQUESTED:
            counts[one.said] += 1
            cents[one.said] += one.payment.amount_cents
    return BankMessage.objects.create(
        kind=answer.kind,
        message_id=answer.message_id,
        sha256=digest,
        paid=counts[Said.PAID],
        rejected=counts[Said.REJECTED],
        pending=counts[Said.PENDING],
        paid_cents=cents[Said.PAID],
        rejected_cents=cents[Said.REJECTED],
        by=by.user,
        by_name=by.name,
        at=clock.now(),
        fictitious=fictitious,
    )


def _apply(order: Order, said_of: Iterable[_Said], message: BankMessage, by: Actor) -> None:
    fresh = [
        one
        for one in said_of
        if one.payment.order_id == order.pk
        and one.said in _OVER
        and one.payment.state == Payment.State.REQUESTED
    ]
    if not fresh:
        return
    facts = {"by": by, "on": clock.today(), "text": order.text, "year": order.year}
    paid = [one.payment for one in fresh if one.said == Said.PAID]
    if paid:
        settle_payments(totals(paid), **facts)
        _mark(paid, state=Payment.State.PAID, message=message)
    rejected = [one for one in fresh if one.said == Said.REJECTED]
    if rejected:
        cancel_payments(totals(one.payment for one in rejected), **facts)
    for code in sorted({one.reason_code for one in rejected}):
        of_code = [one.payment for one in rejected if one.reason_code == code]
        _mark(of_code, state=Payment.State.REJECTED, message=message, reason_code=code)
    _end_when_over(order, by)


def _mark(payments: Iterable[Payment], **facts: object) -> None:
    ids = [one.pk for one in payments]
    for start in range(0, len(ids), _IDS):
        Payment.objects.filter(pk__in=ids[start : start + _IDS]).update(**facts)


def _end_when_over(order: Order, by: Actor) -> None:
    order.version += 1
    if not order.payments.filter(state=Payment.State.REQUESTED).exists():
        order.state, order.state_at = Order.State.DONE, clock.now()
        # Names and accounts of people are kept no longer than they are needed.
        order.file_sealed = ""
        take_step(order, Order.State.DONE, by)
    order.save()
    record(by, "change", order, detail=told(order))


def _decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
