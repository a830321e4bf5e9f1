"""What the programme's dated rules say on each round of a forecast."""

from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl

from veerkracht.forecast import layout
from veerkracht.forecast.calendar import Calendar, day_number
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.layout import Flags, Real, Rules, Whole
from veerkracht.rulebook import rounds, sharing
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.order import order_on
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.pots import Pot
from veerkracht.rulebook.types import Order, Partial, Programme, Split

# The pot of grants outside the queue that are still to come; which route each takes is not known beforehand.
FUTURE_ROUTES = "route"
_KEY_KINDS = {"priority_group": layout.GROUP_KEY, "priority_date": layout.DATE_KEY, "id": layout.ID_KEY}

Versions = list[tuple[Order, date]]


def splits_of(programme: Programme, days: Calendar) -> list[Split]:
    splits = [rounds.split_on(programme, day) for day in days.rounds]
    if len({split.routes_first for split in splits}) > 1:
        raise ForecastFault(
            f"{programme.id} changes during the forecast whether routes go first: that can't be played yet."
        )
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
    splits = splits_of(programme, days)
    part_share, part_full, part_stays, part_new = _partials(table, programme, days, sequence)
    kinds, signs = _key_forms(versions)
    donors, donors_from = _donors(table, sequence)
    records = days.records
    return Rules(
        start=day_number(days.start),
        end=day_number(days.end),
        since=day_number(days.start),
        round_day=np.array([day_number(day) for day in days.rounds], np.int64),
        record_day=np.array([day_number(day) for day in records], np.int64),
        new_year=_new_years(records),
        index_steps=np.array([day.year - days.start.year for day in days.rounds], np.int64),
        record_steps=np.array([day.year - days.start.year for day in records], np.int64),
        kinds=np.array([sharing.ROUTE if is_route(pot) else sharing.GROUP for pot in sequence], np.int64),
        group=np.array([_group_number(pot) for pot in sequence], np.int64),
        open=np.array([[_is_open(programme, pot, on) for pot in sequence] for on in days.rounds], np.bool_),
        lasts=np.array([_lasts(pot) for pot in sequence]),
        by_key=np.array([split.method == "key" for split in splits], np.bool_),
        else_by_key=np.array([bool(split.key) for split in splits], np.bool_),
        overflow=np.array([split.overflow == "down" for split in splits], np.bool_),
        strict=np.array([split.strict for split in splits], np.bool_),
        shares=np.stack([_shares(sequence, split) for split in splits]),
        part_share=part_share,
        part_full=part_full,
        part_stays=part_stays,
        part_new=part_new,
        version=version,
        key_kind=kinds,
        key_sign=signs,
        donors=donors,
        donors_from=donors_from,
    )


def is_route(pot: Pot) -> bool:
    """Whether a pot is for grants outside the queue."""
    return pot.route is not None or pot.id == FUTURE_ROUTES


def _group_number(pot: Pot) -> int:
    if is_route(pot):
        return 0
    return pot.group.number if pot.group else 1


def _is_open(programme: Programme, pot: Pot, on: date) -> bool:
    return pot.route is None or programme.route(pot.route.id, on) is not None


def _lasts(pot: Pot) -> float:
    route = pot.route
    if route is None or route.definitive or not (route.months or route.weeks):
        return float("inf")
    return route.months / 12 if route.months else (route.weeks or 0) * 7 / 365.25


def _shares(sequence: tuple[Pot, ...], split: Split) -> Whole:
    """The rulebook's shares, none for grants outside the queue."""
    known = rounds.key_shares(tuple(pot for pot in sequence if not is_route(pot)), split)
    result = np.zeros(len(sequence), np.int64)
    result[[number for number, pot in enumerate(sequence) if not is_route(pot)]] = known
    return result


def _new_years(records: tuple[date, ...]) -> Flags:
    """Whether the next record date lies in another year."""
    changes = [one.year != other.year for one, other in pairwise(records)]
    return np.array([*changes, True], np.bool_)


def _key_forms(versions: Versions) -> tuple[Whole, Whole]:
    longest = max(len(order.by) for order, _ in versions)
    kinds = np.full((len(versions), longest), layout.FACT, np.int64)
    signs = np.ones((len(versions), longest), np.int64)
    for number, (order, _) in enumerate(versions):
        for column, key in enumerate(order.by):
            kinds[number, column] = _KEY_KINDS.get(key.removeprefix("-"), layout.FACT)
            signs[number, column] = -1 if key.startswith("-") else 1
    return kinds, signs


def _donors(table: pl.DataFrame, sequence: tuple[Pot, ...]) -> tuple[Whole, Whole]:
    """Rows of the list by pot, whose unchanging facts new requests of that pot take over."""
    pot = table.get_column("pot").to_numpy().astype(np.int64)
    rows = np.argsort(pot, kind="stable").astype(np.int64)
    return rows, np.searchsorted(pot[rows], np.arange(len(sequence) + 1)).astype(np.int64)


def _partials(
    table: pl.DataFrame, programme: Programme, days: Calendar, sequence: tuple[Pot, ...]
) -> tuple[Real, Flags, Flags, Flags]:
    shape = (len(days.rounds), len(sequence))
    part, full = np.ones(shape), np.zeros(shape, np.bool_)
    stays, new = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for turn, on in enumerate(days.rounds):
        for partial in all_on(programme.partials, on):
            for pot, at in enumerate(sequence):
                if at.id == partial.group:
                    part[turn, pot], full[turn, pot] = partial.share, partial.others == "full"
                    stays[turn, pot] = partial.stays_waiting
                    new[turn, pot] = _newcomer_may(table, programme, partial, on)
    return part, full, stays, new


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
