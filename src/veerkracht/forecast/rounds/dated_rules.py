"""What the programme's dated rules say on each round of a forecast."""

from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl

from veerkracht.forecast.arrays import Whole
from veerkracht.forecast.calendar import Calendar, day_number
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.rounds import layout
from veerkracht.forecast.rounds.entries import NEVER
from veerkracht.forecast.rounds.layout import Rules
from veerkracht.rulebook import rounds, sharing
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.order import order_on
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.pots import Pot
from veerkracht.rulebook.routes import ends_on
from veerkracht.rulebook.types import Order, Partial, Programme, Split, Text

# The pot of grants outside the queue that are still to come; which route each takes is not known beforehand.
FUTURE_ROUTES = "route"
OUTSIDE = Text("Buiten de wachtrij", "Outside the queue")
_KEY_KINDS = {"priority_group": layout.GROUP_KEY, "priority_date": layout.DATE_KEY, "id": layout.ID_KEY}

_ROUTES_CHANGE = Text(
    "{programme} verandert tijdens de vooruitblik of routes eerst komen: dat kan nog niet worden nagespeeld.",
    "{programme} changes during the forecast whether routes go first: that can't be played yet.",
)

Versions = list[tuple[Order, date]]


def splits_of(programme: Programme, days: Calendar) -> list[Split]:
    splits = [rounds.split_on(programme, day) for day in days.rounds]
    if len({split.routes_first for split in splits}) > 1:
        raise ForecastFault(_ROUTES_CHANGE.fill(programme=programme.id))
    return splits


def orders_of(programme: Programme, days: Calendar) -> tuple[Versions, Whole]:
    """Each order that holds during the forecast with its first round, and which holds in each round."""
    found: Versions = []
    version = np.zeros(len(days.rounds), np.int64)
    for turn, day in enumerate(days.rounds):
        order = order_on(programme, day)
        if not found or found[-1][0] != order:
            found.append((order, day))
        version[turn] = len(found) - 1
    return found, version


def rules_of(
    table: pl.DataFrame,
    programme: Programme,
    days: Calendar,
    sequence: tuple[Pot, ...],
    versions: Versions,
    version: Whole,
) -> Rules:
    donors, donors_from = _donors(table, sequence)
    return Rules(
        start=day_number(days.start),
        end=day_number(days.end),
        since=day_number(days.start),
        turn=_turns(programme, days, version),
        record=_records(days),
        pot=_pots(sequence, days.start),
        by_pot=_by_pot(table, programme, days, sequence),
        key=_key_forms(versions),
        donors=donors,
        donors_from=donors_from,
    )


def _turns(programme: Programme, days: Calendar, version: Whole) -> Whole:
    splits = splits_of(programme, days)
    rows: dict[int, list[int]] = {
        layout.ROUND_DAY: [day_number(day) for day in days.rounds],
        layout.INDEX_STEPS: [day.year - days.start.year for day in days.rounds],
        layout.BY_KEY: [split.method == "key" for split in splits],
        layout.ELSE_BY_KEY: [bool(split.key) for split in splits],
        layout.OVERFLOW: [split.overflow == "down" for split in splits],
        layout.STRICT: [split.strict for split in splits],
        layout.VERSION: version.tolist(),
    }
    return _rows(rows)


def _records(days: Calendar) -> Whole:
    dates = days.records
    changes = [one.year != other.year for one, other in pairwise(dates)]
    rows: dict[int, list[int]] = {
        layout.RECORD_DAY: [day_number(day) for day in dates],
        layout.RECORD_STEPS: [day.year - days.start.year for day in dates],
        layout.NEW_YEAR: [*changes, True],
    }
    return _rows(rows)


def _pots(sequence: tuple[Pot, ...], start: date) -> Whole:
    rows: dict[int, list[int]] = {
        layout.KIND: [sharing.ROUTE if is_route(pot) else sharing.GROUP for pot in sequence],
        layout.GROUP: [_group_number(pot) for pot in sequence],
        layout.LASTS: [_lasts(pot, start) for pot in sequence],
    }
    return _rows(rows)


