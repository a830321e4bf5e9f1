"""Where a forecast starts: the list, the holders and the money on a day.

A register gives it whole (`register.care.turns.start`). Without one, `start_from_figures` draws a list that
agrees with the published figures of that day.
"""

import datetime
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
import polars as pl

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Whole
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Parameters
from veerkracht.region import Figures, Region
from veerkracht.rulebook.cost import cents_per_point
from veerkracht.rulebook.tables import STANDARD, TYPES, WAITING
from veerkracht.rulebook.types import Group, Programme, Text

_LIST_SEED = 20_160_401
_A_YEAR = 366
_OLDEST = 3.0  # years
_NO_GROUPS = Text(
    "{programme} heeft geen groepen: een vooruitblik kan niet starten van bekendgemaakte cijfers.",
    "{programme} has no groups: a forecast can't start from published figures.",
)
_BEFORE_ALL = Text("De eerste cijfers zijn van {first}. ", "The first figures are of {first}. ")
_NO_FIGURES = Text(
    "{before}Er zijn geen cijfers van {on} voor {missing}. Dagen met alles wat nodig is: {there}.",
    "{before}There are no figures of {on} for {missing}. Days with all that is needed: {there}.",
)


@dataclass(frozen=True)
class Start:
    """The state on the evening of a day.

    `waiting`: a table of requests as the rulebook reads it, those of routes outside the queue included.
    `holders`: persons with a budget in use. `holder_cost_cents`: what all of them cost in a year (None: unknown,
    drawn in every run). `money_free_cents`: money of rounds that is not granted yet. `starting`: persons who were
    granted a budget and have not started. `money_from`: measures of a plan from this day on are not in the
    money yet (None: from the day after). `last_round`: set when what came free and what was asked outside the
    queue since that day is not in the money and the list; both are then added as if they came evenly.
    `facts_known`: whether the conditions can be read from `waiting`; otherwise everyone on it meets them.
    `rests_on`: what a reader must know about it, in both languages.
    """

    date: datetime.date
    waiting: pl.DataFrame
    holders: int = 0
    holder_cost_cents: int | None = None
    money_free_cents: int = 0
    starting: int = 0
    money_from: datetime.date | None = None
    last_round: datetime.date | None = None
    facts_known: bool = True
    rests_on: tuple[Text, ...] = field(default_factory=tuple)

    @property
    def first_new_money(self) -> datetime.date:
        return self.money_from or self.date + timedelta(days=1)


def start_from_figures(region: Region, programme: Programme, on: date) -> Start:
    """A list that agrees with the published figures of a day: so many requests in each group, the first of them
    with the date of the next in line, the others spread evenly between that date and the day.

    What each asks is unknown and drawn in every run. Raises `ForecastFault` naming the figures that are missing
    and the days that have them all.
    """
    check_start(region, programme, on)
    tables = [_group_table(region.figures, programme, group, on) for group in programme.groups]
    waiting = pl.concat(tables).with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("id"))
    waiting = waiting.with_columns(person=pl.col("id"), bundle=pl.col("id"))
    holders = _latest(region.figures, f"{programme.id}.holders", on)
    parameters = Parameters.of(programme, on)
    return Start(
        date=on,
        waiting=_with_all_columns(waiting, programme),
        holders=round(holders),
        starting=_starting(region.figures, programme, parameters, on),
        last_round=_last_round(programme, on),
        facts_known=False,
        rests_on=(
            Text(
                f"De lijst is geloot uit de bekendgemaakte cijfers van {on:%d-%m-%Y}: het aantal vragen per groep "
                "en de datum van wie eerst aan de beurt is. De andere datums zijn gelijk gespreid.",
                f"The list is drawn from the published figures of {on:%d-%m-%Y}: the number of requests in each group "
                "and the date of the next in line. The other dates are spread evenly.",
            ),
        ),
    )


def check_start(region: Region, programme: Programme, on: date) -> None:
    """Raises `ForecastFault` naming the figures of a day that are missing, and the days that have them all."""
    needed = {group.number: f"{programme.id}.waiting.{group.id}" for group in programme.groups}
    missing = [name for name in needed.values() if region.figures.value(name, on) is None]
    if missing or not needed:
        raise ForecastFault(_no_figures(region, programme, on, missing))


def _last_round(programme: Programme, on: date) -> date | None:
    """The last day of a round on or before a day."""
    days = [date(year, *day) for year in (on.year - 1, on.year) for day in programme.round.dates]
    return max((day for day in days if day <= on), default=None)


def days_with_figures(region: Region, programme: Programme) -> list[datetime.date]:
    """The days of which the figures hold the number of requests in every group, in order."""
    days: set[date] | None = None
    for group in programme.groups:
        known = region.figures.series(f"{programme.id}.waiting.{group.id}").get_column("date").to_list()
        days = set(known) if days is None else days & set(known)
    return sorted(days or ())


def _no_figures(region: Region, programme: Programme, on: date, missing: list[str]) -> Text:
    if not programme.groups:
        return _NO_GROUPS.fill(programme=programme.id)
    days = days_with_figures(region, programme)
    there = Text(
        ", ".join(f"{day:%d-%m-%Y}" for day in days) or "geen", ", ".join(f"{day}" for day in days) or "none"
    )
    before = _BEFORE_ALL.fill(first=days[0]) if days and on < days[0] else Text()
    return _NO_FIGURES.fill(before=before, on=on, missing=", ".join(missing), there=there)


