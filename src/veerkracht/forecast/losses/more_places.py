"""What one more place buys, and where: how many searches a year would then no longer end with "no place found".

Every network is played with and without the place, with the same people and the same luck, so that the difference
shows the place. Where the file says what share found none, only draws that agree with it are kept (rejection sampling):
the rest is not how this region can be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Parameters, Uncertain
from veerkracht.forecast.losses.drawn import Known, draw, networks
from veerkracht.forecast.losses.network import LossNetwork, Lost, played
from veerkracht.forecast.many import check_size
from veerkracht.forecast.services.supply import apportioned
from veerkracht.region import Region
from veerkracht.region.losses import Shelters
from veerkracht.rulebook.types import Text

# Each draw that is tried is played so long; each that is kept, with and without more places, so long.
_TRIED_YEARS, _PLAYED_YEARS = 1.0, 4.0
_TRIED_A_RUN = 12
FEWEST_KEPT = 20
# How many more places in all, as shares of those there are.
_STEPS = (0.1, 0.25, 0.5, 1.0)
_OBSERVED = "lost.share"
_NONE_SUCH = Text(
    "Van “{kind}” zegt de regio niet hoeveel plaatsen en zoekvragen er zijn; wel van: {known}.",
    "Of “{kind}” the region does not say how many places and searches there are; it does of: {known}.",
)
_CONTRADICTS = Text(
    "{name}: van {drawn} trekkingen komen er maar {kept} uit bij het deel zonder plaats dat bekend is ({low} tot "
    "{high}). De marges van de zoekvragen, de verblijven en de plaatsen passen daar niet bij.",
    "{name}: of {drawn} draws only {kept} come to the share without a place that is known ({low} to {high}). The "
    "ranges of the searches, the stays and the places do not fit it.",
)


@dataclass(frozen=True)
class Asked:
    """What is asked of the shelters of one kind. `runs`: draws to keep. `known`: what the register knows."""

    on: date
    runs: int = 100
    seed: int = 1
    workers: int = 1
    known: Known = field(default_factory=Known)


@dataclass(frozen=True)
class MorePlaces:
    """What more places buy, in every draw that was kept: float64[kept], or [kept, zones].

    `places`, `searched`, `none`, `elsewhere` (placed in this zone, though it was not the first in their order) and
    `used` (share of the days of its places): as it is, a year. `bought`: searches a year that find a place with one
    place more in this zone. `steps`: places more in all, [steps], where most found none; `left`: the share that then
    still finds none, [kept, steps + 1], the first with none more. `drawn`: draws that were tried. `used_numbers`: what
    was read of the file.
    """

    shelters: Shelters
    places: Real
    searched: Real
    none: Real
    elsewhere: Real
    used: Real
    bought: Real
    steps: Whole
    left: Real
    drawn: int
    used_numbers: tuple[Uncertain, ...]

    @property
    def kept(self) -> int:
        return int(self.none.shape[0])

    @property
    def is_fitted(self) -> bool:
        """Whether only draws were kept that agree with the share that found none."""
        return any(number.id == _OBSERVED for number in self.used_numbers)

    @property
    def none_share(self) -> Real:
        """The share of the searches of each zone that found no place, float64[kept, zones]."""
        return np.asarray(self.none / np.maximum(self.searched, 1e-9), np.float64)

    @property
    def most(self) -> Real:
        """In what share of the draws one more place buys most in each zone, float64[zones]; where two buy as much, the
        first of the file."""
        zones = len(self.shelters.zones)
        return np.asarray(np.bincount(self.bought.argmax(axis=1), minlength=zones) / self.kept, np.float64)


def shelters_of(region: Region, kind: str) -> Shelters:
    """The shelters of a kind of help. Raises `ForecastFault` naming those of which the region says enough."""
    if kind not in region.losses:
        raise ForecastFault(_NONE_SUCH.fill(kind=kind, known=", ".join(region.losses) or "–"))
    return region.losses[kind]


def more_places(shelters: Shelters, asked: Asked) -> MorePlaces:
    """What one more place in each zone buys.

    The same seed gives the same numbers on any number of workers. Raises `ForecastFault` when hardly a draw agrees with
    what is known, and for a number of runs or workers that can't be.
    """
    check_size(asked.runs, asked.workers)
    observed = _observed(shelters, asked)
    tried = asked.runs * (_TRIED_A_RUN if observed else 1)
    drawn = draw(shelters, asked.known, asked.on, Draws(asked.seed, tried))
    kept = _kept(shelters, networks(shelters, drawn), asked, observed)
    now = _play(kept, asked)
    none = _by_zone(shelters, kept[0], now.none)
    total = now.none.sum(axis=1)
    bought = [
        total - _play([net.with_more(zone) for net in kept], asked).none.sum(axis=1)
        for zone in range(len(shelters.zones))
    ]
    places = np.array([[zone.places for zone in net.zones] for net in kept], np.float64)
    steps = _steps(places)
    grown = [_play(_with_all(kept, step, none.mean(axis=0)), asked).share for step in steps]
    return MorePlaces(
        shelters=shelters,
        places=places,
        searched=_by_zone(shelters, kept[0], now.searched),
        none=none,
        elsewhere=now.elsewhere,
        used=now.used,
        bought=np.stack(bought, axis=1),
        steps=steps,
        left=np.stack([now.share, *grown], axis=1),
        drawn=tried,
        used_numbers=(*drawn.used, *([observed] if observed else [])),
    )


def _observed(shelters: Shelters, asked: Asked) -> Uncertain | None:
    """The share that found no place, where the file says it of this day; it is of the file's searches, no others."""
    numbers = tuple(one for one in shelters.numbers if one.id == _OBSERVED and one.holds(asked.on))
    if asked.known.searches or not numbers:
        return None
    return Parameters(shelters.kind, numbers, asked.on).need(_OBSERVED)


