"""Orders as who follows the money sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet, Sum

from veerkracht.register import clock
from veerkracht.register.payments import numbers, stuck
from veerkracht.register.payments.access import get_order
from veerkracht.register.payments.actions.steps import NEXT
from veerkracht.register.payments.few import is_few, pays_few, why_hidden
from veerkracht.register.payments.models import Order, Payment
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require, which
from veerkracht.rulebook.types import Text

SHOWN = 50
# Who takes a step of an order checks what it comes to.
_STEPS = ("payment.check", "payment.approve", "payment.send")


@dataclass(frozen=True)
class OrderRow:
    """An order in a list. `stuck`: why it asks for attention; None when it doesn't.

    `total_cents` null: the order pays too few persons for its total to be shown to who only reads; `hidden` says so.
    """

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
    total_cents: int | None
    hidden: Text | None
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
    """What an order pays to people, by state: how many and how much, nobody apart.

    `cents` null, of every state: too few persons stand behind one of them, whose amount would be the rest of the total.
    """

    state: str
    count: int
    cents: int | None


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
    people_hidden: Text | None
    next_step: str
    may_take: bool
    took_one: bool
    has_file: bool
    may_recover: bool


def order_rows(
    actor: Actor, state: str = "", before: int | None = None, limit: int = SHOWN
) -> list[OrderRow]:
    """Orders in a state ("" for all), the latest first, from after one on. Raises `Refused`."""
    found = _readable(actor).order_by("-id")
    if state:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(pk__lt=before)
    today = clock.today()
    return [_row(one, today, actor) for one in found[:limit]]


def stuck_rows(actor: Actor) -> list[OrderRow]:
    """The orders that ask for attention, longest first. Raises `Refused`."""
    require("payment.read", actor)
    named = [one.number for one in stuck.stuck(actor.programme)]
    found = _readable(actor).filter(number__in=named[:SHOWN])
    today = clock.today()
    return sorted((_row(one, today, actor) for one in found), key=lambda row: named.index(row.number))


def counts_by_state(actor: Actor) -> Mapping[str, int]:
    """How many orders there are in each state. Raises `Refused`."""
    counted = dict(_programme_orders(actor).values_list("state").annotate(Count("id")).order_by())
    return {state: counted.get(state, 0) for state in Order.State.values}


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
    to_people = _to_people(order)
    sent_by = next((one.by_id for one in steps if one.step == Order.State.SENT), None)
    return OrderView(
        order=_row(_readable(actor).get(pk=order.pk), clock.today(), actor),
        version=order.version,
        payer=order.payer.holder,
        payer_account=numbers.masked(order.payer),
        message_id=order.message_id or "",
        steps=tuple(StepTaken(one.step, one.by_name, one.at, one.reason) for one in steps),
        payments=tuple(map(payment_row, shown)),
        more_payments=max(count - SHOWN, 0),
        to_people=to_people,
        people_hidden=why_hidden() if any(one.cents is None for one in to_people) else None,
        next_step=step,
        may_take=bool(verb) and may(verb, actor, order.programme),
        took_one=took_one,
        has_file=bool(order.file_sealed) and sent_by is not None and sent_by == actor.user_id,
        may_recover=may("line.change", actor, order.programme),
    )


def _readable(actor: Actor) -> QuerySet[Order]:
    found = _programme_orders(actor).select_related("line").defer("file_sealed")
    return found.annotate(pays_few=pays_few())


def _programme_orders(actor: Actor) -> QuerySet[Order]:
    require("payment.read", actor)
    found = Order.objects.all()
    return found.filter(line__programme=actor.programme) if actor.programme else found


def _row(order: Order, today: date, actor: Actor) -> OrderRow:
    is_hidden = order.pays_few and not which(_STEPS, actor, order.programme)
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
        total_cents=None if is_hidden else order.total_cents,
        hidden=why_hidden() if is_hidden else None,
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
    found = order.payments.filter(account__person__isnull=False).order_by("state").values_list("state")
    persons = Count("account__person", distinct=True)
    groups = list(found.annotate(Count("id"), Sum("amount_cents"), persons))
    is_hidden = any(is_few(persons) for *_, persons in groups)
    return tuple(ToPeople(state, count, None if is_hidden else cents) for state, count, cents, _ in groups)
