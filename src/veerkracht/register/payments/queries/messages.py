"""What was read of the bank."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from veerkracht.register.payments.few import is_few, why_hidden
from veerkracht.register.payments.models import BankMessage, Payment
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.rulebook.types import Text

SHOWN = 50


@dataclass(frozen=True)
class MessageRow:
    """One message of the bank, and what it changed.

    Its amounts are null where they would tell what too few persons got; `hidden` says so.
    """

    id: int
    kind: str
    message_id: str
    at: datetime
    by: str
    paid: int
    paid_cents: int | None
    rejected: int
    rejected_cents: int | None
    pending: int
    hidden: Text | None
    fictitious: bool


def message_rows(actor: Actor, before: int | None = None, limit: int = SHOWN) -> list[MessageRow]:
    """What the bank said, the latest first, from after one on. Raises `Refused`: a message is about every programme."""
    require("payment.read", actor, EVERY_PROGRAMME)
    found = BankMessage.objects.order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[:limit])
    hidden = _of_few({one.pk for one in rows})
    return [_row(one, why_hidden() if one.pk in hidden else None) for one in rows]


def _row(one: BankMessage, hidden: Text | None) -> MessageRow:
    return MessageRow(
        id=one.pk,
        kind=one.kind,
        message_id=one.message_id,
        at=one.at,
        by=one.by_name,
        paid=one.paid,
        paid_cents=None if hidden else one.paid_cents,
        rejected=one.rejected,
        rejected_cents=None if hidden else one.rejected_cents,
        pending=one.pending,
        hidden=hidden,
        fictitious=one.fictitious,
    )


def _of_few(messages: Collection[int]) -> set[int]:
    """The messages about an order of which one message (or none yet) says something of too few persons: that amount
    would be what the total of the order leaves.
    """
    about = Payment.objects.filter(message__in=messages)
    to_persons = Payment.objects.filter(order__in=about.values("order"), account__person__isnull=False)
    groups = to_persons.order_by().values_list("order", "message", "state")
    counted = groups.annotate(Count("account__person", distinct=True))
    orders = {order for order, _, _, persons in counted if is_few(persons)}
    return set(about.filter(order__in=orders).values_list("message", flat=True).distinct())
