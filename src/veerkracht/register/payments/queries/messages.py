"""What was read of the bank."""

from dataclasses import dataclass
from datetime import datetime

from veerkracht.register.payments.models import BankMessage
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, require

SHOWN = 50


@dataclass(frozen=True)
class MessageRow:
    """One message of the bank, and what it changed."""

    id: int
    kind: str
    message_id: str
    at: datetime
    by: str
    paid: int
    paid_cents: int
    rejected: int
    rejected_cents: int
    pending: int
    fictitious: bool


def message_rows(actor: Actor, before: int | None = None, limit: int = SHOWN) -> list[MessageRow]:
    """What the bank said, the latest first, from after one on. Raises `Refused`: a message is about every programme."""
    require("payment.read", actor, EVERY_PROGRAMME)
    found = BankMessage.objects.order_by("-id")
    if before is not None:
        found = found.filter(pk__lt=before)
    return [
        MessageRow(
            one.pk,
            one.kind,
            one.message_id,
            one.at,
            one.by_name,
            one.paid,
            one.paid_cents,
            one.rejected,
            one.rejected_cents,
            one.pending,
            one.fictitious,
        )
        for one in found[:limit]
    ]
