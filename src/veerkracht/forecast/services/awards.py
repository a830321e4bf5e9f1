"""Growth as a register keeps it, award by award: what is still to come, at which station, and how fast such came.

It takes the place of the region's calendar up to the last period that was awarded; what the calendar tells of later
years stays. The pace is that of the register's own awards once enough of them ended, else what the programme says.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.stats import beta, gamma

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.inputs import Uncertain, amounts, shares
from veerkracht.forecast.services.growth import Coming, Pace, batches, decided, inside, pace_of, pace_of_late
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.forecast.services.supply import Stations
from veerkracht.region.places import EXTRA, PLACES
from veerkracht.region.supply import Supply
from veerkracht.region.years import years_on
from veerkracht.rulebook.types import Assumption, Text

# With fewer that came into use or lapsed, the pace of the register's own awards says too little.
ENOUGH_ENDED = 10.0
_NINE_OF_TEN = (0.05, 0.5, 0.95)
_JEFFREYS = 0.5
_WHY = Text(
    "Uit het register: van {awards} toekenningen, samen {years} jaar onderweg, kwamen er {realised} in gebruik, "
    "vervielen er {lapsed} en werden er {postponed} uitgesteld.",
    "From the register: of {awards} awards, {years} years under way together, {realised} came into use, {lapsed} "
    "lapsed and {postponed} were postponed.",
)
_NAMES = {
    "award.lost": Text("Deel van wat toegekend is en vervalt.", "Share of what was awarded that lapses."),
    "award.postponed": Text(
        "Deel van wat toegekend is en nog uitgesteld wordt.",
        "Share of what was awarded that is postponed yet.",
    ),
    "award.postponed.years": Text("Hoe lang zulk uitstel duurt.", "How long such postponement lasts."),
    "award.lead.years": Text(
        "Hoe lang na het begin van haar periode een toekenning gemiddeld in gebruik is, uitstel niet meegeteld.",
        "How long after its period began an award is in use on average, without postponement.",
    ),
}


@dataclass(frozen=True)
class Past:
    """What became of awards up to a day. Each award counts for one, a part of it for that part.

    `years`: how long they were under way together, each from the first day of its period until it came into use, lapsed
    or was postponed. `postponed_years`: by how much all postponements together moved a period.
    """

    awards: int = 0
    years: float = 0.0
    realised: float = 0.0
    lapsed: float = 0.0
    postponed: float = 0.0
    postponed_years: float = 0.0

    @property
    def is_enough(self) -> bool:
        return self.realised + self.lapsed >= ENOUGH_ENDED and self.years > 0


def left_on(awards: pl.DataFrame, on: date, adds: str = PLACES) -> pl.DataFrame:
    """The awards of which units are still to come after a day: award, station, area, period_from, units; by award."""
    gone = pl.col("step").is_in(["realised", "lapsed"])
    known = awards.filter(pl.col("on") <= on, pl.col("adds") == adds).sort("on", maintain_order=True)
    return (
        known.group_by("award", maintain_order=True)
        .agg(
            pl.col("station", "area").first(),
            pl.col("period_from").drop_nulls().last(),
            pl.col("units").filter(pl.col("step") == "awarded").sum() - pl.col("units").filter(gone).sum(),
        )
        .filter(pl.col("units") > 0)
        .sort("award")
    )


def awarded_until(awards: pl.DataFrame, on: date) -> date | None:
    """The first day of the last period that was awarded by a day; None when nothing was."""
    known = awards.filter(pl.col("on") <= on, pl.col("step") == "awarded", pl.col("adds") == PLACES)
    last = known.get_column("period_from").max()
    return last if isinstance(last, date) else None


def past_of(awards: pl.DataFrame, on: date) -> Past:
    """What became of the awards of places up to a day."""
    known = awards.filter(pl.col("on") <= on, pl.col("adds") == PLACES).sort("on", maintain_order=True)
    totals = np.zeros(5)
    ones = known.partition_by("award", maintain_order=True)
    for steps in ones:
        totals += _past_of_one([_Step(*row) for row in steps.select(_Step._fields).iter_rows()], on)
    return Past(len(ones), *map(float, totals))


class _Step(NamedTuple):
    step: str
    on: date
    units: int
    period_from: date | None


def _past_of_one(steps: list[_Step], on: date) -> Real:
    """Years under way, and the parts realised, lapsed and postponed, and the years of postponement of one award."""
    # An award has its period, by a constraint of the register.
    units, begins = steps[0].units, steps[0].period_from or on
    years, parts, moved, open_ = 0.0, {"realised": 0.0, "lapsed": 0.0, "postponed": 0.0}, 0.0, 1.0
    for step, day, some, later in steps[1:]:
        part = open_ if step == "postponed" else min(some / units, open_)
        years += part * _years(begins, day)
        parts[step] += part
        if later is not None:
            moved += part * _years(max(begins, day), later)
            begins = later
        else:
            open_ -= part
    return np.array([years + open_ * _years(begins, on), *parts.values(), moved])


def _years(begins: date, ends: date) -> float:
    return max((ends - begins).days, 0) / YEAR


def coming(numbers: Numbers, supply: Supply, stations: Stations, start: date) -> list[Coming]:
    """The places that were awarded and are still to come, each award at its own station, and what the calendar tells of
    later years."""
    until = awarded_until(supply.awards, start)
    later = tuple(one for one in supply.growth if until is None or one.from_ > until)
    return [
        *_awarded(numbers, supply, stations, start),
        *decided(numbers, later, stations, start),
    ]


def extra_coming(numbers: Numbers, supply: Supply, start: date, moments: Real) -> Real:
    """Extra recognitions that were awarded and are still to come, as many as have come by each moment: [runs, moments].

    They add no place: they come to places that are there.
    """
    there = np.zeros((numbers.draws.runs, moments.shape[0]))
    for one in _batches_of(numbers, supply, EXTRA, start, np.ones(1)):
        there += (np.where(one.at[:, :, None] <= moments, one.units[:, :, None], 0)).sum(axis=1)
    return there


def _awarded(numbers: Numbers, supply: Supply, stations: Stations, start: date) -> list[Coming]:
    ids = supply.stations.get_column("id").to_list()
    number = {id: place for place, id in enumerate(ids)}
    where = [
        _one(len(ids), number[station]) if station in number else stations.share * inside(stations, area)
        for station, area in left_on(supply.awards, start).select("station", "area").iter_rows()
    ]
    return _batches_of(numbers, supply, PLACES, start, *where)


def _one(size: int, place: int) -> Real:
    found = np.zeros(size)
    found[place] = 1.0
    return found


def _batches_of(numbers: Numbers, supply: Supply, adds: str, start: date, *where: Real) -> list[Coming]:
    """The awards that are left, each as batches. `where`: of each award the weights of stations; one for all of them
    when only one is given."""
    left = left_on(supply.awards, start, adds)
    past = past_of(supply.awards, start)
    of_register = _pace(numbers, past) if past.is_enough else None
    found = []
    for place, (award, begins, units) in enumerate(left.select("award", "period_from", "units").iter_rows()):
        # Nothing of what is still to come was there on the evening of the start.
        first = max(begins, start + timedelta(days=1))
        if of_register is not None:
            pace, period = of_register, (first, first)
        elif begins <= start:
            pace, period = pace_of_late(numbers), (first, first)
        else:
            pace, period = pace_of(numbers), (first, years_on(first, 1))
        amount = np.full(numbers.draws.runs, float(units))
        found.append(
            batches(numbers, pace, f"award {award}", amount, period, where[min(place, len(where) - 1)])
        )
    return found


def _pace(numbers: Numbers, past: Past) -> Pace:
    """How awards come, by what became of those before.

    An award that is under way comes into use, lapses or is postponed, each with a rate of its own that stays the same;
    of each rate the counts tell (a Gamma with the prior of Jeffreys). So the time under way is exponential, and which
    of the three it is follows a Beta.
    """
    ended = past.realised + past.lapsed
    postponed = beta.ppf(_NINE_OF_TEN, past.postponed + _JEFFREYS, ended + _JEFFREYS)
    lost = beta.ppf(_NINE_OF_TEN, past.lapsed + _JEFFREYS, past.realised + _JEFFREYS)
    lead = past.years / gamma.ppf(_NINE_OF_TEN[::-1], ended + _JEFFREYS)
    late = numbers.get("growth.postponed.years", 1.0)
    if past.postponed > 0 and past.postponed_years > 0:
        # Who is postponed may be so again: as often as all are.
        mean = past.postponed_years / past.postponed / (1.0 - postponed[1])
        late = numbers.of(_number(numbers, past, "award.postponed.years", mean / _relative(past.postponed)))
    return Pace(
        shares(numbers.of(_number(numbers, past, "award.lost", lost))),
        shares(numbers.of(_number(numbers, past, "award.postponed", postponed))),
        amounts(late),
        amounts(numbers.of(_number(numbers, past, "award.lead.years", lead))),
        max(float(np.mean(numbers.get("growth.units", 1.0))), 1.0),
    )


def _relative(count: float) -> Real:
    """How far a rate that so many events tell of can lie from the one they give: high, middle, low."""
    return np.asarray(gamma.ppf(_NINE_OF_TEN[::-1], count + _JEFFREYS) / count, np.float64)


def _number(numbers: Numbers, past: Past, id: str, ends: Real) -> Uncertain:
    low, value, high = map(float, ends)
    facts = {name: _tenths(getattr(past, name)) for name in ("years", "realised", "lapsed", "postponed")}
    why = _WHY.fill(awards=past.awards, **facts)
    unit = "years" if id.endswith("years") else "share of units"
    return Uncertain(
        id, value, low, high, unit, _NAMES[id], assumption=Assumption(why=why), owner=numbers.programme.id
    )


def _tenths(value: float) -> Text:
    english = f"{value:,.1f}"
    return Text(english.translate(str.maketrans(",.", ".,")), english)
