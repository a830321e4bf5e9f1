"""Puts all programmes with places and teams together into what the compiled engine plays."""

from dataclasses import dataclass

import numpy as np

from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.calendar import Calendar, day_number
from veerkracht.forecast.services import layout
from veerkracht.forecast.services.layout import YEAR, Inputs, Tables
from veerkracht.forecast.services.service import Service
from veerkracht.forecast.services.supply import Choices
from veerkracht.forecast.staff.model import StaffModel

_MONTHS = 12
# A tenth of a second, in days.
_MOMENT = 1e-6
# How many years back those who wait at the start can have asked.
_LONGEST_WAIT = 10.0


@dataclass(frozen=True)
class Part:
    """Where a programme lies on the axes: its stations, streams, classes, lists and cohorts begin here.

    `groups`: what is counted of its stations, a group for each province in which it has some.
    """

    number: int
    groups: slice
    station: int
    stream: int
    kind: int
    list: int


@dataclass(frozen=True)
class Model:
    """`parts`: where each of the services lies. `tables`, `of_run`: what the engine reads."""

    services: tuple[Service, ...]
    parts: tuple[Part, ...]
    days: Calendar
    tables: Tables
    of_run: tuple[Inputs, ...]


def build(services: tuple[Service, ...], days: Calendar, staff: StaffModel | None, runs: int) -> Model:
    """All programmes on one clock."""
    parts = _parts(services)
    both = list(zip(services, parts, strict=True))
    station = [_stations(service, part, staff) for service, part in both]
    kind = [_kinds(service, part) for service, part in both]
    streams, candidate, weight = _streams(both)
    cohort = [_cohorts(service, part) for service, part in both]
    month, month_of, record = _clock(days)
    tables = Tables(
        station=np.concatenate(station, axis=1),
        norm=np.concatenate(
            [np.full(table.shape[1], one.norm) for one, table in zip(services, station, strict=True)]
        ),
        stream=streams,
        candidate=candidate,
        weight=weight,
        kind=np.concatenate(kind, axis=1),
        cohort=np.concatenate(cohort, axis=1),
        since=np.concatenate([_since(service) for service in services], axis=1),
        month=month,
        month_of=month_of,
        record=record,
    )
    return Model(services, parts, days, tables, tuple(_inputs(both, run) for run in range(runs)))


def _parts(services: tuple[Service, ...]) -> tuple[Part, ...]:
    parts, group, station, stream, kind, list_ = [], 0, 0, 0, 0, 0
    for number, service in enumerate(services):
        groups = slice(group, group + len(service.stations.provinces))
        parts.append(Part(number, groups, station, stream, kind, list_))
        group = groups.stop
        station += service.stations.share.shape[0]
        list_ += service.stations.share.shape[0] * len(service.kinds)
        stream += service.waiting.shape[1] * (len(service.kinds) + 1)
        kind += len(service.kinds)
    return tuple(parts)


