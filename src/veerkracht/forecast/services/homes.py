"""Starts a programme with places from the homes that a register holds, where the region's files only know totals.

What the register knows takes the place of the published figure of the day: the homes themselves, how many places and
residents each has, how heavy the care of the residents is, and who waits. It is handed in as columns; nothing else of
the forecast changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from veerkracht.forecast.faults import ForecastFault
from veerkracht.region import Figures, Region
from veerkracht.region.figures import SCHEMA as FIGURE
from veerkracht.region.supply import SCHEMA as STATION
from veerkracht.rulebook.types import Programme, Text

# A register that holds less of what is published is one that homes are still being taken into.
ENOUGH = 0.9
# Parameters of the programme file that say what the register counts.
_COUNTED = ("start.occupancy",)
_NO_HOMES = Text(
    "{programme}: het register geeft geen enkele voorziening met plaatsen door.",
    "{programme}: the register hands in not one home with places.",
)
_TOO_FULL = Text(
    "{programme}: het register telt {occupied} bewoners op {units} plaatsen; hoogstens evenveel kan.",
    "{programme}: the register counts {occupied} residents on {units} places; as many at most can be.",
)
_ELSEWHERE = Text(
    "{programme}: “{area}” is geen gemeente van deze regio.",
    "{programme}: “{area}” is not a municipality of this region.",
)


@dataclass(frozen=True)
class Homes:
    """`homes`: one row a home with id, name, area (code), units and occupied. `categories`: residents by care category,
    of those whose category is known. `waiting`: persons who wait; None when the register holds no list of them.
    """

    on: date
    homes: pl.DataFrame
    categories: Mapping[str, int] = field(default_factory=dict)
    waiting: int | None = None

    @property
    def units(self) -> int:
        return int(self.homes.get_column("units").sum())


def hold_enough(region: Region, programme: Programme, homes: Homes) -> bool:
    """Whether a register holds about all places that are published, so that a forecast can start from it."""
    return homes.units > 0 and homes.units >= ENOUGH * published(region, programme, homes.on)


def published(region: Region, programme: Programme, on: date | None = None) -> float:
    """The places that were published last, on a day or before; 0 where none were."""
    known = region.figures.series(f"{programme.id}.places.recognised", until=on)
    return float(known.item(-1, "value")) if known.height else 0.0


def with_homes(region: Region, programme_id: str, homes: Homes) -> Region:
    """The region with these homes in place of the published totals of the day. Raises `ForecastFault` for homes that
    can't be."""
    programme = region.programme(programme_id)
    _check(region, programme, homes)
    supply = replace(
        region.supplies[programme_id], stations=homes.homes.select(*STATION).cast(pl.Schema(STATION))
    )
    own = tuple(one for one in programme.parameters if one.id not in _COUNTED)
    return replace(
        region,
        programmes={**region.programmes, programme_id: replace(programme, parameters=own)},
        supplies={**region.supplies, programme_id: supply},
        figures=_figures(region, programme, homes),
    )


def _check(region: Region, programme: Programme, homes: Homes) -> None:
    units, occupied = homes.units, int(homes.homes.get_column("occupied").sum())
    if units <= 0:
        raise ForecastFault(_NO_HOMES.fill(programme=programme.id))
    if occupied > units:
        raise ForecastFault(_TOO_FULL.fill(programme=programme.id, occupied=occupied, units=units))
    unknown = homes.homes.join(region.areas, left_on="area", right_on="code", how="anti")
    if unknown.height:
        raise ForecastFault(_ELSEWHERE.fill(programme=programme.id, area=unknown.item(0, "area")))


def _figures(region: Region, programme: Programme, homes: Homes) -> Figures:
    """The figures with those of the register before all others: where two are of one day, the first is used."""
    counted = _counted(programme, homes)
    rows = [
        {"series": f"{programme.id}.{name}", "date": homes.on, "published": homes.on, "value": value}
        for name, value in counted.items()
    ]
    return Figures(pl.concat([pl.DataFrame(rows, schema=FIGURE), region.figures.frame]))


def _counted(programme: Programme, homes: Homes) -> dict[str, float]:
    occupied = float(homes.homes.get_column("occupied").sum())
    found = {"places.recognised": float(homes.units), "occupancy": occupied / homes.units}
    known = sum(homes.categories.values())
    if known:
        heavy = {one.id for one in programme.care_categories if one.heavy}
        found["residents.heavy-share"] = (
            sum(count for category, count in homes.categories.items() if category in heavy) / known
        )
    if homes.waiting is not None:
        found["waiting.persons"] = float(homes.waiting)
    return found
