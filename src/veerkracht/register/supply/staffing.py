"""Whether there is staff for a place: the norm of the region on what the counts of a service say.

A service of a kind of help without a norm, or without a count of every profession that the norm asks for, is not
known to be short, so it is not held back.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from django.db.models import Exists, Expression, F, OuterRef, Q

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.errors import Conflict
from veerkracht.register.supply.models import Hold, Service, Staffing, Unit, UnitClosure
from veerkracht.rulebook import staffing as rules
from veerkracht.rulebook.staffing import Norm
from veerkracht.rulebook.types import Text

NO_STAFF = Text(
    nl="Voor deze plaats is er geen personeel. Bij {service}: open plaatsen {open}, bemand {staffed}, ingenomen of "
    "vastgehouden {taken}.",
    en="There is no staff for this place. At {service}: open places {open}, staffed {staffed}, taken or held {taken}.",
)


def norms_of(programme: str, on: date) -> tuple[Norm, ...]:
    """The staff norms of a kind of help on a day; none when the region knows none."""
    supply = region.current().supplies.get(programme)
    return rules.in_force(supply.norms, on) if supply else ()


def locked_service(id: int) -> Service:
    """A service, held until the end of the transaction: its staff and who takes its places change one after another."""
    # Whoever only refers to the service need not wait.
    return Service.objects.select_for_update(no_key=True).get(pk=id)


def keep(service: Service, profession: str, holds_from: date, fte_hundredths: int | None) -> None:
    """Keep what a count says of a service's staff, in the transaction of that count."""
    Staffing.objects.update_or_create(
        service=service,
        profession=profession,
        holds_from=holds_from,
        defaults={"fte_hundredths": fte_hundredths, "recorded_at": clock.now()},
    )


@dataclass(frozen=True)
class Known:
    """The staff of a service on a day: by profession, and the oldest of the days on which these were counted."""

    fte: Mapping[str, Fraction]
    counted_on: date | None


NOTHING = Known({}, None)


def known(services: Collection[int], on: date) -> dict[int, Known]:
    """What the latest counts on or before a day say, by service; one query."""
    rows = Staffing.objects.filter(service__in=services, holds_from__lte=on).order_by("holds_from")
    latest: dict[int, dict[str, tuple[int | None, date]]] = {}
    for service, profession, day, hundredths in rows.values_list(
        "service", "profession", "holds_from", "fte_hundredths"
    ):
        latest.setdefault(service, {})[profession] = (hundredths, day)
    return {service: _known(counts) for service, counts in latest.items()}


def _known(counts: Mapping[str, tuple[int | None, date]]) -> Known:
    fte = {one: Fraction(found, 100) for one, (found, _day) in counts.items() if found is not None}
    return Known(fte, min(day for _found, day in counts.values()))


def in_the_way(at: datetime | Expression | None = None) -> Q:
    """Holds that keep a place from others at a moment (now): stays, and those whose time is not up."""
    return Q(state="confirmed") | Q(state="held", until__gt=at or clock.now())


def open_on(on: date | Expression) -> Q:
    """Places that are there on a day, closed for a while or not."""
    return Q(from_date__lte=on) & (Q(until_date=None) | Q(until_date__gte=on))


def closed_on(on: date) -> Q:
    """Closures in force on a day."""
    return Q(from_date__lte=on) & (Q(reopens_on=None) | Q(reopens_on__gt=on))


def closed_or_to_close(on: date) -> Q:
    """Closures that are in force on a day or begin later."""
    is_later = Q(from_date__gt=on) & (Q(reopens_on=None) | Q(reopens_on__gt=F("from_date")))
    return closed_on(on) | is_later


def free_of_closure(on: date) -> Q:
    """Places that are not closed for a while on a day."""
    return ~Exists(UnitClosure.objects.filter(closed_on(on), unit=OuterRef("pk")))


@dataclass(frozen=True)
class Room:
    """The open places of a service by their kinds, those in use and those free, and the staff there is by norm."""

    norms: tuple[Norm, ...]
    there_is: Mapping[str, Fraction]
    taken: tuple[str, ...]
    free: tuple[str, ...]

    def fits(self) -> list[bool]:
        """Of the free places, in their order, which can be offered beside those before them."""
        return list(self._fits)

    def takes(self, kind: str) -> bool:
        """Whether one more place of this kind can be taken."""
        return rules.staffed(self.norms, [kind], self._left) == [True]

    def staffed(self) -> int:
        """How many of the open places there is staff for."""
        return sum(rules.staffed(self.norms, self.taken, self.there_is)) + sum(self._fits)

    def missing(self) -> dict[str, Fraction]:
        """By norm, the full-time equivalents that are short to keep all open places open."""
        asked = rules.needed(self.norms, [*self.taken, *self.free])
        return {id: max(Fraction(), one - self.there_is[id]) for id, one in asked.items()}

    # A planner's page asks this of hundreds of homes, more than once of each.
    @cached_property
    def _fits(self) -> tuple[bool, ...]:
        return tuple(rules.staffed(self.norms, self.free, self._left))

    @cached_property
    def _left(self) -> dict[str, Fraction]:
        return rules.left_after(self.norms, self.taken, self.there_is)


def room_of(programme: str, places: Iterable[tuple[str, bool]], staff: Known, on: date) -> Room | None:
    """What fits in a service; None when no norm holds or the staff that it asks for is not known.

    `places`: the open ones, each its kind and whether it is taken or held.
    """
    return room_by(norms_of(programme, on), places, staff)


def room_by(norms: tuple[Norm, ...], places: Iterable[tuple[str, bool]], staff: Known) -> Room | None:
    """As `room_of`, by the norms that hold."""
    there_is = rules.available(norms, staff.fte) if norms else None
    if there_is is None:
        return None
    rows = list(places)
    taken = tuple(kind for kind, is_taken in rows if is_taken)
    return Room(norms, there_is, taken, tuple(kind for kind, is_taken in rows if not is_taken))


def require_staff(unit: Unit) -> None:
    """Raise `Conflict` when the staff of a service is taken up by its places that are taken or held.

    Inside the transaction that takes the place. The service is locked after its place, by everybody, so that of two who
    want the last staffed place one goes first and the other sees that.
    """
    today = clock.today()
    if not norms_of(unit.service.programme, today):
        return
    service = locked_service(unit.service_id)
    busy = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    # A closed place needs no staff, unless somebody is in it still.
    units = Unit.objects.filter(open_on(today), service=service).order_by("id")
    units = units.filter(Exists(busy) | free_of_closure(today))
    places = units.annotate(busy=Exists(busy)).values_list("kind", "busy")
    room = room_of(service.programme, places, known([service.pk], today).get(service.pk, NOTHING), today)
    if room is None or room.takes(unit.kind):
        return
    numbers = {"open": len(room.taken) + len(room.free), "staffed": room.staffed(), "taken": len(room.taken)}
    raise Conflict(NO_STAFF.fill(service=service.name, **numbers))
