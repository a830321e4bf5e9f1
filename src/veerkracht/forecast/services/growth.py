"""Units that come and go: what was decided, what a plan brings, and how much of it comes late or never."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Flags, Real, Whole
from veerkracht.forecast.calendar import day_number
from veerkracht.forecast.inputs import Uncertain, amounts, shares
from veerkracht.forecast.plans.numbers import number_of
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.forecast.services.supply import Stations
from veerkracht.region import Measure
from veerkracht.region.supply import Growth, Supply

# Draws of one batch of units: its moment, whether it is lost, whether it is late, how late, where it is.
_WHEN, _LOST, _LATE, _HOW_LATE, _LEAD, _WHERE = range(6)
_DRAWS = 6
# A tenth of a second, in days.
MOMENT = 1e-6


@dataclass(frozen=True)
class Coming:
    """Batches of units: the moment each is taken into use (inf: never), how many, and at which station.

    Moments as in `layout`. Units below zero go.
    """

    at: Real  # [runs, n]
    units: Whole  # [runs, n]
    station: Whole  # [runs, n]


@dataclass(frozen=True)
class Pace:
    """How what was decided comes, drawn in every run: float64[runs] each."""

    lost: Real
    late: Real
    late_years: Real
    lead_years: Real
    batch: float


def pace_of(numbers: Numbers) -> Pace:
    """What a programme says of it; without a word, everything comes at once and in time."""
    return Pace(
        shares(numbers.get("growth.lost", 0.0)),
        shares(numbers.get("growth.postponed", 0.0)),
        amounts(numbers.get("growth.postponed.years", 1.0)),
        amounts(numbers.get("growth.lead.years", 0.0)),
        max(float(np.mean(numbers.get("growth.units", 1.0))), 1.0),
    )


def pace_of_late(numbers: Numbers) -> Pace:
    """How what should have been there already still comes."""
    pace = pace_of(numbers)
    lost = shares(numbers.get("growth.pending.lost", 0.0))
    return Pace(lost, pace.late + 1.0, pace.late_years, 0 * pace.late, pace.batch)


def decided(numbers: Numbers, told: Iterable[Growth], stations: Stations, since: date) -> list[Coming]:
    """What was decided to come and may be taken into use after a day (that of the figure of units)."""
    pace = pace_of(numbers)
    return [
        batches(numbers, pace, f"growth {growth.id}", _drawn(numbers, growth, since), period, stations.share)
        for growth in told
        if growth.until > since
        for period in [(max(growth.from_, since), growth.until)]
    ]


def pending(
    numbers: Numbers, supply: Supply, stations: Stations, since: date, came: float | None
) -> list[Coming]:
    """What should have been there by a day and was not: a part of it still comes. `came`: units that were taken into
    use since the first growth began; None when that is unknown, and nothing is taken to be late."""
    awarded = sum(growth.units * _passed(growth, since) for growth in supply.growth)
    if came is None or awarded <= came:
        return []
    late = np.full(numbers.draws.runs, awarded - came)
    return [
        batches(numbers, pace_of_late(numbers), "growth that is late", late, (since, since), stations.share)
    ]


def first_growth(supply: Supply) -> date | None:
    """The day on which the first growth that the supply tells of begins."""
    return min((growth.from_ for growth in supply.growth), default=None)


def _passed(growth: Growth, on: date) -> float:
    """The part of the period in which it may be taken into use that has passed."""
    return min(max((on - growth.from_).days / (growth.until - growth.from_).days, 0.0), 1.0)


def _drawn(numbers: Numbers, growth: Growth, since: date) -> Real:
    """Units that may still be taken into use after a day, float64[runs]."""
    left = 1.0 - _passed(growth, since)
    number = Uncertain(
        f"growth.{growth.id}",
        growth.units,
        growth.low,
        growth.high,
        text=growth.text,
        source=growth.source,
        assumption=growth.assumption,
        from_=growth.known_from,
        owner=numbers.programme.id,
    )
    return amounts(numbers.of(number)) * left


def batches(
    numbers: Numbers, pace: Pace, name: str, units: Real, period: tuple[date, date], where: Real
) -> Coming:
    """Units as batches, each with its own luck; which batches there are is the same in two plans."""
    runs = units.shape[0]
    size = max(1, int(np.ceil(np.abs(units).max() / pace.batch)))
    draws = chances(numbers, name, size)
    whole = _shared_out(units, pace.batch, size)
    begin, end = (float(day_number(day)) - 1.0 for day in period)
    late = draws[_LATE] < pace.late[:, None]
    at = begin + (end - begin) * draws[_WHEN]
    at += YEAR * pace.lead_years[:, None] * -np.log(draws[_LEAD])
    at += np.where(late, YEAR * pace.late_years[:, None] * -np.log(draws[_HOW_LATE]), 0.0)
    at = np.where((draws[_LOST] < pace.lost[:, None]) | (whole == 0), np.inf, at)
    station = np.searchsorted(np.cumsum(where) / where.sum(), draws[_WHERE].ravel()).reshape(runs, size)
    return Coming(at, whole, np.minimum(station, where.shape[0] - 1))


def chances(numbers: Numbers, name: str, size: int) -> Real:
    """Uniform draws of a name, float64[6, runs, size]: the same whatever else is drawn.

    A run draws the same for its first batches, however many there are.
    """
    runs = numbers.draws.runs
    key = luck.name_key(f"{numbers.programme.id}: {name}") >> 8
    kept = [luck.chances(numbers.draws.seed, key + run, size * _DRAWS) for run in range(runs)]
    return np.stack(kept).reshape(runs, size, _DRAWS).transpose(2, 0, 1)


def _shared_out(units: Real, batch: float, size: int) -> Whole:
    """Whole units in each batch, [runs, size]: full batches first, then what is left."""
    whole = np.round(np.abs(units))[:, None]
    begun = np.round(np.arange(size) * batch)[None, :]
    ended = np.round(np.arange(1, size + 1) * batch)[None, :]
    found = np.clip(whole - begun, 0.0, ended - begun)
    found[:, -1] = np.maximum(whole[:, 0] - begun[0, -1], 0.0)
    return np.asarray(found * np.sign(units)[:, None], np.int64)


def trend(numbers: Numbers, stations: Stations, units: Real, start: date, years: int) -> list[Coming]:
    """Units that come evenly with `capacity.growth`, a share a year, quarter by quarter. units: [runs] at the start."""
    if not numbers.has("capacity.growth"):
        return []
    growth = np.maximum(numbers.need("capacity.growth"), -0.5)
    quarters = np.arange(4 * years + 1) / 4
    path = np.round(units[:, None] * (1.0 + growth[:, None]) ** quarters)
    more = np.diff(path, axis=1).astype(np.int64)
    at = day_number(start) + quarters[1:] * YEAR
    draws = chances(numbers, "trend of capacity", more.shape[1])[_WHERE]
    station = np.searchsorted(np.cumsum(stations.share), draws.ravel()).reshape(draws.shape)
    return [Coming(np.broadcast_to(at, more.shape), more, np.minimum(station, stations.share.shape[0] - 1))]


def planned(numbers: Numbers, measures: Iterable[Measure], stations: Stations, start: date) -> list[Coming]:
    """The places and cases that the measures of a plan bring from the start on.

    Money is not played: a plan says how many places or cases it pays.
    """
    pace = pace_of(numbers)
    pace = Pace(pace.lost, pace.late, pace.late_years, 0.0 * pace.lead_years, pace.batch)
    found = []
    for measure in measures:
        if measure.kind not in ("places", "cases") or measure.from_ <= start or not measure.known:
            continue
        units = numbers.draws.of(number_of(measure))
        where = stations.share * inside(stations, measure.area)
        name = f"measure {measure.id}"
        coming = batches(numbers, pace, name, units, (measure.from_, measure.from_), where)
        # What a plan brings on the first morning was not there, nor in use, on the evening before.
        coming = replace(coming, at=np.maximum(coming.at, day_number(start) + MOMENT))
        found.append(coming)
        if measure.until is not None:
            end = float(day_number(measure.until)) - 1.0
            gone = np.where(np.isfinite(coming.at), np.maximum(coming.at, end), np.inf)
            found.append(Coming(gone, -coming.units, coming.station))
    return found


def inside(stations: Stations, area: str) -> Real:
    """1 for the stations of an area at any level, 0 for the others; 1 for all when it is "" or has none."""
    inside = np.zeros(stations.share.shape[0], bool)
    for column in stations.codes.iter_columns():
        inside |= column.to_numpy() == area
    return inside.astype(np.float64) if inside.any() else np.ones(inside.shape[0])


def changes(base: Whole, coming: list[Coming], closed: Coming, start: float, end: float) -> list[Real]:
    """The changes of units of every run, as in `layout.Inputs.change` (stations from 0). base: [runs, S]. `closed`: of
    the units that are there, those that are closed at the start, until they open again."""
    both = [*coming, closed]
    at = np.concatenate([one.at for one in both], axis=1)
    units = np.concatenate([one.units for one in both], axis=1)
    where = np.concatenate([one.station for one in both], axis=1)
    is_new = np.arange(at.shape[1]) < at.shape[1] - closed.at.shape[1]
    return [
        _of_run(base[run], _Batches(at[run], units[run], where[run], is_new), start, end)
        for run in range(base.shape[0])
    ]


class _Batches(NamedTuple):
    """The batches of one run. `is_new`: they come; the others are there and open again."""

    at: Real
    units: Whole
    station: Whole
    is_new: Flags

    def of(self, chosen: Whole) -> "_Batches":
        return _Batches(self.at[chosen], self.units[chosen], self.station[chosen], self.is_new[chosen])

    def by_station(self, chosen: Flags, stations: int) -> Whole:
        found = np.zeros(stations, np.int64)
        np.add.at(found, self.station[chosen], self.units[chosen])
        return found


def _of_run(base: Whole, batches: _Batches, start: float, end: float) -> Real:
    size = base.shape[0]
    early = batches.is_new & (batches.at <= start)
    there = np.maximum(base + batches.by_station(early, size), 0)
    closed = batches.by_station(~batches.is_new, size)
    rows = [np.stack([np.full(size, start), np.arange(size), there, np.maximum(there - closed, 0)])]
    later = np.flatnonzero(~early & (batches.at <= end) & (batches.units != 0))
    for moment, more, station, is_new in zip(
        *batches.of(later[np.argsort(batches.at[later], kind="stable")]), strict=True
    ):
        if is_new:
            there[station] = max(there[station] + more, 0)
        else:
            closed[station] -= more
        open_ = max(there[station] - closed[station], 0)
        rows.append(np.array([[moment], [station], [there[station]], [open_]]))
    return np.concatenate(rows, axis=1)


def at_start(base: Whole, coming: list[Coming], start: float) -> Whole:
    """Units of every station at the start, [runs, S]: those of the figure and what came since."""
    found = base.copy()
    for one in coming:
        early = np.where(one.at <= start, one.units, 0)
        for run in range(base.shape[0]):
            np.add.at(found[run], one.station[run], early[run])
    return np.maximum(found, 0)
