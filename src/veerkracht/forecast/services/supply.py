"""Where the homes or teams of a programme are taken to lie, and who asks where."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.population import Projection
from veerkracht.region import Region
from veerkracht.region.supply import Spread, Supply
from veerkracht.rulebook.types import Text

_STATIONS_SEED = 20_150_101
_COLUMNS = {"municipality": "code", "zone": "zone", "region": "region", "province": "province"}
# Who asks looks at this many stations nearby, and at all that are no farther than the last of them.
_FEWEST_LOOKED_AT = 8
_KM_A_DEGREE = 111.2
_MOST_STATIONS = 20_000
_TOO_MANY = Text(
    "{programme} zou {stations} voorzieningen hebben: hoogstens {most} kan. Verhoog `size` in het bestand in supply/.",
    "{programme} would have {stations} stations: {most} at most is possible. Raise `size` in its file in supply/.",
)


@dataclass(frozen=True)
class Stations:
    """Homes or teams. S: stations.

    `share`: the part of all units, together one. `at`: degrees, longitude and latitude. `province`: code of where it
    lies. `pull`: how much better loved it is than others, mean one. `codes`: of the areas in which it lies, small and
    large.
    """

    share: Real  # [S]
    at: Real  # [S, 2]
    province: tuple[str, ...]
    pull: Real  # [S]
    codes: pl.DataFrame  # [S] code, zone, region, province

    @property
    def provinces(self) -> tuple[str, ...]:
        """The provinces in which there is a station, each once."""
        return tuple(sorted(set(self.province)))


@dataclass(frozen=True)
class Choices:
    """Which stations people of an area look at: rows `begin[a]` until `begin[a + 1]` of the others, nearest first."""

    begin: Whole  # [areas + 1]
    station: Whole  # [C]
    weight: Real  # [C] of being chosen first, above 0; together one for each area


def stations_of(region: Region, supply: Supply, units: float, projection: Projection | None) -> Stations:
    """The stations of a programme: those of its list, or as many as its units make, spread over the areas."""
    if supply.stations.height:
        return _listed(region, supply)
    return _spread(region, supply, units, _persons(region, supply.spread, projection))


def _persons(region: Region, spread: Spread, projection: Projection | None) -> Real:
    """Persons by whom the units lie, in each area: the same in all runs, so that plans and seeds share the stations."""
    if projection is None:
        return region.areas.get_column("inhabitants").to_numpy().astype(np.float64)
    ages = slice(spread.from_age, spread.to_age + 1)
    return np.asarray(projection.middle[0][:, :, ages].sum(axis=(1, 2)), np.float64)


def _listed(region: Region, supply: Supply) -> Stations:
    found = supply.stations.join(region.areas, left_on="area", right_on="code", how="left")
    units = found.get_column("units").to_numpy().astype(np.float64)
    return _stations(found.rename({"area": "code"}), units, supply)


def _spread(region: Region, supply: Supply, units: float, persons: Real) -> Stations:
    column = _COLUMNS[supply.spread.level]
    groups = _groups(region.areas.with_columns(persons=pl.Series(persons)), column)
    share = groups.get_column("persons").to_numpy()
    share = share / share.sum()
    count = np.maximum(np.round(units * share / supply.spread.size), 1.0).astype(np.int64)
    if count.sum() > _MOST_STATIONS:
        raise ForecastFault(
            _TOO_MANY.fill(programme=supply.programme, stations=int(count.sum()), most=_MOST_STATIONS)
        )
    rows = np.repeat(np.arange(groups.height), count)
    return _stations(groups[rows], (share / count)[rows], supply)


def _groups(areas: pl.DataFrame, column: str) -> pl.DataFrame:
    """One row for each code of a level with somebody in it, where its people are; the codes of its largest area."""
    weight = pl.col("persons")
    return (
        areas.filter(weight > 0)
        .sort("persons", descending=True, maintain_order=True)
        .group_by(column, maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in ("code", "zone", "region", "province") if name != column),
            (pl.col("longitude") * weight).sum() / weight.sum(),
            (pl.col("latitude") * weight).sum() / weight.sum(),
            weight.sum(),
        )
        .sort(column)
    )


def _stations(table: pl.DataFrame, units: Real, supply: Supply) -> Stations:
    names = [f"{supply.programme}: station {number}" for number in range(table.height)]
    luck_of = np.array([luck.normals(_STATIONS_SEED, 1, name)[0] for name in names])
    spread = supply.spread.unevenness
    return Stations(
        share=units / units.sum(),
        at=table.select("longitude", "latitude").to_numpy().astype(np.float64),
        province=tuple(table.get_column("province").to_list()),
        pull=np.exp(spread * luck_of - spread**2 / 2),
        codes=table.select("code", "zone", "region", "province"),
    )


def choices_of(region: Region, supply: Supply, stations: Stations) -> Choices:
    """Who looks where: nearer, larger and better-loved stations are chosen more often."""
    homes = region.areas.select("longitude", "latitude").to_numpy().astype(np.float64)
    looked_at = min(stations.share.shape[0], max(_FEWEST_LOOKED_AT, 3 * supply.spread.choices))
    begin, station, weight = [0], [], []
    for home in homes:
        far = _kilometres(home, stations.at)
        order = np.argsort(far, kind="stable")
        order = order[far[order] <= far[order[looked_at - 1]] + 1e-9]
        pulled = stations.share[order] * stations.pull[order]
        drawn = pulled * np.exp(-(far[order] - far[order[0]]) / supply.spread.distance)
        station.append(order)
        weight.append(np.maximum(drawn / drawn.sum(), 1e-9))
        begin.append(begin[-1] + order.shape[0])
    return Choices(np.array(begin), np.concatenate(station), np.concatenate(weight))


def _kilometres(home: Real, at: Real) -> Real:
    """Along the ground, for distances within a region."""
    east = (at[:, 0] - home[0]) * np.cos(np.radians(home[1]))
    return np.asarray(np.hypot(east, at[:, 1] - home[1]) * _KM_A_DEGREE, np.float64)


def asked_of(choices: Choices, demand: Real, stations: Stations) -> Real:
    """How many choose each station first, in proportion to its units, float64[S] with mean one. demand: [areas]."""
    areas = np.repeat(np.arange(demand.shape[0]), np.diff(choices.begin))
    chosen = np.bincount(choices.station, demand[areas] * choices.weight, minlength=stations.share.shape[0])
    return np.asarray(chosen / demand.sum() / stations.share, np.float64)


def apportioned(totals: Real, weights: Real) -> Whole:
    """Whole units for each station that add up to each (whole) total, [runs, S]. weights: [S] or [runs, S]."""
    part = np.broadcast_to(weights, (totals.shape[0], weights.shape[-1]))
    summed = np.cumsum(part, axis=1)
    edges = np.round(summed / summed[:, -1:] * totals[:, None])
    return np.diff(edges, axis=1, prepend=0.0).astype(np.int64)
