"""People of a demo world whose own page a visitor may look at, with a code that is made on the spot."""

from django.db.models import QuerySet

from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text

# How far back in the group: neither at its front nor at its end, where a turn says most.
_BACK = 5


def personal_code(programme: str, group: int) -> str:
    """A fresh personal code of a fictitious person who waits in a priority group.

    Raises `Refused` where the days are real, or when nobody fictitious waits in that group, and `Invalid` when all who
    do have a code already.
    """
    of_group = Request.objects.filter(
        programme=programme, state="waiting", priority_group=group, complete=True, recognised=True
    )
    waiting = may_be_shown(of_group)
    if clock.demo_day() is not None and of_group.exists() and not waiting.exists():
        raise Invalid(
            Text(
                nl="Alle mensen van deze groep in de demo zijn al gekozen. Kies een andere groep.",
                en="All people in this group of the demo were taken already. Choose another group.",
            ),
            "group",
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