def _rows(rows: dict[int, list[int]]) -> Whole:
    """Rows of numbers in the sequence of their names."""
    return np.array([rows[name] for name in sorted(rows)], np.int64)


def _by_pot(table: pl.DataFrame, programme: Programme, days: Calendar, sequence: tuple[Pot, ...]) -> Whole:
    found = np.zeros((6, len(days.rounds), len(sequence)), np.int64)
    found[layout.PART_SHARE] = layout.MILLIONTHS
    for turn, (on, split) in enumerate(zip(days.rounds, splits_of(programme, days), strict=True)):
        found[layout.OPEN, turn] = [_is_open(programme, pot, on) for pot in sequence]
        found[layout.SHARES, turn] = _shares(sequence, split)
        for partial in all_on(programme.partials, on):
            pot = [pot.id for pot in sequence].index(partial.group)
            found[layout.PART_SHARE, turn, pot] = round(partial.share * layout.MILLIONTHS)
            found[layout.PART_FULL, turn, pot] = partial.others == "full"
            found[layout.PART_STAYS, turn, pot] = partial.stays_waiting
            found[layout.PART_NEW, turn, pot] = _newcomer_may(table, programme, partial, on)
    return found


def is_route(pot: Pot) -> bool:
    """Whether a pot is for grants outside the queue."""
    return pot.route is not None or pot.id == FUTURE_ROUTES


def _group_number(pot: Pot) -> int:
    if is_route(pot):
        return 0
    return pot.group.number if pot.group else 1


def _is_open(programme: Programme, pot: Pot, on: date) -> bool:
    return pot.route is None or programme.route(pot.route.id, on) is not None


def _lasts(pot: Pot, start: date) -> int:
    """Days that a grant lasts; longer than anyone lives when it has no end."""
    end = ends_on(pot.route, start) if pot.route and not pot.route.definitive else None
    return (end - start).days if end else NEVER


def _shares(sequence: tuple[Pot, ...], split: Split) -> Whole:
    """The rulebook's shares, none for grants outside the queue."""
    known = rounds.key_shares(tuple(pot for pot in sequence if not is_route(pot)), split)
    result = np.zeros(len(sequence), np.int64)
    result[[number for number, pot in enumerate(sequence) if not is_route(pot)]] = known
    return result


def _key_forms(versions: Versions) -> Whole:
    longest = max(len(order.by) for order, _ in versions)
    forms = np.full((2, len(versions), longest), layout.FACT, np.int64)
    forms[layout.KEY_SIGN] = 1
    for number, (order, _) in enumerate(versions):
        for column, key in enumerate(order.by):
            forms[layout.KEY_KIND, number, column] = _KEY_KINDS.get(key.removeprefix("-"), layout.FACT)
            forms[layout.KEY_SIGN, number, column] = -1 if key.startswith("-") else 1
    return forms


def _donors(table: pl.DataFrame, sequence: tuple[Pot, ...]) -> tuple[Whole, Whole]:
    """Rows of the list by pot, whose unchanging facts new requests of that pot take over."""
    pot = table.get_column("pot").to_numpy().astype(np.int64)
    rows = np.argsort(pot, kind="stable").astype(np.int64)
    return rows, np.searchsorted(pot[rows], np.arange(len(sequence) + 1)).astype(np.int64)


def _newcomer_may(table: pl.DataFrame, programme: Programme, partial: Partial, on: date) -> bool:
    """Whether a request that came in on a day may be granted a part: a request of the list, as if it were new."""
    group = next(group.number for group in programme.groups if group.id == partial.group)
    if table.is_empty():
        return False
    newcomer = table.head(1).with_columns(
        pl.lit(group, pl.Int64).alias("priority_group"),
        pl.lit("").alias("route"),
        pl.lit(on).alias("priority_date"),
        pl.lit(on).alias("request_date"),
        pl.lit(value=False).alias("partial"),
    )
    return 0.0 < float(share(newcomer, programme, on).item()) < 1.0
