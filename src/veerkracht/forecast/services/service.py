"""One programme with places or teams, drawn for every run: who asks, what there is, and how it stands at the start."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Flags, Real, Whole
from veerkracht.forecast.calendar import day_number
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.population import Projection
from veerkracht.forecast.services import awards, growth
from veerkracht.forecast.services.care import Care, care_of
from veerkracht.forecast.services.closed import reopening
from veerkracht.forecast.services.demand import demand_of
from veerkracht.forecast.services.kinds import Kind, by_kind, kinds_of
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.forecast.services.start import State, latest, state_of, things
from veerkracht.forecast.services.supply import (
    Choices,
    Stations,
    apportioned,
    asked_of,
    choices_of,
    stations_of,
)
from veerkracht.forecast.staff.layout import CLOSED
from veerkracht.forecast.staff.model import StaffModel
from veerkracht.region import Measure, Region
from veerkracht.region.supply import Supply
from veerkracht.rulebook.types import Programme, Text

_SHORTEST_TURNOVER = 1.0 / YEAR
_NORM = Text(
    "{name} van {programme} is {value}: een personeelsnorm moet boven nul zijn, anders is er geen personeel nodig en "
    "sluit er nooit iets.",
    "{name} of {programme} is {value}: a staff norm must be above zero, or no staff would be needed and nothing would "
    "ever close.",
)


@dataclass(frozen=True)
class Setting:
    """What all programmes share. `end`: the last day that is played."""

    region: Region
    measures: tuple[Measure, ...]
    start: date
    end: date
    years: int
    draws: Draws
    projection: Projection | None
    staff: StaffModel | None


@dataclass(frozen=True)
class Service:
    """A programme in every run. S: stations, K: kinds, Y: years, A: areas.

    `rate`: requests a year, [runs, Y, A]. `change`: of every run the changes of units, as in `layout.Inputs.change`
    with stations from 0. `helped`, `turning`: persons helped and units between two stays at the start, [runs, S].
    `waiting`: persons who wait at the start, [runs, A]. `lists`: where they stand. `turnover`: days between two stays,
    [runs]. `norm`: staff of one open unit, full-time equivalents. `area_provinces`: the province of each area.
    """

    numbers: Numbers
    kinds: tuple[Kind, ...]
    care: Care
    state: State
    supply: Supply
    stations: Stations
    choices: Choices
    lists: Choices
    rate: Real
    change: list[Real]
    helped: Whole
    turning: Whole
    waiting: Whole
    turnover: Real
    norm: float
    area_provinces: tuple[str, ...]

    @property
    def programme(self) -> Programme:
        return self.numbers.programme


@dataclass(frozen=True)
class _Full:
    """How full stations can be, float64[runs] each: `open`: the part of the units that has staff; `occupied`: the part
    of the units that is occupied where there is always a list."""

    open: Real
    occupied: Real

    def turnover_years(self, care: Care) -> Real:
        """How long units stand empty between two stays, so that so much is occupied where there is a list."""
        return np.maximum(care.mean_years() * (self.open / self.occupied - 1.0), _SHORTEST_TURNOVER)


def service_of(setting: Setting, programme: Programme) -> Service:
    """Draw a programme. Raises `ForecastFault` naming what is missing or can't be."""
    region = setting.region
    numbers = Numbers(programme, setting.start, setting.draws)
    kinds = kinds_of(programme, setting.start)
    supply = region.supplies[programme.id]
    state = state_of(region, numbers, kinds, care_of(numbers, kinds))
    care = state.care
    full = _full(setting, numbers)
    units = state.units if state.helped is None else np.round(state.helped / full.occupied)
    stations = stations_of(region, supply, _middle(units), setting.projection)
    choices = choices_of(region, supply, stations)
    demand = demand_of(region, numbers, setting.projection, setting.years)
    asked = asked_of(choices, demand[:, 0].mean(axis=0), stations)
    base = apportioned(units, stations.share)
    coming = _coming(setting, numbers, supply, stations, state)
    there = growth.at_start(base, coming, float(day_number(setting.start)))
    coming += growth.trend(numbers, stations, there.sum(axis=1).astype(float), setting.start, setting.years)
    helped = _helped(state, full, asked, there) if not supply.occupied else _counted(supply, there)
    closed = reopening(numbers, supply, setting.start)
    turning = _turning(full, care, helped, _open(there, closed))
    arrivals = state.arrivals if state.arrivals is not None else _arrivals(numbers, care, state, helped)
    return Service(
        numbers=numbers,
        kinds=kinds,
        care=care,
        state=state,
        supply=supply,
        stations=stations,
        choices=choices,
        lists=_lists(choices, _is_full(state, full, asked, there)),
        rate=arrivals[:, None, None] * demand,
        change=growth.changes(base, coming, closed, *_moments(setting)),
        helped=helped,
        turning=turning,
        waiting=apportioned(state.waiting, demand[:, 0]),
        turnover=full.turnover_years(care) * YEAR,
        norm=_norm(numbers, kinds, state),
        area_provinces=tuple(region.areas.get_column("province").to_list()),
    )


def _middle(values: Real) -> float:
    return float(np.median(values))


def _moments(setting: Setting) -> tuple[float, float]:
    return float(day_number(setting.start)), float(day_number(setting.end))


def _full(setting: Setting, numbers: Numbers) -> _Full:
    open_ = np.ones(setting.draws.runs)
    staff, sector = setting.staff, numbers.programme.sector
    if staff is not None and sector in staff.sectors:
        open_ = 1.0 - staff.every.sector[:, CLOSED, staff.sectors.index(sector)]
    return _Full(open_, np.minimum(np.clip(numbers.get("occupancy.full", 1.0), 0.1, 1.0), open_))


