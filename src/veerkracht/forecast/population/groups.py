"""A projected population by groups of ages, in a part of the region, and beside what others projected."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.population.model import OWNER, Projection
from veerkracht.region import Region
from veerkracht.rulebook.types import Text

_ALL = 150
_NO_AREA = Text(
    "{region} heeft geen gebied “{area}”: geef de code of de naam van een gemeente, zone, regio of provincie zoals in "
    "areas.csv.",
    "{region} has no area “{area}”: give the code or name of a municipality, zone, region or province as in areas.csv.",
)
# The groups of which official projections speak, each from an age to an age.
GROUPS = {
    "total": (0, _ALL),
    "0-17": (0, 17),
    "18-66": (18, 66),
    "67-plus": (67, _ALL),
    "80-plus": (80, _ALL),
    "85-plus": (85, _ALL),
}
# Series of figures with what others projected: these words, a point, and a group.
OFFICIAL = "official-projection"
_LEVELS = (("code", "name"), ("zone", "zone_name"), ("region", "region_name"), ("province", "province_name"))


def grouped(region: Region, projection: Projection, days: Sequence[date], area: str = "") -> dict[str, Real]:
    """Persons of each group on the evenings of these days, by series name, float64[runs, days].

    area: the code or name of a municipality, zone, region or province, the first of these that has it; "" is the
    whole region. Raises `ForecastFault` when there is none.
    """
    if not area:
        return {f"{OWNER}.{name}": projection.total_on(days, *ages) for name, ages in GROUPS.items()}
    rows = _rows(region, area)
    return {
        f"{OWNER}.{name}": projection.persons_on(days, *ages)[:, :, rows].sum(2)
        for name, ages in GROUPS.items()
    }


def _rows(region: Region, area: str) -> Whole:
    """The areas that a code or name stands for: the smallest kind of area that has it."""
    lower = region.areas.select(pl.col(pl.String).str.to_lowercase())
    for columns in _LEVELS:
        hit = lower.select(pl.any_horizontal(pl.col(columns) == area.lower())).to_series().to_numpy()
        if hit.any():
            return np.flatnonzero(hit)
    raise ForecastFault(_NO_AREA.fill(region=region.name, area=area))


def beside_official(region: Region, projection: Projection) -> pl.DataFrame:
    """What others projected, each with the projection for the same evening: series, date, official, p10, p50, p90,
    source_title. Only days between the start and the end."""
    frame = region.figures.frame
    mine = frame.filter(pl.col("series").is_in([f"{OFFICIAL}.{name}" for name in GROUPS]))
    found = mine.filter(pl.col("date").is_between(projection.start, projection.days[-1])).sort(
        "date", "series"
    )
    ends = []
    for name, day in found.select("series", "date").iter_rows():
        persons = projection.total_on([day], *GROUPS[name.removeprefix(f"{OFFICIAL}.")])
        ends.append(np.quantile(persons, [0.1, 0.5, 0.9]))
    low, middle, high = np.array(ends).reshape(-1, 3).T
    return found.select(
        "series",
        "date",
        official="value",
        p10=pl.Series(low),
        p50=pl.Series(middle),
        p90=pl.Series(high),
        source_title="source_title",
    )
