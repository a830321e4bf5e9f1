"""Tells users what happened on a case of theirs. Written with what happened, so nobody is told of what did not."""

from collections.abc import Iterable

from veerkracht.register import clock
from veerkracht.register.people.models import Person, User
from veerkracht.register.sharing.models import Notice


def tell(
    users: Iterable[User], kind: str, person: Person | None = None, about: str = "", **text: str
) -> list[Notice]:
    """One unread notice to each user. `kind` chooses the sentence, which pages fill with `text`; `about`: the number
    of what it is about. No names of persons whose file it is: `person` is shown to who may still see them.
    """
    at = clock.now()
    once = {user.pk: user for user in users}.values()
    return Notice.objects.bulk_create(
        Notice(user=user, person=person, kind=kind, about=about, text=text, at=at) for user in once
    )
