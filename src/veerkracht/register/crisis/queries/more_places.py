"""What one more crisis place buys: for who plans, by the region's file or by what the register holds.

Numbers by zone of the desk only, which is a province or so; of a secret place nothing more than that its zone has it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from veerkracht import region
from veerkracht.forecast.losses import Asked, Known, MorePlaces, more_places, shelters_of
from veerkracht.region.losses import Shelters
from veerkracht.register import clock
from veerkracht.register.care.queries.kept import is_there, kept
from veerkracht.register.care.queries.underway import PATIENCE, Underway, soon
from veerkracht.register.crisis.models import Search, Shelter
from veerkracht.register.crisis.queries.counted_kinds import FEWEST_SEARCHES, YEAR, counted
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.supply.queries.capacity import capacity
from veerkracht.rulebook.types import Text

FILE, REGISTER = "file", "register"
RUNS = 100
_NO_PLACES = Text(
    nl="Het register kent geen open plaats van deze soort.",
    en="The register holds no open place of this kind.",
)


@dataclass(frozen=True)
class Registered:
    """What the register holds of a kind of place, by zone. `searches`: a year, by those of the past year; empty when in
    some zone fewer than `FEWEST_SEARCHES` were made: the file's are then used."""

    places: dict[str, int]
    searches: dict[str, float]


@dataclass(frozen=True)
class Kinds:
    """The kinds of places that are reckoned: `filed` by the region's file or by the register, `counted` by the register
    alone. `left_aside`: the names of the desk's other kinds of help, each with why it can't be.
    """

    filed: tuple[Shelters, ...] = ()
    counted: tuple[Shelters, ...] = ()
    left_aside: tuple[tuple[Text, Text], ...] = ()

    @property
    def all(self) -> tuple[Shelters, ...]:
        return (*self.filed, *self.counted)


def kinds(actor: Actor) -> Kinds:
    """What is reckoned of the desk's kinds of help; four queries. Raises `Refused`."""
    require("figures.read", actor, actor.programme)
    here = region.current()
    filed = tuple(here.losses.values())
    if here.crisis is None:
        return Kinds(filed)
    said = counted(here.crisis, [id for id in here.crisis.kinds if id not in here.losses])
    return Kinds(
        filed,
        tuple(one for one in said.values() if isinstance(one, Shelters)),
        tuple((here.crisis.kinds[id].name, why) for id, why in said.items() if isinstance(why, Text)),
    )


def bought(actor: Actor, kind: str, by: str = FILE) -> MorePlaces | Underway:
    """What one more place of a kind buys in each zone, or how far it is: ask again. `by`: `FILE` or `REGISTER`; a kind
    that only the register counts is reckoned by it, whatever is asked.

    Raises `Refused`, `Invalid` for the register when it holds no such place, and `ForecastFault` for a kind of which
    the region says too little. Where nothing is kept it raises the faults of `more_places` too; else they are told.
    """
    require("figures.read", actor, actor.programme)
    counted_one = next((one for one in kinds(actor).counted if one.kind == kind), None)
    shelters = counted_one or shelters_of(region.current(), kind)
    held = registered(actor, kind) if counted_one or by == REGISTER else Registered({}, {})
    asked = Asked(clock.today(), RUNS, known=Known(held.places, held.searches))
    key = ("more places", kind, held, counted_one and counted_one.numbers)
    return soon(
        repr(key),
        lambda: is_there(key),
        lambda _: kept(key, lambda: more_places(shelters, asked), is_short=True),
        PATIENCE,
    )


def registered(actor: Actor, kind: str) -> Registered:
    """What the register holds of a kind of place; four queries more than those of `capacity`.

    Raises `Refused`, and `Invalid` when it holds no open place of it.
    """
    require("figures.read", actor, actor.programme)
    places = _places(kind)
    if not sum(places.values()):
        raise Invalid(_NO_PLACES, "by")
    found = dict(
        _searches_since(clock.now() - YEAR).filter(kind=kind).values_list("zone").annotate(Count("pk"))
    )
    if any(found.get(zone, 0) < FEWEST_SEARCHES for zone in places):
        return Registered(places, {})
    a_year = YEAR / _span()
    return Registered(places, {zone: round(count * a_year, 1) for zone, count in found.items()})


def _searches_since(at: datetime) -> QuerySet[Search]:
    return Search.objects.filter(made_at__gte=at)


def _span() -> timedelta:
    """For how much of the past year desks have registered searches: a year, or whole days since their first one."""
    first = _searches_since(clock.now() - YEAR).aggregate(first=Min("made_at"))["first"]
    return min(YEAR, timedelta(days=(clock.now() - first).days + 1))


def _places(kind: str) -> dict[str, int]:
    """Open places by zone, of services that give this kind of help."""
    shelters = Shelter.objects.select_related("service")
    services = [one.service for one in shelters if kind in one.kinds]
    found, crisis = capacity(services), region.current().crisis
    places: Counter[str] = Counter({zone.id: 0 for zone in crisis.zones.values()} if crisis else {})
    for service in services:
        zone = crisis.zone_of(service.area) if crisis else None
        if zone:
            places[zone.id] += found[service.pk].open
    return dict(places)
