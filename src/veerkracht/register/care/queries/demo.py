"""People of a demo world whose own page a visitor may look at, with a code that is made on the spot."""

from django.db.models import QuerySet

from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Refused
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor

# How far back in the group: neither at its front nor at its end, where a turn says most.
_BACK = 5


def personal_code(programme: str, group: int) -> str:
    """A fresh personal code of a fictitious person who waits in a priority group.

    Raises `Refused` where the days are real, or when nobody fictitious waits in that group.
    """
    waiting = may_be_shown(Request.objects.filter(programme=programme)).filter(
        state="waiting", priority_group=group, complete=True, recognised=True
    )
    place = waiting.count() // _BACK
    return fresh_code(waiting.order_by("priority_date", "id")[place : place + 1])


def may_be_shown(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Those of fictitious people whose page anybody may look at."""
    # Nobody who has a code already: a new one would end it.
    return requests.filter(person__fictitious=True, person__restricted=False, person__codes=None)


def fresh_code(requests: QuerySet[Request]) -> str:
    """A new personal code of whose request comes first; `Refused` where there is none, or the days are real."""
    found = requests.select_related("person").first()
    if clock.demo_day() is None or found is None:
        raise Refused()
    return codes.issue(found.person, by=Actor.for_command("demo"), days=30)
