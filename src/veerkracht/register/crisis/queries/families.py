"""Whether the same family is known at another desk. Only a hint, and only of who is known by name at both."""

from dataclasses import dataclass
from datetime import datetime

from veerkracht.register.crisis import access, identities
from veerkracht.register.crisis.models import KnownPerson, Search
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor


@dataclass(frozen=True)
class Elsewhere:
    """A live search for people with the same name and birth date: since when, and whether a place is held or found.

    Not which desk, not where: who has to know calls the other desks.
    """

    since: datetime
    has_a_place: bool


def same_family_elsewhere(actor: Actor, search: Search) -> list[Elsewhere]:
    """Other live searches for the people of a search of one's own desk, last first. Anonymous calls match nobody."""
    access.require_desk("search.place", actor, search.call)
    record(actor, "search", "family", detail={"search": search.number})
    marks = identities.marks_of(identities.known(search.call))
    if not marks:
        return []
    calls = KnownPerson.objects.filter(mark__in=marks).exclude(call=search.call_id).values("call")
    live = Search.objects.filter(
        call__in=calls, state__in=[Search.State.OPEN, Search.State.HELD, Search.State.PLACED]
    )
    return [
        Elsewhere(made_at, state != Search.State.OPEN)
        for made_at, state in live.order_by("-made_at").values_list("made_at", "state")
    ]