def _group_table(figures: Figures, programme: Programme, group: Group, on: date) -> pl.DataFrame:
    size = round(figures.value(f"{programme.id}.waiting.{group.id}", on) or 0)
    days = figures.value(f"{programme.id}.next-in-line.{group.id}", on)
    span = max(1, round(days if days is not None else _span(figures, programme, group, on, size)))
    parts = _parts(figures, programme, group, on)
    with_part = min(parts.requests, size)
    since = min(parts.since or span, span)
    ages = np.concatenate([_even(span, since, with_part), _even(since, 0, size - with_part)])
    dates = pl.Series("priority_date", [on - timedelta(days=int(age)) for age in ages], dtype=pl.Date)
    is_first = luck.chances(_LIST_SEED, group.number, size) < _share_without_budget(programme, on)
    parted = pl.int_range(pl.len()) < with_part
    return pl.DataFrame({"priority_date": dates}).with_columns(
        priority_group=pl.lit(group.number, pl.Int64),
        request_date=pl.col("priority_date"),
        kind=pl.when(parted)
        .then(pl.lit(programme.kinds[-1]))
        .otherwise(pl.Series(np.where(is_first, "first", "increase"), dtype=pl.String)),
        state=pl.lit(WAITING),
        route=pl.lit(""),
        partial=parted,
        points=pl.when(parted).then(pl.lit(parts.points, pl.Float64)),
        converted=pl.lit(value=False),
    )


def _even(oldest: int, newest: int, size: int) -> Whole:
    """Ages in days of so many requests, evenly from the oldest to the newest (not included)."""
    return oldest - np.floor(np.arange(size) * (oldest - newest) / max(1, size)).astype(np.int64)


def _span(figures: Figures, programme: Programme, group: Group, on: date, size: int) -> float:
    """Days since the first date in a group of which none is published on a day: the last known first date, moved on by
    as many requests as were granted since, where so many dates lie evenly. Without any, what the programme says."""
    known = figures.series(f"{programme.id}.next-in-line.{group.id}", until=on)
    if not known.height:
        parameters = Parameters.of(programme, on)
        return float(parameters.get(f"oldest.{group.id}", _OLDEST).value * _A_YEAR)
    then: date = known.item(-1, "date")
    days = float(known.item(-1, "value"))
    granted = figures.series(f"{programme.id}.granted.{group.id}", until=on).filter(pl.col("date") > then)
    stood = figures.value(f"{programme.id}.waiting.{group.id}", then) or float(size)
    moved_on = float(granted.get_column("value").sum()) * days / max(1.0, stood)
    return max(1.0, days + (on - then).days - moved_on)


class _Parts(NamedTuple):
    """`requests`: how many at the front of a group have a part of what they ask. `points`: what each still asks,
    on average. `since`: the age in days of the last date that got a part (None: unknown)."""

    requests: int = 0
    points: float | None = None
    since: int | None = None


def _parts(figures: Figures, programme: Programme, group: Group, on: date) -> _Parts:
    given = [
        one for one in programme.partials if one.group == group.id and one.from_ <= on and one.stays_waiting
    ]
    known = figures.series(f"{programme.id}.partial.granted", until=on)
    if not given or not known.height:
        return _Parts()
    last = figures.series(f"{programme.id}.partial.next-in-line", until=on)
    since = round(last.item(-1, "value")) + (on - last.item(-1, "date")).days if last.height else None
    left = 1.0 - given[-1].share
    mean = Parameters.of(programme, on).need(f"cost.{group.id}").value
    points = mean * left * 100 / cents_per_point(programme, on)
    return _Parts(round(float(known.item(-1, "value"))), points, since)


def _share_without_budget(programme: Programme, on: date) -> float:
    return Parameters.of(programme, on).get("holder.new", 1.0).value


def _starting(figures: Figures, programme: Programme, parameters: Parameters, on: date) -> int:
    """Those granted in the last months who have yet to start, when grants come evenly: from the last year known."""
    known = figures.series(f"{programme.id}.granted.total", until=on)
    if not known.height or (on - known.item(-1, "date")).days > _A_YEAR:
        return 0
    years = parameters.get("take-up.months", 0.0).value / 12
    return round(float(known.item(-1, "value")) * parameters.get("holder.new", 1.0).value * years)


def _latest(figures: Figures, name: str, on: date) -> float:
    known = figures.series(name, until=on)
    return float(known.item(-1, "value")) if known.height else 0.0


def _with_all_columns(table: pl.DataFrame, programme: Programme) -> pl.DataFrame:
    """Add what the programme's rules may name; unknown is null."""
    kinds = {name: kind for name, (kind, _) in STANDARD.items()}
    kinds |= {column.name: TYPES[column.type] for column in programme.columns}
    derived = {"on", "age"}
    absent = [name for name in kinds if name not in table.columns and name not in derived]
    return table.with_columns(pl.lit(None, dtype=kinds[name]).alias(name) for name in absent)