def _kept(
    shelters: Shelters, tried: tuple[LossNetwork, ...], asked: Asked, observed: Uncertain | None
) -> tuple[LossNetwork, ...]:
    """The first draws that agree with the share that is known; all when none is known."""
    if observed is None:
        return tried
    share = played(tried, years=_TRIED_YEARS, seed=asked.seed, workers=asked.workers).share
    fits = np.flatnonzero((share >= observed.low) & (share <= observed.high))
    if fits.shape[0] < min(FEWEST_KEPT, asked.runs):
        raise ForecastFault(
            _CONTRADICTS.fill(
                name=shelters.name,
                drawn=len(tried),
                kept=fits.shape[0],
                low=f"{observed.low:.0%}",
                high=f"{observed.high:.0%}",
            )
        )
    return tuple(tried[run] for run in fits[: asked.runs])


def _play(nets: Sequence[LossNetwork], asked: Asked) -> Lost:
    return played(tuple(nets), years=_PLAYED_YEARS, seed=asked.seed, workers=asked.workers)


def _by_zone(shelters: Shelters, net: LossNetwork, values: Real) -> Real:
    """What is counted of each kind of search, added up over those of one zone: [runs, zones]."""
    ids = [one.id for one in net.searches]
    rows = [[id == zone.id for id in ids] for zone in shelters.zones]
    return np.stack([values[:, row].sum(axis=1) for row in rows], axis=1)


def _steps(places: Real) -> Whole:
    there = np.median(places.sum(axis=1))
    return np.unique(np.maximum(np.round(there * np.array(_STEPS)), 1.0)).astype(np.int64)


def _with_all(nets: Sequence[LossNetwork], more: int, none: Real) -> list[LossNetwork]:
    """So many places more, in proportion to how many find none in each zone."""
    spread = apportioned(np.array([float(more)]), np.maximum(none, 1e-9))[0]
    grown = []
    for net in nets:
        for zone, places in enumerate(spread):
            net = net.with_more(zone, int(places))
        grown.append(net)
    return grown
