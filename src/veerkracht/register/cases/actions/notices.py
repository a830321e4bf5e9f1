"""A user says that they have read what they were told."""

from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.sharing.models import Notice


def read_notices(*, by: Actor, up_to: int) -> int:
    """Put away the actor's own unread notices up to and including one by its id; how many there were."""
    mine = Notice.objects.filter(user=by.user_id, read_at=None, pk__lte=up_to)
    return mine.update(read_at=clock.now())