def _clock(days: Calendar) -> tuple[Real, Whole, Real]:
    """Where months begin, their year and month of the season, and the record moments."""
    start = float(day_number(days.start))
    record = np.array([float(day_number(day)) for day in days.records])
    months = _MONTHS * days.years
    month = start + np.arange(months + 1) * (YEAR / _MONTHS)
    # The last month ends just before the last record, or its staff would not be played any more.
    if month[-2] < record[-1]:
        month[-1] = record[-1] - _MOMENT
    number = np.arange(months)
    of_year = (days.start.month + number) % _MONTHS
    return np.asarray(month, np.float64), np.stack([number // _MONTHS, of_year]), record


def _stations(service: Service, part: Part, staff: StaffModel | None) -> Whole:
    size, kinds = service.stations.share.shape[0], len(service.kinds)
    table = np.zeros((layout.STATION_ROWS, size), np.int64)
    provinces = service.stations.provinces
    table[layout.GROUP] = part.groups.start + np.array(
        [provinces.index(one) for one in service.stations.province]
    )
    table[layout.CLASSES_FROM] = part.kind
    table[layout.LISTS_FROM] = part.list + np.arange(size) * kinds
    table[layout.STRICT] = 1
    table[layout.SECTOR] = table[layout.MARKET] = -1
    if staff is not None and service.programme.sector in staff.sectors:
        table[layout.SECTOR] = staff.sectors.index(service.programme.sector)
        table[layout.MARKET] = [staff.markets.index(province) for province in service.stations.province]
    return table


def _kinds(service: Service, part: Part) -> Whole:
    kinds = len(service.kinds)
    table = np.zeros((layout.KIND_ROWS, kinds), np.int64)
    table[layout.WEIGHT] = [kind.weight for kind in service.kinds]
    table[layout.SIZE] = 1
    table[layout.PROGRAMME_FROM], table[layout.PROGRAMME_UNTIL] = part.kind, part.kind + kinds
    return table


def _streams(both: list[tuple[Service, Part]]) -> tuple[Whole, Whole, Real]:
    """The streams of all programmes and the candidate stations of each.

    For every area one of each kind, with the stations its people look at; after those one for every area in which
    nobody comes: those who wait at the start chose from it.
    """
    tables: list[Whole] = []
    candidate: list[Whole] = []
    weight: list[Real] = []
    rows = 0
    for service, part in both:
        kinds = np.arange(len(service.kinds)) + part.kind
        for choices, of_area in ((service.choices, kinds), (service.lists, kinds[:1])):
            tables.append(_of_choices(choices, of_area, rows, service.supply.spread.choices))
            candidate.append(choices.station + part.station)
            weight.append(choices.weight)
            rows += choices.station.shape[0]
    return np.concatenate(tables, axis=1), np.concatenate(candidate), np.concatenate(weight)


def _of_choices(choices: Choices, kinds: Whole, rows: int, at_once: int) -> Whole:
    areas = choices.begin.shape[0] - 1
    table = np.zeros((layout.STREAM_ROWS, areas * kinds.shape[0]), np.int64)
    table[layout.CLASS] = np.tile(kinds, areas)
    table[layout.FROM] = np.repeat(choices.begin[:-1] + rows, kinds.shape[0])
    table[layout.UNTIL] = np.repeat(choices.begin[1:] + rows, kinds.shape[0])
    table[layout.CHOICES] = at_once
    table[layout.ONWARD] = -1
    return table


def _cohorts(service: Service, part: Part) -> Whole:
    """Those helped at every station, units between two stays at every station, those who wait in every area."""
    stations, areas = service.stations.share.shape[0], service.waiting.shape[1]
    at = np.arange(stations) + part.station
    waiting_from = part.stream + areas * len(service.kinds)
    helped_row, waiting_row = 2 * part.number, 2 * part.number + 1
    return np.concatenate(
        [
            np.stack([at, np.full(stations, part.stream), np.full(stations, helped_row)]),
            np.stack([at, np.full(stations, -1), np.full(stations, helped_row)]),
            np.stack([np.full(areas, -1), waiting_from + np.arange(areas), np.full(areas, waiting_row)]),
        ],
        axis=1,
    )


def _since(service: Service) -> Real:
    """When those who wait asked: evenly back to twice the mean wait."""
    cohorts = 2 * service.stations.share.shape[0] + service.waiting.shape[1]
    asked = float(service.rate[:, 0].sum(axis=1).mean())
    years = min(2.0 * float(service.waiting.sum(axis=1).mean()) / max(asked, 1e-9), _LONGEST_WAIT)
    start = float(day_number(service.numbers.on))
    return np.repeat(np.array([[start - years * YEAR], [start]]), cohorts, axis=1)


def _inputs(both: list[tuple[Service, Part]], run: int) -> Inputs:
    return Inputs(
        rate=np.concatenate([_rate(service, run) for service, _ in both]),
        season=np.ones((1, _MONTHS)),
        by_class=np.concatenate([_by_class(service, run) for service, _ in both], axis=1),
        move=_moves(both, run),
        change=_changes(both, run),
        mix=_mixes(both, run),
        present=np.concatenate(
            [part[run] for service, _ in both for part in (service.helped, service.turning, service.waiting)]
        ),
    )


def _rate(service: Service, run: int) -> Real:
    """Requests a year of every stream, [N, Y]; nobody comes from where those who wait at the start stand."""
    coming = service.rate[run].T[:, None, :] * service.care.arriving[run][None, :, None]
    areas, kinds, years = coming.shape
    return np.concatenate([coming.reshape(areas * kinds, years), np.zeros((areas, years))])


def _by_class(service: Service, run: int) -> Real:
    care = service.care
    table = np.zeros((layout.BY_CLASS_ROWS, len(service.kinds)))
    table[layout.DEATH], table[layout.WITHDRAWAL] = care.died[run], care.withdrew[run]
    table[layout.SECOND_SHARE] = care.short_share[run]
    table[layout.SCALE], table[layout.SECOND_SCALE] = care.long[run] * YEAR, care.short[run] * YEAR
    table[layout.POWER] = table[layout.SECOND_POWER] = 1.0
    table[layout.TURNOVER] = service.turnover[run]
    return table


def _moves(both: list[tuple[Service, Part]], run: int) -> Real:
    """Who waits changes as who is helped does."""
    kinds = sum(len(service.kinds) for service, _ in both)
    table = np.zeros((2, kinds, kinds))
    for service, part in both:
        own = slice(part.kind, part.kind + len(service.kinds))
        table[:, own, own] = service.care.change[run]
    return table


def _changes(both: list[tuple[Service, Part]], run: int) -> Real:
    found = []
    for service, part in both:
        table = service.change[run].copy()
        table[layout.STATION] += part.station
        found.append(table)
    joined = np.concatenate(found, axis=1)
    return np.ascontiguousarray(joined[:, np.argsort(joined[layout.MOMENT], kind="stable")])


def _mixes(both: list[tuple[Service, Part]], run: int) -> Real:
    """Two rows for each programme: the kinds of those helped, and of those who wait."""
    kinds = sum(len(service.kinds) for service, _ in both)
    table = np.zeros((2 * len(both), kinds))
    for service, part in both:
        own = slice(part.kind, part.kind + len(service.kinds))
        table[2 * part.number, own] = service.state.mix[run]
        table[2 * part.number + 1, own] = service.care.waiting[run]
    return table
