"""Networks of crisis shelters from what a region's file says, one for each draw of what is uncertain."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.inputs import Parameters, Uncertain, amounts, shares
from veerkracht.forecast.losses.network import LossNetwork, Searches, Zone
from veerkracht.forecast.services.supply import apportioned
from veerkracht.region.losses import LossZone, Shelters

_SHORTEST_STAY = 0.25  # days


@dataclass(frozen=True)
class Known:
    """What the register knows, and a file therefore need not assume: by zone, places there and searches a year.

    A zone that is not named has none. Empty: not known, and taken from the file.
    """

    places: Mapping[str, int] = field(default_factory=dict)
    searches: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """The uncertain numbers of the shelters in every draw: float64[draws], or [draws, zones] where it says so.

    `taken`: places that a family takes together; `together`: the share of the searches that is one. `used`: the numbers
    that were read.
    """

    searches: Real  # [draws, zones]
    places: Whole  # [draws, zones]
    days: Real
    turnover: Real
    near: Real
    together: Real
    taken: Whole
    used: tuple[Uncertain, ...]


def draw(shelters: Shelters, known: Known, on: date, draws: Draws) -> Drawn:
    """Draw what is uncertain on a day. Raises `ForecastFault` for a number that does not hold then."""
    numbers = Parameters(f"losses.{shelters.kind}", shelters.numbers, on)

    def value(id: str) -> Real:
        return amounts(draws.of(numbers.need(id)))

    def perhaps(id: str, otherwise: float) -> Real:
        return value(id) if numbers.has(id) else np.full(draws.runs, otherwise)

    return Drawn(
        searches=_by_zone(shelters, known.searches)
        if known.searches
        else np.outer(value("searches"), [zone.searches for zone in shelters.zones]),
        places=np.asarray(_by_zone(shelters, known.places), np.int64)
        if known.places
        else apportioned(np.round(value("places")), np.array([zone.places for zone in shelters.zones])),
        days=np.maximum(value("stay.days"), _SHORTEST_STAY),
        turnover=perhaps("turnover.days", 0.0),
        near=shares(value("near.share")),
        together=shares(perhaps("together.share", 0.0)),
        taken=np.asarray(np.round(np.maximum(perhaps("together.places", 1.0), 1.0)), np.int64),
        used=tuple(numbers.used.values()),
    )


def _by_zone(shelters: Shelters, known: Mapping[str, float]) -> Real:
    return np.array([[float(known.get(zone.id, 0.0)) for zone in shelters.zones]])


def networks(shelters: Shelters, drawn: Drawn) -> tuple[LossNetwork, ...]:
    """One network a draw: the same zones, searches and orders, with other numbers."""
    places = np.broadcast_to(drawn.places, (drawn.days.shape[0], len(shelters.zones)))
    return tuple(
        LossNetwork(
            tuple(Zone(zone.id, int(there)) for zone, there in zip(shelters.zones, places[run], strict=True)),
            tuple(_searches(shelters, drawn, run)),
        )
        for run in range(drawn.days.shape[0])
    )


def _searches(shelters: Shelters, drawn: Drawn, run: int) -> Iterator[Searches]:
    """Of each zone those who can go farther and those who can't, alone and together."""
    number = {zone.id: place for place, zone in enumerate(shelters.zones)}
    coming = np.broadcast_to(drawn.searches, (drawn.days.shape[0], len(shelters.zones)))
    together, near = drawn.together[run], drawn.near[run]
    for place, zone in enumerate(shelters.zones):
        for size, of_size in ((1, 1.0 - together), (int(drawn.taken[run]), together)):
            for order, of_order in (((place,), near), (_order(zone, number), 1.0 - near)):
                yield Searches(
                    zone.id,
                    order,
                    float(coming[run, place] * of_size * of_order),
                    float(drawn.days[run]),
                    size,
                    float(drawn.turnover[run]),
                )


def _order(zone: LossZone, number: Mapping[str, int]) -> tuple[int, ...]:
    """The zone itself and those in which is looked next, of those that have a number."""
    return tuple(number[id] for id in (zone.id, *zone.further) if id in number)
