"""Messages to the helpline, as those who answer read them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.paging import NO_PAGE, whole
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter.access import get_message, list_messages
from veerkracht.register.shelter.actions.contacts import written_in
from veerkracht.register.shelter.models import ContactMessage

SHOWN = 20


@dataclass(frozen=True)
class MessageRow:
    """A message in a list: never what was written. `late`: no answer yet, and the norm has passed."""

    id: int
    received_at: datetime
    kind: str
    sender: str
    area: str
    answer_by: datetime
    answered_at: datetime | None
    late: bool


@dataclass(frozen=True)
class MessagePage:
    """`after`: what to ask for the next page; "" on the last."""

    rows: tuple[MessageRow, ...]
    after: str


@dataclass(frozen=True)
class MessageView:
    """`row`: to hand to an action."""

    row: ContactMessage
    text: str
    way_back: str
    answer: str


def messages(actor: Actor, *, answered: bool = False, after: str = "", size: int = SHOWN) -> MessagePage:
    """Messages that wait for an answer, the oldest first; or those that have one, the last first.

    Raises `Refused` for who may read none, and `Invalid` for a page that isn't there.
    """
    found = list_messages(actor).filter(answered_at__isnull=not answered, cleared_at=None)
    found = found.order_by("-pk" if answered else "pk")
    if after:
        last = whole(after)
        if last is None:
            raise Invalid(NO_PAGE, "after")
        found = found.filter(Q(pk__lt=last) if answered else Q(pk__gt=last))
    page, now = list(found[: size + 1]), clock.now()
    return MessagePage(
        tuple(_row(one, now) for one in page[:size]), str(page[size - 1].pk) if len(page) > size else ""
    )


def message(actor: Actor, id: int) -> MessageView:
    """One message with what was written. Raises `Refused`, the same whether it exists or not; the look is logged."""
    row = get_message(actor, id)
    return MessageView(row, *written_in(row))


def _row(one: ContactMessage, now: datetime) -> MessageRow:
    return MessageRow(
        one.pk,
        one.received_at,
        one.kind,
        one.sender,
        one.area,
        one.answer_by,
        one.answered_at,
        late=one.answered_at is None and now > one.answer_by,
    )
