"""Orders as who follows the money sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Sum

from veerkracht.register import clock
from veerkracht.register.payments import numbers, stuck
from veerkracht.register.payments.access import get_order
from veerkracht.register.payments.actions.steps import NEXT
from veerkracht.register.payments.models import Order, Payment
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.rulebook.types import Text

SHOWN = 50


@dataclass(frozen=True)
class OrderRow:
    """An order in a list. `stuck`: why it asks for attention; None when it doesn't."""

    id: int
    number: str
    line: str
    line_name: Text
    text: str
    month: date | None
    due_on: date
    state: str
    state_at: datetime
    count: int
    total_cents: int
    stuck: Text | None
    fictitious: bool


@dataclass(frozen=True)
class StepTaken:
    """Who took which step, when, and why it was refused."""

    step: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class PaymentRow:
    """A payment to an organisation; `account` is masked."""

    end_to_end_id: str
    organisation: str
    enterprise_number: str
    account: str
    commitment: str
    text: str
    cents: int
    state: str
    reason_code: str
    recovered_cents: int


@dataclass(frozen=True)
class ToPeople:
    """What an order pays to people, by state: how many and how much, nobody apart."""

    state: str
    count: int
    cents: int


@dataclass(frozen=True)
class OrderView:
    """One order. `next_step`: what comes next ("" when nothing does); `may_take`: whether the actor may take it;
    `took_one`: whether they took a step already, and so take no other. `has_file`: whether they can fetch the file.
    """

    order: OrderRow
    version: int
    payer: str
    payer_account: str
    message_id: str
    steps: tuple[StepTaken, ...]
    payments: tuple[PaymentRow, ...]
    more_payments: int
    to_people: tuple[ToPeople, ...]
    next_step: str
    may_take: bool
    took_one: bool
    has_file: bool
    may_recover: bool


def order_rows(
    actor: Actor, state: str = "", before: int | None = None, limit: int = SHOWN
) -> list[OrderRow]:
    """Orders in a state ("" for all), the latest first, from after one on. Raises `Refused`."""
    found = _readable(actor).select_related("line").order_by("-id")
    if state:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(pk__lt=before)
    today = clock.today()
    return [_row(one, today) for one in found.defer("file_sealed")[:limit]]


def stuck_rows(actor: Actor) -> list[OrderRow]:
    """The orders that ask for attention, longest first. Raises `Refused`."""
    require("payment.read", actor)
    named = [one.number for one in stuck.stuck(actor.programme)]
    found = _readable(actor).select_related("line").filter(number__in=named[:SHOWN]).defer("file_sealed")
    today = clock.today()
    return sorted((_row(one, today) for one in found), key=lambda row: named.index(row.number))


def counts_by_state(actor: Actor) -> Mapping[str, tuple[int, int]]:
    """How many orders there are in each state, and their cents together. Raises `Refused`."""
    found = _readable(actor).values_list("state").annotate(Count("id"), Sum("total_cents")).order_by()
    counted = {state: (count, cents) for state, count, cents in found}
    return {state: counted.get(state, (0, 0)) for state in Order.State.values}


def order_view(actor: Actor, number: str) -> OrderView:
    """One order, with its steps and its payments to organisations; of those to people only totals. Raises `Refused`,
    the same whether it exists or not.
    """
    order = get_order(actor, number)
    steps = list(order.steps.order_by("id"))
    took_one = actor.user_id is not None and any(
        one.by_id == actor.user_id and one.step != "refused" for one in steps
    )
    step, verb = NEXT.get(order.state, ("", ""))
    organisations = order.payments.exclude(account__organisation=None)
    shown = organisations.select_related("account__organisation", "commitment").order_by("id")[:SHOWN]
    count = organisations.count()
    sent_by = next((one.by_id for one in steps if one.step == Order.State.SENT), None)
    return OrderView(
        order=_row(order, clock.today()),
        version=order.version,
        payer=order.payer.holder,
        payer_account=numbers.masked(order.payer),
        message_id=order.message_id or "",
        steps=tuple(StepTaken(one.step, one.by_name, one.at, one.reason) for one in steps),
        payments=tuple(map(payment_row, shown)),
        more_payments=max(count - SHOWN, 0),
        to_people=_to_people(order),
        next_step=step,
        may_take=bool(verb) and may(verb, actor, order.programme),
        took_one=took_one,
        has_file=bool(order.file_sealed) and sent_by is not None and sent_by == actor.user_id,
        may_recover=may("line.change", actor, order.programme),
    )


def _readable(actor: Actor) -> QuerySet[Order]:
    require("payment.read", actor)
    found = Order.objects.all()
    return found.filter(line__programme=actor.programme) if actor.programme else found


def _row(order: Order, today: date) -> OrderRow:
    return OrderRow(
        id=order.pk,
        number=order.number,
        line=order.line.code,
        line_name=Text(order.line.name_nl, order.line.name_en),
        text=order.text,
        month=order.month,
        due_on=order.due_on,
        state=order.state,
        state_at=order.state_at,
        count=order.count,
        total_cents=order.total_cents,
        stuck=stuck.why(order, today),
        fictitious=order.fictitious,
    )


def payment_row(one: Payment) -> PaymentRow:
    """A payment to an organisation, as it is shown; for who passed a gate."""
    return PaymentRow(
        end_to_end_id=one.end_to_end_id,
        organisation=one.account.organisation.name,
        enterprise_number=one.account.organisation.enterprise_number or "",
        account=numbers.masked(one.account),
        commitment=one.commitment.number,
        text=one.text,
        cents=one.amount_cents,
        state=one.state,
        reason_code=one.reason_code,
        recovered_cents=one.recovered_cents,
    )


def _to_people(order: Order) -> tuple[ToPeople, ...]:
    found = order.payments.filter(~Q(account__person=None)).values_list("state")
    summed = found.annotate(count=Count("id"), cents=Sum("amount_cents")).order_by("state")
    return tuple(ToPeople(*one) for one in summed)
