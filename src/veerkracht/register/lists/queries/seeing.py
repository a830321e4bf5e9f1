"""Which homes see somebody, since they are on their lists: for the person and who speaks for them."""

from veerkracht.register.care.access import whom
from veerkracht.register.lists.models import STANDING, Entry
from veerkracht.register.people.actors import Actor


def homes_that_see(actor: Actor, number: str = "") -> tuple[str, ...]:
    """The names of the homes on whose lists the actor, or the person with this number for whom they speak, stands.

    None for who has a shielded file: then only who is named in it sees them. Raises `Refused` for anybody else.
    """
    person = whom(actor, number)
    if person.restricted:
        return ()
    standing = Entry.objects.filter(request__person=person, state__in=STANDING)
    return tuple(standing.order_by("service__name").values_list("service__name", flat=True).distinct())
