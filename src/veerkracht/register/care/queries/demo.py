"""People of a demo world whose own page a visitor may look at, with a code that is made on the spot."""

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
    # Nobody who has a code already: a new one would end it.
    waiting = Request.objects.filter(
        programme=programme,
        state="waiting",
        priority_group=group,
        person__fictitious=True,
        person__restricted=False,
        person__codes=None,
        complete=True,
        recognised=True,
    )
    place = waiting.count() // _BACK
    found = list(waiting.select_related("person").order_by("priority_date", "id")[place : place + 1])
    if clock.demo_day() is None or not found:
        raise Refused()
    return codes.issue(found[0].person, by=Actor.for_command("demo"), days=30)
