"""A home's own list: who waits in which place, who is there for later, and who stands aside."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import access
from veerkracht.register.lists.models import STANDING, Entry
from veerkracht.register.lists.queries.ranking import Ranked, ranked
from veerkracht.register.lists.queries.together import marks_of
from veerkracht.register.lists.rules import gives_points, wards_of
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import kept_from
from veerkracht.register.supply.access import get_service
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.home_rules import Ward
from veerkracht.rulebook.types import Text

SHOWN = 50


@dataclass(frozen=True)
class Line:
    """Somebody on the list. `place`: None for who takes no part now. Who comes together has one place.

    `to_check`: they told something themselves that the home has not looked at yet. `answer_by`: they were asked again,
    and until then an answer is waited for. `together`: comes "together" with somebody, or "asked" to.
    """

    entry_id: int
    request: str
    name: str
    place: int | None
    points: int | None
    state: str
    when_ready: str
    registered_on: date
    list_date: date
    to_check: bool
    answer_by: date | None
    together: str


@dataclass(frozen=True)
class HomeList:
    """The list of a home on a day: who takes part in order, then the others by date. `fault`: why nobody has a place;
    no text when that can be told. `how_many`: on the whole list, `to_check`: of how many something is to check.
    `uses_points`: whether the home's rules give any. `after`: what to ask for the next page; "" on the last.
    """

    service: Service
    on: date
    lines: tuple[Line, ...]
    fault: Text
    wards: tuple[Ward, ...]
    uses_points: bool
    how_many: int
    to_check: int
    after: str


def of_home(
    actor: Actor, service_id: int, *, ward: str = "", after: str = "", size: int | None = None
) -> HomeList:
    """For who keeps that list: of their own home and no other; the look is logged. A fixed number of queries.

    `size`: how many on a page; None for all. Who is in a restricted file that the actor is not named in is not shown;
    the places of others stay as they are. Raises `Refused`, the same whether the home is there or not theirs; `Invalid`
    for a ward or a page that isn't there.
    """
    service, on = get_service(actor, service_id), clock.today()
    entries = access.list_entries(actor, service).filter(state__in=STANDING)
    known = list(entries.exclude(request__person__in=kept_from(actor)).order_by("list_date", "pk"))
    fault, places = Text(), {}
    try:
        places = {one.entry_id: one for one in ranked(service, ward=ward, on=on)}
    except Invalid as invalid:
        if invalid.field == "ward":
            raise
        fault = invalid.text
    # In order of place; the others keep the order of their dates.
    known.sort(key=lambda entry: (entry.pk not in places, places[entry.pk].rank if entry.pk in places else 0))
    start = _start(known, after)
    shown = known[start : start + size] if size else known[start:]
    is_last = start + len(shown) == len(known)
    return HomeList(
        service=service,
        on=on,
        lines=_lines(shown, places),
        fault=fault,
        wards=wards_of(service, on),
        uses_points=gives_points(service, on),
        how_many=len(known),
        to_check=sum(entry.to_check for entry in known),
        after="" if is_last else str(shown[-1].pk),
    )


def _start(known: list[Entry], after: str) -> int:
    if not after:
        return 0
    found = next((number for number, entry in enumerate(known, 1) if str(entry.pk) == after), None)
    if found is None:
        raise Invalid(
            Text(
                nl="Deze bladzijde bestaat niet meer. Begin weer bij de eerste.",
                en="There is no such page any more. Start again at the first.",
            ),
            "after",
        )
    return found


def _lines(shown: list[Entry], places: dict[int, Ranked]) -> tuple[Line, ...]:
    named = Entry.objects.select_related("request__person").in_bulk([entry.pk for entry in shown])
    marks = marks_of([entry.request for entry in named.values()])
    return tuple(
        _line(named[entry.pk], places.get(entry.pk), marks.get(entry.request_id, "")) for entry in shown
    )


def _line(entry: Entry, there: Ranked | None, together: str) -> Line:
    return Line(
        entry_id=entry.pk,
        request=entry.request.number,
        name=str(entry.request.person),
        place=there.rank if there else None,
        points=there.points if there else None,
        state=entry.state,
        when_ready=entry.when_ready,
        registered_on=entry.registered_on,
        list_date=entry.list_date,
        to_check=entry.to_check,
        answer_by=entry.answer_by,
        together=together,
    )
