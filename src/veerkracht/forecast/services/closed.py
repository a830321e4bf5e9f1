"""Places that a register holds as closed for a while: they start closed, and open again on the day that it expects or,
where it knows none, after a time that the region assumes.

What a forecast closes by itself is not closed twice: places without staff (the share that the register counts takes the
place of the assumed one, and the staff model goes on from there) and places between two stays.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl

from veerkracht.forecast.calendar import day_number
from veerkracht.forecast.inputs import Uncertain, amounts
from veerkracht.forecast.services.growth import MOMENT, Coming, chances
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.region import Region
from veerkracht.region.places import BY_STAFF
from veerkracht.region.staff import Workforce
from veerkracht.region.supply import CLOSED, Reopening, Supply
from veerkracht.rulebook.types import Assumption, Programme, Text

_KNOWN = Text(
    "{programme}: {units} plaatsen zijn bij de start gesloten; het register verwacht wanneer ze weer opengaan.",
    "{programme}: {units} places are closed at the start; the register expects when they open again.",
)
_ASSUMED = Text(
    "{programme}: {units} plaatsen zijn bij de start gesloten zonder verwachte dag; hoe lang nog is aangenomen (zie de "
    "onzekere getallen).",
    "{programme}: {units} places are closed at the start without an expected day; for how long yet is assumed (see the "
    "uncertain numbers).",
)
_FOR_GOOD = Text(
    "{programme}: {units} plaatsen zijn bij de start gesloten zonder verwachte dag; ze blijven in deze vooruitblik "
    "gesloten.",
    "{programme}: {units} places are closed at the start without an expected day; they stay closed in this forecast.",
)
_WITHOUT_STAFF = Text(
    "{programme}: {units} plaatsen zijn bij de start gesloten bij gebrek aan personeel, zoals het register telt; hoe "
    "het verder gaat, volgt het personeel.",
    "{programme}: {units} places are closed at the start for want of staff, as the register counts; how that goes on "
    "follows the staff.",
)
_COUNTED = Text(
    "Geteld door het register op {on}: {units} van {all} plaatsen.",
    "Counted by the register on {on}: {units} of {all} places.",
)


@dataclass(frozen=True)
class Closed:
    """What is closed at the start. `places`: as `region.supply.CLOSED`, without what the forecast closes by itself;
    `without_staff`: places that are closed for want of staff, where the staff model can start from them."""

    places: pl.DataFrame
    without_staff: int


def closed_of(region: Region, programme: Programme, homes: pl.DataFrame, closed: pl.DataFrame) -> Closed:
    """What of the closed places of a register is played. homes: with their id, units and occupied."""
    played_by = region.places.played_by if region.places else {}
    reason = pl.col("reason")
    of_staff = [one for one, by in played_by.items() if by == BY_STAFF and _has_staff(region, programme)]
    elsewhere = [*of_staff, *(one for one, by in played_by.items() if by != BY_STAFF)]
    without_staff = int(closed.filter(reason.is_in(of_staff)).get_column("units").sum())
    return Closed(
        _within(homes, closed.filter(reason.is_in(elsewhere).not_())),
        without_staff if _alone_in_its_sector(region, programme) else 0,
    )


def _has_staff(region: Region, programme: Programme) -> bool:
    return region.staff is not None and programme.sector in {one.id for one in region.staff.sectors}


def _alone_in_its_sector(region: Region, programme: Programme) -> bool:
    others = (one for one in region.programmes.values() if one.id != programme.id)
    return _has_staff(region, programme) and all(one.sector != programme.sector for one in others)


def _within(homes: pl.DataFrame, closed: pl.DataFrame) -> pl.DataFrame:
    """No more closed at a home than stands empty; what opens first counts first."""
    room = pl.col("home_units") - pl.col("home_occupied")
    rows = closed.sort("station", "opens_again", nulls_last=True, maintain_order=True).join(
        homes.select(station="id", home_units="units", home_occupied="occupied"),
        on="station",
        how="inner",
        maintain_order="left",
    )
    so_far = pl.min_horizontal(pl.col("units").cum_sum().over("station"), room)
    kept = rows.with_columns(units=so_far).with_columns(
        units=pl.col("units") - pl.col("units").shift(1, fill_value=0).over("station")
    )
    return kept.filter(pl.col("units") > 0).select(*CLOSED)


def with_counted_share(region: Region, programme: Programme, units: int, closed: Closed, on: date) -> Region:
    """The region with the counted share of places without staff in place of the assumed one, where one was counted."""
    if region.staff is None or not closed.without_staff:
        return region
    id = f"closed.{programme.sector}"
    why = _COUNTED.fill(on=on, units=closed.without_staff, all=units)
    assumed = [one for one in region.staff.parameters if one.id == id]
    counted = [
        replace(
            one,
            from_=min(other.from_ for other in assumed),
            until=None,
            value=closed.without_staff / units,
            low=None,
            high=None,
            source=None,
            assumption=Assumption(why=why),
            still_valid_on=on,
        )
        for one in assumed[:1]
    ]
    others = (one for one in region.staff.parameters if one.id != id)
    staff = Workforce(region.staff.sectors, region.staff.professions, (*others, *counted))
    return replace(region, staff=staff)


def told(programme: Programme, supply: Supply, closed: Closed) -> tuple[Text, ...]:
    """In words, what is closed at the start and when it is taken to open again."""
    units, day = pl.col("units"), pl.col("opens_again")
    known, unknown = closed.places.select(
        known=units.filter(day.is_not_null()).sum(), unknown=units.filter(day.is_null()).sum()
    ).row(0)
    without_day = _ASSUMED if supply.reopening else _FOR_GOOD
    said = ((_KNOWN, known), (without_day, unknown), (_WITHOUT_STAFF, closed.without_staff))
    return tuple(text.fill(programme=programme.name, units=count) for text, count in said if count)


def reopening(numbers: Numbers, supply: Supply, start: date) -> Coming:
    """When the places open again that are closed at the start; inf: never. What is closed together opens together."""
    runs, closed = numbers.draws.runs, supply.closed
    first = day_number(start) + MOMENT
    days = [day_number(day) - 1.0 if day else np.nan for day in closed.get_column("opens_again")]
    known = np.broadcast_to(np.array(days, np.float64), (runs, len(days)))
    waits = np.full(known.shape, np.inf)
    if supply.reopening is not None and np.isnan(known).any():
        years = amounts(numbers.of(_number(numbers, supply.reopening)))
        waits = YEAR * years[:, None] * -np.log(chances(numbers, "closed places", len(days))[0])
    ids = supply.stations.get_column("id").to_list()
    station = np.array([ids.index(id) for id in closed.get_column("station")], np.int64)
    units = closed.get_column("units").to_numpy().astype(np.int64)
    return Coming(
        np.maximum(np.where(np.isnan(known), first + waits, known), first),
        np.broadcast_to(units, known.shape),
        np.broadcast_to(station, known.shape),
    )


def _number(numbers: Numbers, told: Reopening) -> Uncertain:
    return Uncertain(
        "reopening.years",
        told.years,
        told.low,
        told.high,
        "years",
        told.text,
        told.source,
        told.assumption,
        owner=numbers.programme.id,
    )
