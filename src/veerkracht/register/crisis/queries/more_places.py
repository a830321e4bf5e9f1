"""What one more crisis place buys: for who plans, by the region's file or by what the register holds.

Numbers by zone of the desk only, which is a province or so; of a secret place nothing more than that its zone has it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count

from veerkracht import region
from veerkracht.forecast.losses import Asked, Known, MorePlaces, more_places, shelters_of
from veerkracht.region.losses import Shelters
from veerkracht.register import clock
from veerkracht.register.care.queries.kept import is_there, kept
from veerkracht.register.care.queries.underway import PATIENCE, Underway, soon
from veerkracht.register.crisis.models import Search, Shelter
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.supply.queries.capacity import capacity
from veerkracht.rulebook.now import BEDS
from veerkracht.rulebook.types import Text

FILE, REGISTER = "file", "register"
RUNS = 100
_YEAR = timedelta(days=365)
# With fewer searches in a year a forecast would rest on chance, and its numbers could point at somebody.
FEWEST_SEARCHES = 20
_NO_PLACES = Text(
    nl="Het register kent geen open plaats van deze soort.",
    en="The register holds no open place of this kind.",
)


@dataclass(frozen=True)
class Registered:
    """What the register holds of a kind of place, by zone. `searches`: of the past year; empty when in some zone fewer
    than `FEWEST_SEARCHES` were made: the file's are then used."""

    places: dict[str, int]
    searches: dict[str, float]


def kinds(actor: Actor) -> list[Shelters]:
    """The kinds of places of which the region says enough. Raises `Refused`."""
    require("figures.read", actor, actor.programme)
    return list(region.current().losses.values())


def left_aside(actor: Actor) -> list[Text]:
    """The other kinds of help of the desk that fill a bed: of these the region says too little. Raises `Refused`."""
    require("figures.read", actor, actor.programme)
    here = region.current()
    if here.crisis is None:
        return []
    return [
        kind.name for kind in here.crisis.kinds.values() if kind.fills == BEDS and kind.id not in here.losses
    ]


def bought(actor: Actor, kind: str, by: str = FILE) -> MorePlaces | Underway:
    """What one more place of a kind buys in each zone, or how far it is: ask again. `by`: `FILE` or `REGISTER`.

    Raises `Refused`, `Invalid` for the register when it holds no such place, and `ForecastFault` for a kind of which
    the region says too little. Where nothing is kept it raises the faults of `more_places` too; else they are told.
    """
    require("figures.read", actor, actor.programme)
    shelters = shelters_of(region.current(), kind)
    held = registered(actor, kind) if by == REGISTER else Registered({}, {})
    asked = Asked(clock.today(), RUNS, known=Known(held.places, held.searches))
    key = ("more places", kind, held)
    return soon(
        repr(key),
        lambda: is_there(key),
        lambda _: kept(key, lambda: more_places(shelters, asked), is_short=True),
        PATIENCE,
    )


def registered(actor: Actor, kind: str) -> Registered:
    """What the register holds of a kind of place; three queries more than those of `capacity`.

    Raises `Refused`, and `Invalid` when it holds no open place of it.
    """
    require("figures.read", actor, actor.programme)
    places = _places(kind)
    if not sum(places.values()):
        raise Invalid(_NO_PLACES, "by")
    since = clock.now() - _YEAR
    counted = Search.objects.filter(kind=kind, made_at__gte=since).values_list("zone").annotate(Count("pk"))
    searches = {zone: float(count) for zone, count in counted}
    enough = all(searches.get(zone, 0) >= FEWEST_SEARCHES for zone in places)
    return Registered(places, searches if enough else {})


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
