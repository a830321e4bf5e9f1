"""A home's own list: who waits in which place, who is there for later, and who stands aside."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import access
from veerkracht.register.lists.models import STANDING, Entry
from veerkracht.register.lists.queries.ranking import ranked
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import kept_from
from veerkracht.register.supply.access import get_service
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Line:
    """Somebody on the list. `place`: None for who takes no part now. Who comes together has one place."""

    entry_id: int
    request: str
    name: str
    place: int | None
    points: int | None
    state: str
    when_ready: str
    registered_on: date
    list_date: date


@dataclass(frozen=True)
class HomeList:
    """The list of a home on a day: who takes part in order, then the others by date. `fault`: why nobody has a place;
    no text when that can be told.
    """

    service: Service
    on: date
    lines: tuple[Line, ...]
    fault: Text


def of_home(actor: Actor, service_id: int, *, ward: str = "") -> HomeList:
    """For who keeps that list: of their own home and no other; the look is logged. A fixed number of queries.

    Who is in a restricted file that the actor is not named in is not shown; the places of others stay as they are.
    Raises `Refused`, the same whether the home is there or not theirs; `Invalid` for a ward that isn't there.
    """
    service, on = get_service(actor, service_id), clock.today()
    entries = access.list_entries(actor, service).filter(state__in=STANDING)
    found = entries.exclude(request__person__in=kept_from(actor)).select_related("request__person")
    fault, places = Text(), {}
    try:
        places = {one.entry_id: (one.rank, one.points) for one in ranked(service, ward=ward, on=on)}
    except Invalid as invalid:
        if invalid.field == "ward":
            raise
        fault = invalid.text
    lines = [_line(entry, *places.get(entry.pk, (None, None))) for entry in found]
    lines.sort(key=lambda line: (line.place is None, line.place or 0, line.list_date, line.entry_id))
    return HomeList(service, on, tuple(lines), fault)


def _line(entry: Entry, place: int | None, points: int | None) -> Line:
    return Line(
        entry_id=entry.pk,
        request=entry.request.number,
        name=str(entry.request.person),
        place=place,
        points=points,
        state=entry.state,
        when_ready=entry.when_ready,
        registered_on=entry.registered_on,
        list_date=entry.list_date,
    )
