"""Small networks of stations, to hold the engine of places and cases against what is known without it.

Here all rates and hazards are a day, unlike in the engine, so that they read as in a textbook.
"""

from typing import NamedTuple

import numpy as np

from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.services import layout as at
from veerkracht.forecast.services.layout import YEAR, Inputs, Tables
from veerkracht.forecast.services.runs import Raw, play_all
from veerkracht.forecast.staff.layout import Staff


class Class(NamedTuple):
    mean: float = 1.0  # days; of an exponential unless `power` says otherwise
    power: float = 1.0
    second: tuple[float, float, float] = (0.0, 0.0, 1.0)  # share, scale, power
    weight: int = 0
    size: int = 1
    death: float = 0.0
    withdrawal: float = 0.0
    turnover: float = 0.0
    goes_on: float = 0.0
    programme: int = 0


class Station(NamedTuple):
    units: int
    waits: bool = True
    strict: bool = False
    group: int = 0
    programme: int = 0
    changes: tuple[tuple[float, int], ...] = ()  # moment and units from then on
    sector: int = -1


class Stream(NamedTuple):
    rate: float = 0.0
    kind: int = 0
    stations: tuple[int, ...] = (0,)
    weights: tuple[float, ...] = ()
    choices: int = 99
    onward: int = -1


class Cohort(NamedTuple):
    size: int
    station: int = -1
    stream: int = 0
    kind: int = 0
    since: tuple[float, float] = (0.0, 0.0)


class Network(NamedTuple):
    classes: tuple[Class, ...] = (Class(),)
    stations: tuple[Station, ...] = (Station(1),)
    streams: tuple[Stream, ...] = (Stream(),)
    cohorts: tuple[Cohort, ...] = ()
    records: tuple[float, ...] = (0.0, 100.0)
    months: tuple[float, ...] = ()
    years: tuple[float, ...] = (1.0,)  # factor on the rates by year, a year a month
    season: tuple[float, ...] = (1.0,) * 12
    moves: tuple[tuple[int, int, int, float], ...] = ()  # way, from, to, hazard


def _table(rows: int, of: list[list[float]], kind: type = np.int64) -> np.ndarray:
    return np.ascontiguousarray(np.array(of, kind).reshape(len(of), rows).T)


def tables(net: Network) -> Tables:
    lists = list(np.cumsum([0] + [len(net.classes) for _ in net.stations]))
    span = {
        one.programme: [n for n, other in enumerate(net.classes) if other.programme == one.programme]
        for one in net.classes
    }
    starts = list(np.cumsum([0] + [len(one.stations) for one in net.streams]))
    months = net.months or (net.records[0], net.records[-1])
    count = len(months) - 1
    return Tables(
        station=_table(
            at.STATION_ROWS,
            [
                [
                    s.group,
                    span[s.programme][0],
                    lists[n] if s.waits else -1,
                    s.strict,
                    s.sector,
                    min(s.sector, 0),
                ]
                for n, s in enumerate(net.stations)
            ],
        ),
        norm=np.ones(len(net.stations)),
        stream=_table(
            at.STREAM_ROWS,
            [[s.kind, 0, starts[n], starts[n + 1], s.choices, s.onward] for n, s in enumerate(net.streams)],
        ),
        candidate=np.array([s for one in net.streams for s in one.stations], np.int64),
        weight=np.array([w for one in net.streams for w in one.weights or (1.0,) * len(one.stations)], float),
        kind=_table(
            at.KIND_ROWS,
            [[c.weight, c.size, span[c.programme][0], span[c.programme][-1] + 1] for c in net.classes],
        ),
        cohort=_table(at.COHORT_ROWS, [[c.station, c.stream, c.kind] for c in net.cohorts]),
        since=_table(2, [list(c.since) for c in net.cohorts], float),
        month=np.array(months, float),
        month_of=np.array(
            [[min(m, len(net.years) - 1) for m in range(count)], [m % 12 for m in range(count)]], np.int64
        ).reshape(2, count),
        record=np.array(net.records, float),
    )


def inputs(net: Network) -> Inputs:
    changes = sorted(
        (moment, station, units, units)
        for station, s in enumerate(net.stations)
        for moment, units in ((net.records[0], s.units), *s.changes)
    )
    move = np.zeros((2, len(net.classes), len(net.classes)))
    for way, one, other, hazard in net.moves:
        move[way, one, other] = hazard * YEAR
    return Inputs(
        rate=np.outer([s.rate * YEAR for s in net.streams], net.years),
        season=np.array([net.season], float),
        by_class=_table(
            at.BY_CLASS_ROWS,
            [
                [
                    c.death * YEAR,
                    c.withdrawal * YEAR,
                    c.second[0],
                    c.mean,
                    c.power,
                    *c.second[1:],
                    c.turnover,
                    c.goes_on,
                ]
                for c in net.classes
            ],
            float,
        ),
        move=move,
        change=_table(at.CHANGE_ROWS, [list(one) for one in changes], float),
        mix=np.eye(len(net.classes)),
        present=np.array([c.size for c in net.cohorts], np.int64),
    )


def play(net: Network, runs: int = 1, seed: int = 1, staff: tuple[Staff, ...] = (), **how) -> Raw:
    return play_all(tables(net), (inputs(net),) * runs, Experiment(seed=seed, **how), staff)


def z_score(values: np.ndarray, expected: float) -> float:
    """How many standard errors the mean over independent runs lies from what theory says."""
    return float((values.mean() - expected) / (values.std(ddof=1) / np.sqrt(len(values))))


def stationary(states: list, rates) -> dict:
    """The stationary distribution of a Markov chain. `rates(state)`: pairs of the next state and a rate."""
    number = {state: n for n, state in enumerate(states)}
    generator = np.zeros((len(states), len(states)))
    for state, row in number.items():
        for other, rate in rates(state):
            generator[row, number[other]] += rate
            generator[row, row] -= rate
    system = np.vstack([generator.T, np.ones(len(states))])
    chances = np.linalg.lstsq(system, np.append(np.zeros(len(states)), 1.0), rcond=None)[0]
    return dict(zip(states, chances, strict=True))


def erlang_b(servers: int, load: float) -> float:
    blocked = 1.0
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    blocked = erlang_b(servers, load)
    return blocked / (1.0 - load / servers * (1.0 - blocked))
