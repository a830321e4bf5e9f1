"""How many searches and calls, per hour, zone, kind and channel, and what came of them.

A desk counts its own exactly. Who plans sees all desks together, and every count rounded by who is in it, so that no
count of a few people can be read, nor be computed from two (docs/open-figures.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from veerkracht import region
from veerkracht.register.care.queries.protected import base, secret
from veerkracht.register.crisis.queries import demand
from veerkracht.register.crisis.rules import rules
from veerkracht.register.disclosure import Cells, cell_name, record_keys, rounded
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.rulebook.types import Text

HOUR, ZONE, KIND, CHANNEL = WAYS = ("hour", "zone", "kind", "channel")
LONGEST = timedelta(days=366 * 5)
# Before and after these no day is a slip of who counts; the ends of the calendar have no midnight everywhere.
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)
ALL = "all"


@dataclass(frozen=True)
class Row:
    """`id`: an hour, or an id of the region's file. `counts`: by outcome, and under `ALL` all of them together."""

    id: str
    name: Text
    counts: dict[str, int]


@dataclass(frozen=True)
class Counts:
    """`columns`: the outcomes, in the sequence in which they are shown. `is_exact`: of the reader's own desk."""

    way: str
    from_date: date
    until_date: date
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row
    is_exact: bool


def counts(actor: Actor, way: str, from_date: date, until_date: date) -> Counts:
    """Counts by one of `WAYS` of the calls that came from a day up to and including another; two queries.

    Raises `Refused`, and `Invalid` for a way that is none, or days upside down or more than five years apart.
    """
    require("search.count", actor, actor.programme)
    _check(way, from_date, until_date)
    exact = actor.organisation_id is not None and may("call.read", actor, actor.programme)
    record(
        actor, "list", "crisis.count", detail={"by": way, "from": str(from_date), "until": str(until_date)}
    )
    period = demand.Period(
        _midnight(from_date),
        _midnight(until_date + timedelta(days=1)),
        actor.organisation_id if exact else None,
    )
    table, outcomes = _table(way, period)
    keys = None if exact else _keys(table)
    rows = tuple(
        Row(id, name, _counted(table.filter(pl.col(way) == value), outcomes, keys, (way, id)))
        for id, name, value in _labels(way)
    )
    total = Row("", Text("Samen", "Together"), _counted(table, outcomes, keys, ("", "")))
    return Counts(way, from_date, until_date, (ALL, *outcomes), rows, total, exact)


def _check(way: str, from_date: date, until_date: date) -> None:
    if way not in WAYS:
        listed = ", ".join(WAYS)
        raise Invalid(Text(nl=f"Verwacht: {listed}.", en=f"Expected: {listed}."), "by")
    if not (FIRST <= from_date <= until_date <= LAST and until_date - from_date <= LONGEST):
        raise Invalid(
            Text(
                nl=f"Verwacht: een laatste dag na {from_date:%d-%m-%Y}, hoogstens vijf jaar later; gevonden: "
                f"{until_date:%d-%m-%Y}.",
                en=f"Expected: a last day after {from_date}, at most five years later; found: {until_date}.",
            ),
            "until",
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(region.current().time_zone))


def _table(way: str, period: demand.Period) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """What is counted with a column `id`, and its outcomes: of channels calls are counted, else searches."""
    if way == CHANNEL:
        return demand.calls(period).rename({"call": "id"}), (demand.CONSULT, demand.SEARCH, demand.OPEN)
    return demand.searches(period).rename({"search": "id"}), demand.OUTCOMES


def _labels(way: str) -> Sequence[tuple[str, Text, object]]:
    """Every row there can be, also those in which nothing was counted."""
    if way == HOUR:
        return [(f"{hour:02}", Text(f"{hour} uur", f"{hour:02}:00"), hour) for hour in range(24)]
    crisis = rules()
    named = {ZONE: crisis.zones, KIND: crisis.kinds, CHANNEL: crisis.choices["channel"]}[way]
    return [(id, one.name, id) for id, one in named.items()]


def _keys(table: pl.DataFrame) -> dict[int, int]:
    ids = table.get_column("id").to_list()
    return dict(zip(ids, record_keys(ids, secret()).tolist(), strict=True))


def _counted(
    table: pl.DataFrame, outcomes: Sequence[str], keys: dict[int, int] | None, cell: tuple[str, str]
) -> dict[str, int]:
    """How many there are of each outcome. `keys`: of each row, to round by; None: exactly."""
    of_each = {
        ALL: table.get_column("id").to_list(),
        **{one: table.filter(pl.col("outcome") == one).get_column("id").to_list() for one in outcomes},
    }
    if keys is None:
        return {one: len(ids) for one, ids in of_each.items()}
    names = [cell_name("crisis", one, area=cell[0], group=cell[1]) for one in of_each]
    cells = Cells(
        names,
        np.array([len(ids) for ids in of_each.values()]),
        np.array([sum(keys[id] for id in ids) for ids in of_each.values()]),
    )
    return dict(zip(of_each, rounded(cells, base(), secret()).tolist(), strict=True))
