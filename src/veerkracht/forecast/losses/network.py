"""A loss network: zones with places, and searches for a place that overflow from zone to zone, or find none.

The desk looks in the zones of a search in their order; in a zone it finds whatever is free. It is played by the engine
of places and cases (`forecast.services`), in which nobody can wait; there is no second engine.
"""

from dataclasses import dataclass, replace

import numpy as np

from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.services import layout
from veerkracht.forecast.services.layout import YEAR, Inputs, Tables
from veerkracht.forecast.services.runs import Raw, play_all
from veerkracht.rulebook.types import Text

# A network in balance forgets how it began after some stays; so many of the longest mean stay are not counted.
_FORGOTTEN = 8.0
_NOT_POSSIBLE = Text(
    "{what} van {id} is {value}: dat kan niet.",
    "{what} of {id} is {value}: that can't be.",
)
_NOWHERE = Text(
    "De zoekvraag {id} noemt geen zone, of een zone die er niet is.",
    "The search {id} names no zone, or one that is not there.",
)
_A_YEAR = Text("Het aantal per jaar", "The number a year")
_DAYS = Text("De duur in dagen", "The length in days")
_TAKEN = Text("Het aantal plaatsen samen", "The number of places together")
_PLACES = Text("Het aantal plaatsen", "The number of places")


@dataclass(frozen=True, slots=True)
class Zone:
    """Places among which the desk chooses freely."""

    id: str
    places: int


@dataclass(frozen=True, slots=True)
class Searches:
    """Searches of one kind from one zone: `a_year` of them, at random moments.

    `order`: the numbers of the zones in which is looked, the own zone first. `days`: mean length of a stay,
    `turnover`: days before its places are free for the next. `taken`: places taken together (a family is whole).
    """

    id: str
    order: tuple[int, ...]
    a_year: float
    days: float
    taken: int = 1
    turnover: float = 0.0


@dataclass(frozen=True)
class LossNetwork:
    """Raises `ForecastFault` for a network that can't be."""

    zones: tuple[Zone, ...]
    searches: tuple[Searches, ...]

    def __post_init__(self) -> None:
        for zone in self.zones:
            _possible(_PLACES, zone.id, zone.places, 0)
        for one in self.searches:
            _possible(_A_YEAR, one.id, one.a_year, 0)
            _possible(_DAYS, one.id, one.days, 1e-6)
            _possible(_TAKEN, one.id, one.taken, 1)
            if not one.order or not set(one.order) <= set(range(len(self.zones))):
                raise ForecastFault(_NOWHERE.fill(id=one.id))

    def with_more(self, zone: int, places: int = 1) -> "LossNetwork":
        """The same network with more places in a zone."""
        grown = replace(self.zones[zone], places=self.zones[zone].places + places)
        return replace(self, zones=(*self.zones[:zone], grown, *self.zones[zone + 1 :]))


def _possible(what: Text, id: str, value: float, least: float) -> None:
    if not value >= least:
        raise ForecastFault(_NOT_POSSIBLE.fill(what=what, id=id, value=f"{value:g}"))


@dataclass(frozen=True)
class Lost:
    """What became of the searches of each kind, a year: float64[runs, N], of each zone float64[runs, Z].

    `searched`, `none`: searches, and those for which there was no place. `elsewhere`: searches placed in this zone
    although it was not the first in their order. `used`: the share of the days of its places on which they are taken.
    """

    searched: Real
    none: Real
    elsewhere: Real
    used: Real

    @property
    def share(self) -> Real:
        """The share of all searches for which there was no place, float64[runs]."""
        return np.asarray(self.none.sum(axis=1) / np.maximum(self.searched.sum(axis=1), 1e-9), np.float64)


def played(networks: tuple[LossNetwork, ...], *, years: float = 5.0, seed: int = 1, workers: int = 1) -> Lost:
    """Play each network once, for so many years in balance; run r of two lists of networks has the same luck.

    The networks differ in numbers only: they have the same zones, searches and orders.
    """
    first = networks[0]
    begin = _FORGOTTEN * max(
        (one.days + one.turnover for net in networks for one in net.searches), default=1.0
    )
    tables = _tables(first, (0.0, begin, begin + years * YEAR))
    raw = play_all(tables, tuple(map(_inputs, networks)), Experiment(seed=seed, workers=workers))
    return _lost(raw, networks, years)


def _tables(net: LossNetwork, record: tuple[float, ...]) -> Tables:
    zones, searches = len(net.zones), len(net.searches)
    until = np.cumsum([len(one.order) for one in net.searches])
    station = np.zeros((layout.STATION_ROWS, zones), np.int64)
    station[layout.GROUP] = np.arange(zones)
    station[[layout.LISTS_FROM, layout.SECTOR, layout.MARKET]] = -1
    stream = np.zeros((layout.STREAM_ROWS, searches), np.int64)
    stream[layout.CLASS] = np.arange(searches)
    stream[layout.FROM, 1:], stream[layout.UNTIL] = until[:-1], until
    # As many choices as zones: the engine then goes by their order, not by weight.
    stream[layout.CHOICES], stream[layout.ONWARD] = zones, -1
    kind = np.zeros((layout.KIND_ROWS, searches), np.int64)
    kind[layout.SIZE] = [one.taken for one in net.searches]
    kind[layout.PROGRAMME_UNTIL] = searches
    return Tables(
        station=station,
        norm=np.ones(zones),
        stream=stream,
        candidate=np.array([zone for one in net.searches for zone in one.order], np.int64),
        weight=np.ones(int(until[-1])),
        kind=kind,
        cohort=np.zeros((layout.COHORT_ROWS, 0), np.int64),
        since=np.zeros((2, 0)),
        month=np.array([record[0], record[-1]]),
        month_of=np.zeros((2, 1), np.int64),
        record=np.array(record),
    )


def _inputs(net: LossNetwork) -> Inputs:
    kinds = len(net.searches)
    by_class = np.zeros((layout.BY_CLASS_ROWS, kinds))
    by_class[layout.SCALE] = [one.days for one in net.searches]
    by_class[[layout.POWER, layout.SECOND_POWER]] = 1.0
    by_class[layout.TURNOVER] = [one.turnover for one in net.searches]
    places = np.array([zone.places for zone in net.zones], np.float64)
    zone = np.arange(len(net.zones), dtype=np.float64)
    return Inputs(
        rate=np.array([[one.a_year] for one in net.searches], np.float64),
        season=np.ones((1, 12)),
        by_class=by_class,
        move=np.zeros((2, kinds, kinds)),
        change=np.stack([np.zeros(len(net.zones)), zone, places, places]),
        mix=np.zeros((1, kinds)),
        present=_NOBODY,
    )


_NOBODY: Whole = np.zeros(0, np.int64)


def _lost(raw: Raw, networks: tuple[LossNetwork, ...], years: float) -> Lost:
    flows, of_zone = raw.by_class[..., -1] / years, raw.by_group[..., -1]
    places = np.array([[zone.places for zone in net.zones] for net in networks], np.float64)
    days = np.maximum(places * years * YEAR, 1e-9)
    return Lost(
        searched=flows[:, layout.ASKED],
        none=flows[:, layout.LOST],
        elsewhere=of_zone[:, layout.OVERFLOWED] / years,
        used=np.where(places > 0, of_zone[:, layout.UNIT_DAYS] / days, 0.0),
    )
