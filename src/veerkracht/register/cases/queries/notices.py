"""What a user was told and has not put away."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from veerkracht.register.cases.queries.shared import OF_CASE
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import restricted
from veerkracht.register.sharing.models import Notice

SIZE = 50
# A badge says "99+" beyond this.
MANY = 100


@dataclass(frozen=True)
class NoticeView:
    """`person_number`: whom it is about; "" for nobody, or who may no longer be known."""

    id: int
    kind: str
    about: str
    person_number: str
    text: dict[str, str]
    at: datetime
    is_read: bool


def notices(actor: Actor, after: str = "") -> tuple[tuple[NoticeView, ...], str]:
    """The actor's own notices, unread and read, last first; and the id to go on from, "" at the end."""
    rows = Notice.objects.filter(user=actor.user_id).exclude(_hidden(actor)).select_related("person")
    if last := whole(after):
        rows = rows.filter(pk__lt=last)
    found = list(rows.order_by("-id")[: SIZE + 1])
    shown = tuple(
        NoticeView(
            id=row.pk,
            kind=row.kind,
            about=row.about,
            person_number=row.person.number if row.person else "",
            text=row.text,
            at=row.at,
            is_read=row.read_at is not None,
        )
        for row in found[:SIZE]
    )
    return shown, str(shown[-1].id) if len(found) > SIZE else ""


def unread(actor: Actor) -> int:
    """How many notices wait, counted no further than `MANY`. One query."""
    if actor.user_id is None:
        return 0
    waiting = Notice.objects.filter(user=actor.user_id, read_at=None).exclude(_hidden(actor))
    return waiting.order_by()[:MANY].count()


def _hidden(actor: Actor) -> Q:
    """What is about restricted people in whose file the actor is not named: not even that there is something."""
    return Q(person__isnull=False) & restricted(actor, OF_CASE)