def _coming(
    setting: Setting, numbers: Numbers, supply: Supply, stations: Stations, state: State
) -> list[growth.Coming]:
    """Units that come after the day of the figure: late, decided (or awarded, where a register says so), and by the
    plan."""
    mine = [one for one in setting.measures if one.programme == numbers.programme.id]
    planned = growth.planned(numbers, mine, stations, setting.start)
    if awards.awarded_until(supply.awards, setting.start) is not None:
        return [*awards.coming(numbers, supply, stations, setting.start), *planned]
    first = growth.first_growth(supply)
    before = latest(
        setting.region, f"{numbers.programme.id}.{things(numbers.programme)}.recognised", first or state.since
    )
    came = None
    if first is not None and before is not None and state.helped is None:
        came = float(state.units[0] - before.value)
    return [
        *growth.pending(numbers, supply, stations, state.since, came),
        *growth.decided(numbers, supply.growth, stations, state.since),
        *planned,
    ]


def _fill(state: State, full: _Full, asked: Real, there: Whole) -> tuple[Real, Real]:
    """Those helped at every station, [runs, S], and how strongly demand fills the stations, [runs].

    A station at which more ask is fuller, none is fuller than can be, and together they are as many as were counted.
    """
    units = there.astype(np.float64)
    room = units * full.occupied[:, None]
    if state.helped is not None:
        return room, np.full(room.shape[0], np.inf)
    total = np.round(state.occupied * units.sum(axis=1))
    low, high = np.zeros(total.shape[0]), np.full(total.shape[0], 1e3)
    for _ in range(60):
        middle = (low + high) / 2
        short = np.minimum(room, middle[:, None] * asked * units).sum(axis=1) < total
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    filled = np.minimum(room, high[:, None] * asked * units)
    over = total > room.sum(axis=1)
    return np.where(over[:, None], units * (total / units.sum(axis=1))[:, None], filled), high


def _helped(state: State, full: _Full, asked: Real, there: Whole) -> Whole:
    filled, _ = _fill(state, full, asked, there)
    total = state.helped if state.helped is not None else filled.sum(axis=1)
    whole = apportioned(np.round(total), np.maximum(filled, 1e-9))
    return np.asarray(np.minimum(whole, there), np.int64)


def _counted(supply: Supply, there: Whole) -> Whole:
    """Those helped at every station, as a register counts them, [runs, S]."""
    return np.asarray(np.minimum(np.array(supply.occupied)[None, :], there), np.int64)


def _open(there: Whole, closed: growth.Coming) -> Whole:
    """Units that are not closed at the start, [runs, S]."""
    shut = np.zeros(there.shape[1], np.int64)
    if closed.units.size:
        np.add.at(shut, closed.station[0], closed.units[0])
    return np.asarray(np.maximum(there - shut, 0), np.int64)


def _is_full(state: State, full: _Full, asked: Real, there: Whole) -> Flags:
    """Stations that are full at the start in most runs: there, people wait."""
    _, strength = _fill(state, full, asked, there)
    return np.asarray(np.median(strength[:, None] * asked - full.occupied[:, None], axis=0) >= 0.0)


def _turning(full: _Full, care: Care, helped: Whole, there: Whole) -> Whole:
    """Open units that somebody left shortly before the start and that nobody can have yet."""
    free = np.maximum(there * full.open[:, None] - helped, 0.0)
    years = full.turnover_years(care) / care.mean_years()
    turning = np.minimum(helped * years[:, None], free)
    whole = apportioned(np.round(turning.sum(axis=1)), np.maximum(turning, 1e-9))
    return np.asarray(np.clip(whole, 0, np.maximum(there - helped, 0)), np.int64)


def _arrivals(numbers: Numbers, care: Care, state: State, helped: Whole) -> Real:
    """Requests a year at the start: with a demand level of one those helped and those waiting stay as many."""
    leave = helped.sum(axis=1) * (state.mix * care.pace).sum(axis=1)
    level = np.maximum(numbers.need("demand.level"), 0.0)
    return np.asarray(level * leave + state.waiting * care.leaving(), np.float64)


def _lists(choices: Choices, full: Flags) -> Choices:
    """Where those who wait at the start stand: at the full ones of the stations they look at, or else the likeliest."""
    begin, station, weight = [0], [], []
    for area in range(choices.begin.shape[0] - 1):
        rows = slice(choices.begin[area], choices.begin[area + 1])
        looked_at, weights = choices.station[rows], choices.weight[rows]
        kept = full[looked_at]
        if not kept.any():
            kept = np.arange(looked_at.shape[0]) == weights.argmax()
        station.append(looked_at[kept])
        weight.append(weights[kept])
        begin.append(begin[-1] + int(kept.sum()))
    return Choices(np.array(begin), np.concatenate(station), np.concatenate(weight))


def _norm(numbers: Numbers, kinds: tuple[Kind, ...], state: State) -> float:
    """Staff of one unit, by the mix of those helped at the start. Raises `ForecastFault` for a norm of nothing."""
    if not numbers.programme.sector:
        return 0.0
    norms = by_kind(numbers, kinds, "staff.norm", 1.0)
    for kind, norm in zip(kinds, norms.min(axis=0), strict=True):
        if norm <= 0.0:
            name = kind.name("staff.norm")
            raise ForecastFault(_NORM.fill(name=name, programme=numbers.programme.id, value=f"{norm:g}"))
    return float((state.mix * norms).sum(axis=1).mean())
