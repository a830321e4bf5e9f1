"""The stays of a desk or a shelter: those whose norm is nearly over first, without a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from veerkracht.register import clock
from veerkracht.register.crisis.models import Search
from veerkracht.register.paging import last_seen
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.shelter.access import list_stays
from veerkracht.register.shelter.actions.alarms import may_be_near
from veerkracht.register.shelter.models import CrisisStay, Guest
from veerkracht.register.shelter.queries.clocks import ClockView, clocks_of
from veerkracht.register.supply.models import Hold
from veerkracht.rulebook.stay_terms import FINE

SHOWN, MOST_ALARMS = 20, 50
RUNNING, ENDED = "running", "ended"


@dataclass(frozen=True)
class StayRow:
    """A stay in a list: by the number of its search. `gone`: the service gave the place back, and nobody said how it
    ended.
    """

    id: int
    number: str
    kind: str
    service: str
    from_at: datetime
    adults: int
    children: tuple[int, ...]
    consent: str
    clocks: tuple[ClockView, ...]
    state: str
    ended_at: datetime | None
    end_reason: str
    gone: bool


@dataclass(frozen=True)
class StayPage:
    """`alarms`: stays that run and of which a clock is nearly over or over, the first due first, on the first page.

    `rows`: stays in the state that was asked, last begun first. `after`: what to ask for the next page; "" on the last.
    """

    alarms: tuple[StayRow, ...]
    rows: tuple[StayRow, ...]
    after: str


def stays(actor: Actor, *, state: str = RUNNING, after: str = "", size: int = SHOWN) -> StayPage:
    """The stays that an actor may know of, page by page.

    Raises `Refused` for who may see none, and `Invalid` for a page that isn't there.
    """
    found = _with_places(list_stays(actor))
    rows = found.filter(state=state).order_by("-from_at", "-pk")
    if last := last_seen(rows, after):
        rows = rows.filter(_beyond(last))
    page = list(rows[: size + 1])
    urgent = [] if after else list(near(found)[:MOST_ALARMS])
    people = _people([*page[:size], *urgent])
    now = clock.now()
    alarms = tuple(row for row in (_row(stay, people, now) for stay in urgent) if _is_near(row))
    shown = tuple(_row(stay, people, now) for stay in page[:size])
    return StayPage(alarms, shown, str(page[size - 1].pk) if len(page) > size else "")


def stay_after(actor: Actor, search: Search) -> int | None:
    """The stay that a search led to, for who may know of it: its id; None when there is none yet."""
    if not may("shelter.read", actor, actor.programme):
        return None
    return list_stays(actor).filter(search=search).values_list("pk", flat=True).first()


def alarms(actor: Actor) -> tuple[StayRow, ...]:
    """Every running stay of which a clock is nearly over or over, the first due first. For the command."""
    found = near(_with_places(list_stays(actor)))
    rows = list(found)
    people, now = _people(rows), clock.now()
    return tuple(row for row in (_row(stay, people, now) for stay in rows) if _is_near(row))


def near(stays: QuerySet[CrisisStay]) -> QuerySet[CrisisStay]:
    """Of running stays those of which a clock may be near its end, the first due first: never fewer than are."""
    return stays.filter(may_be_near(clock.now())).order_by(_first_due(), "pk")


def _first_due() -> Least:
    # On SQLite the least of nothing and something is nothing: the other one stands in for a clock that does not run.
    return Least(Coalesce("due_at", "consent_due_at"), Coalesce("consent_due_at", "due_at"))


def _is_near(row: StayRow) -> bool:
    return any(one.level != FINE for one in row.clocks)


def _with_places(stays: QuerySet[CrisisStay]) -> QuerySet[CrisisStay]:
    live = Hold.objects.filter(of_search__search=OuterRef("search"), state=Hold.State.CONFIRMED)
    return stays.annotate(has_place=Exists(live))


def _people(stays: Iterable[CrisisStay]) -> dict[int, list[Guest]]:
    found: dict[int, list[Guest]] = {}
    for guest in Guest.objects.filter(stay__in=[stay.pk for stay in stays]).order_by("sequence"):
        found.setdefault(guest.stay_id, []).append(guest)
    return found


def _row(stay: CrisisStay, people: dict[int, list[Guest]], now: datetime) -> StayRow:
    guests = people.get(stay.pk, [])
    return StayRow(
        id=stay.pk,
        number=stay.search.number,
        kind=stay.kind,
        service=stay.service.name,
        from_at=stay.from_at,
        adults=sum(one.role == Guest.Role.ADULT for one in guests),
        children=tuple(sorted(one.age or 0 for one in guests if one.role == Guest.Role.CHILD)),
        consent=stay.consent,
        clocks=clocks_of(stay, now),
        state=stay.state,
        ended_at=stay.ended_at,
        end_reason=stay.end_reason,
        gone=stay.state == RUNNING and not stay.has_place,
    )


def _beyond(last: CrisisStay) -> Q:
    return Q(from_at__lt=last.from_at) | Q(from_at=last.from_at, pk__lt=last.pk)
