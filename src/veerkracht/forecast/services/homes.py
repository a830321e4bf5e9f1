"""Starts a programme with places from the homes that a register holds, where the region's files only know totals.

What the register knows takes the place of the published figure of the day: the homes themselves, how many places and
residents each has, how heavy the care of the residents is, who waits, and what was awarded to come. It is handed in as
columns; nothing else of the forecast changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.services import closed as shut
from veerkracht.forecast.services.awards import ENOUGH_ENDED, awarded_until, left_on, past_of
from veerkracht.forecast.services.without_norm import backlog_on
from veerkracht.region import Figures, Region
from veerkracht.region.figures import SCHEMA as FIGURE
from veerkracht.region.supply import AWARDS, CLOSED, Growth
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
_HOMES = Text(
    "{programme}: vertrokken van de {homes} voorzieningen van het register op {on}, met {units} plaatsen en {occupied} "
    "bewoners.",
    "{programme}: started from the {homes} homes of the register on {on}, with {units} places and {occupied} "
    "residents.",
)
_AWARDED = Text(
    "{programme}, groeikalender van het register: van {awards} toekenningen komen nog {left} plaatsen, tot en met de "
    "periode die begint op {until}. Van later jaren telt wat de bestanden van de regio zeggen.",
    "{programme}, growth calendar of the register: of {awards} awards {left} places are still to come, up to and with "
    "the period that begins on {until}. Of later years what the region's files say counts.",
)
_OWN_PACE = Text(
    "Hoe snel ze komen, leren wij van wat er van deze toekenningen al werd: {ended} zijn in gebruik of vervallen.",
    "How fast they come is learnt from what became of these awards: {ended} came into use or lapsed.",
)
_ASSUMED_PACE = Text(
    "Hoe snel ze komen is aangenomen (zie de onzekere getallen): van nog geen {enough} toekenningen weet het register "
    "wat ervan werd.",
    "How fast they come is assumed (see the uncertain numbers): of fewer than {enough} awards the register knows what "
    "became.",
)
_NO_AWARDS = Text(
    "{programme}, groeikalender van de bestanden van de regio: het register kent geen toekenningen.",
    "{programme}, growth calendar of the region's files: the register holds no awards.",
)
_ELSEWHERE = Text(
    "{programme}: “{area}” is geen gemeente van deze regio.",
    "{programme}: “{area}” is not a municipality of this region.",
)


@dataclass(frozen=True)
class Homes:
    """`homes`: one row a home with id, name, area (code), units and occupied. `categories`: residents by care category,
    of those whose category is known. `waiting`: persons who wait; None when the register holds no list of them.
    `extra`: recognised places with extra recognition; None when nobody said it. `awards`: as `region.supply.AWARDS`.
    `closed`: places that are closed on the day, as `region.supply.CLOSED`.
    """

    on: date
    homes: pl.DataFrame
    categories: Mapping[str, int] = field(default_factory=dict)
    waiting: int | None = None
    extra: int | None = None
    awards: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=AWARDS))
    closed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CLOSED))

    @property
    def units(self) -> int:
        return int(self.homes.get_column("units").sum())

    @property
    def occupied(self) -> int:
        return int(self.homes.get_column("occupied").sum())


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
    of_files = region.supplies[programme_id]
    closed = shut.closed_of(region, programme, homes.homes, homes.closed)
    supply = replace(
        of_files,
        stations=homes.homes.select(*STATION).cast(pl.Schema(STATION)),
        awards=homes.awards.select(*AWARDS).cast(pl.Schema(AWARDS)),
        occupied=tuple(homes.homes.get_column("occupied").to_list()),
        closed=closed.places,
        told=(*told(programme, homes, of_files.growth), *shut.told(programme, of_files, closed)),
    )
    region = shut.with_counted_share(region, programme, homes.units, closed, homes.on)
    own = tuple(one for one in programme.parameters if one.id not in _COUNTED)
    return replace(
        region,
        programmes={**region.programmes, programme_id: replace(programme, parameters=own)},
        supplies={**region.supplies, programme_id: supply},
        figures=_figures(region, programme, homes),
    )


def told(programme: Programme, homes: Homes, calendar: tuple[Growth, ...]) -> tuple[Text, ...]:
    """In words, what the register says in place of the region's files: the homes, and which growth calendar is used."""
    facts: dict[str, Text | date] = {"programme": programme.name, "on": homes.on}
    counts = {"homes": homes.homes.height, "units": homes.units, "occupied": homes.occupied}
    found = (_HOMES.fill(**facts, **counts),)
    until = awarded_until(homes.awards, homes.on)
    if until is None:
        return (*found, _NO_AWARDS.fill(**facts)) if calendar else found
    past, left = past_of(homes.awards, homes.on), left_on(homes.awards, homes.on)
    awarded: dict[str, date | int] = {
        "awards": past.awards,
        "left": int(left.get_column("units").sum()),
        "until": until,
    }
    ended = round(past.realised + past.lapsed)
    pace = _OWN_PACE.fill(ended=ended) if past.is_enough else _ASSUMED_PACE.fill(enough=round(ENOUGH_ENDED))
    return (*found, _AWARDED.fill(**facts, **awarded), pace)


def _check(region: Region, programme: Programme, homes: Homes) -> None:
    units, occupied = homes.units, homes.occupied
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
    series = {f"{programme.id}.{name}": value for name, value in counted.items()}
    backlog = backlog_on(region, homes.on)
    if backlog is not None and backlog.programme == programme.id and homes.extra is not None:
        series[backlog.at_norm] = float(homes.extra)
    rows = [
        {"series": name, "date": homes.on, "published": homes.on, "value": value}
        for name, value in series.items()
    ]
    return Figures(pl.concat([pl.DataFrame(rows, schema=FIGURE), region.figures.frame]))


def _counted(programme: Programme, homes: Homes) -> dict[str, float]:
    found = {"places.recognised": float(homes.units), "occupancy": homes.occupied / homes.units}
    known = sum(homes.categories.values())
    if known:
        heavy = {one.id for one in programme.care_categories if one.heavy}
        found["residents.heavy-share"] = (
            sum(count for category, count in homes.categories.items() if category in heavy) / known
        )
    if homes.waiting is not None:
        found["waiting.persons"] = float(homes.waiting)
    return found
