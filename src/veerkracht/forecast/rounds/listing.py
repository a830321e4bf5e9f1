"""The list at the start, as the columns that the engine reads."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from veerkracht.forecast.arrays import Flags, Whole
from veerkracht.forecast.calendar import Calendar, day_number
from veerkracht.forecast.rounds import layout
from veerkracht.forecast.rounds.dated_rules import Versions
from veerkracht.forecast.rounds.layout import Requests
from veerkracht.forecast.rounds.start import Start
from veerkracht.rulebook import cost as rule_cost
from veerkracht.rulebook.conditions import eligible
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.order import key_columns, positions
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.pots import pot_of, pots
from veerkracht.rulebook.tables import WAITING
from veerkracht.rulebook.types import Programme

IN_POT = "in_pot_"


def listed(start: Start, programme: Programme, days: Calendar) -> pl.DataFrame:
    """The waiting requests that are in a pot now or on a later round, in the order of the start.

    Adds `pot_id`, and for each round a boolean `in_pot_<round>`: whether all of its bundle are then in a pot.
    """
    table = start.waiting
    if "state" in table.columns:
        table = table.filter(pl.col("state") == WAITING)
    found = [_pot_ids(table, programme, on) for on in (days.start, *days.rounds)]
    in_pot = [ids.is_not_null().alias(f"{IN_POT}{turn}") for turn, ids in enumerate(found[1:])]
    table = table.with_columns(pl.coalesce(*map(pl.lit, found)).alias("pot_id"), *in_pot)
    table = table.with_columns(pl.col(f"^{IN_POT}.*$").min().over("bundle"))
    table = table.filter(pl.col("pot_id").is_not_null())
    return table[positions(table, programme, start.date)]


def _pot_ids(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series:
    names = [pot.id for pot in pots(programme, on)]
    in_pot = pot_of(table, programme, on)
    return in_pot.replace_strict(list(range(len(names))), names, return_dtype=pl.String, default=None)


def requests_of(
    table: pl.DataFrame, programme: Programme, days: Calendar, versions: Versions, *, facts_known: bool
) -> Requests:
    """The columns of the list that `listed` made. Without known facts everyone meets the conditions."""
    mates, mates_from, mates_until = _mates(table)
    full = rule_cost.full_cost(table, programme, days.start).fill_null(-1)
    columns: dict[int, NDArray[Any]] = {
        layout.ID: _whole(table, "id"),
        layout.BUNDLE: _whole(table, "bundle"),
        layout.ASKED_POT: _whole(table, "pot"),
        layout.PRIORITY: _days(table, "priority_date", days),
        layout.COST: full.to_numpy(),
        layout.PART_COST: _part_cost(table, programme, days),
        layout.MAKES_HOLDER: _without_budget(table, programme),
        layout.MATES_FROM: mates_from,
        layout.MATES_UNTIL: mates_until,
    }
    of = np.zeros((len(columns), table.height), np.int64)
    for row, values in columns.items():
        of[row] = values
    may = [
        _eligible(table, programme, days, facts_known=facts_known),
        _by_round(table, days, lambda on: _may_have_part(table, programme, on)),
    ]
    return Requests(of=of, may=np.stack(may), keys=_keys(table, programme, versions), mates=mates)


def _eligible(table: pl.DataFrame, programme: Programme, days: Calendar, *, facts_known: bool) -> Flags:
    in_pot = [table.get_column(f"{IN_POT}{turn}").to_numpy() for turn in range(len(days.rounds))]
    placed = np.array(np.stack(in_pot, axis=1), np.bool_)
    if not facts_known:
        return placed
    return placed & _by_round(table, days, lambda on: eligible(table, programme, on))


def _without_budget(table: pl.DataFrame, programme: Programme) -> Flags:
    """Who becomes a holder when granted: a request of the first kind, of someone who holds no points."""
    is_first = (pl.col("kind") == programme.kinds[0]).fill_null(value=True)
    holds_none = pl.col("points_held").fill_null(0.0) == 0.0
    flags = table.select(is_first & holds_none).to_series().to_numpy()
    return np.array(flags, np.bool_)


def _whole(table: pl.DataFrame, name: str) -> Whole:
    return np.array(table.get_column(name).to_numpy(), np.int64)


def _days(table: pl.DataFrame, name: str, days: Calendar) -> Whole:
    numbers = table.get_column(name).cast(pl.Int32).cast(pl.Int64).fill_null(day_number(days.start))
    return np.array(numbers.to_numpy(), np.int64)


def _part_cost(table: pl.DataFrame, programme: Programme, days: Calendar) -> Whole:
    """What the rulebook says that the part costs, where a part is given at the start."""
    part = share(table, programme, days.start).to_numpy()
    cents = rule_cost.cost(table, programme, days.start).fill_null(-1).to_numpy()
    return np.array(np.where((part > 0.0) & (part < 1.0), cents, -1), np.int64)


def _may_have_part(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series | None:
    if not all_on(programme.partials, on):
        return None
    part = share(table, programme, on)
    return (part > 0.0) & (part < 1.0)


def _by_round(table: pl.DataFrame, days: Calendar, rule: Callable[[date], pl.Series | None]) -> Flags:
    """A rule on every round: bool[n, R]; a rule that says None says yes to all."""
    columns = [rule(on) for on in days.rounds]
    everyone = np.ones(table.height, np.bool_)
    return np.array(
        np.stack([everyone if column is None else column.to_numpy() for column in columns], axis=1), np.bool_
    )


def _mates(table: pl.DataFrame) -> tuple[Whole, Whole, Whole]:
    """Rows by bundle, and for each row where its bundle begins and ends."""
    bundle = _whole(table, "bundle")
    by_bundle = np.argsort(bundle, kind="stable").astype(np.int64)
    ordered = bundle[by_bundle]
    return (
        by_bundle,
        np.searchsorted(ordered, bundle, side="left").astype(np.int64),
        np.searchsorted(ordered, bundle, side="right").astype(np.int64),
    )


def _keys(table: pl.DataFrame, programme: Programme, versions: Versions) -> Whole:
    longest = max(len(order.by) for order, _ in versions)
    keys = np.zeros((len(versions), table.height, longest), np.int64)
    for number, (order, first) in enumerate(versions):
        keys[number, :, : len(order.by)] = key_columns(table, programme, first)
    return keys
