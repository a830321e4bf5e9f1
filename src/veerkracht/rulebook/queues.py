"""The queue of a round: which waiting requests take part, in which pot, in which place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from veerkracht.rulebook.conditions import PREFIX, all_met, conditions
from veerkracht.rulebook.cost import cost
from veerkracht.rulebook.handout import Amounts
from veerkracht.rulebook.order import order_on, positions
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.pots import Pot, pot_of, pots
from veerkracht.rulebook.tables import WAITING
from veerkracht.rulebook.types import Programme

# Why a waiting request that meets all conditions takes no part in a round (words: `sentences.KEPT_OUT`).
NO_GROUP = "no-group"
ROUTE_CLOSED = "route-closed"
ONLY_PARTS = "only-parts"
COST_UNKNOWN = "cost-unknown"
BUNDLE_INCOMPLETE = "bundle-incomplete"


@dataclass(frozen=True)
class Queue:
    """The rows that take part (id, bundle, pot as a number, cost, share), pot after pot, each pot in order.

    `starts`: where each pot begins, and at last the number of rows.
    """

    rows: pl.DataFrame
    starts: Amounts
    pots: tuple[Pot, ...]
    bundled: bool

    def bundles(self) -> Amounts:
        """The bundle of each row; empty when all stand alone."""
        if not self.bundled:
            return np.empty(0, dtype=np.int64)
        return self.rows.get_column("bundle").to_numpy().astype(np.int64)

    def places(self) -> pl.DataFrame:
        """id, pot (by name), position (1 = first in the pot), cost_cents, share."""
        lengths = np.diff(self.starts)
        position = np.arange(1, self.rows.height + 1) - np.repeat(self.starts[:-1], lengths)
        names = [
            pl.repeat(pot.id, int(length), eager=True, dtype=pl.String)
            for pot, length in zip(self.pots, lengths, strict=True)
        ]
        return self.rows.select(
            "id",
            pl.concat(names).alias("pot"),
            pl.Series("position", position),
            pl.col("cost").alias("cost_cents"),
            "share",
        )


def queue_of(table: pl.DataFrame, programme: Programme, on: date) -> pl.DataFrame:
    """Who would take part in a round on a date, pot after pot, in order: the queue that a round serves.

    Columns: id, pot, position (1 = first in the pot), cost_cents, share.
    """
    return line_up(table, programme, on)[0]


def line_up(table: pl.DataFrame, programme: Programme, on: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The queue as `queue_of` gives it, and who waits outside it as `take_part` gives it."""
    taking_part, kept_out = take_part(table, programme, on)
    return queue(taking_part, programme, on, pots(programme, on)).places(), kept_out


def take_part(table: pl.DataFrame, programme: Programme, on: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The waiting rows that can be granted on a date, with pot, cost, share and what orders them; and who
    can't be, with why.

    The second frame: id, conditions (ids of the conditions not met, and of the reasons above). Of a bundle
    of which one request can't be granted, none takes part.
    """
    waiting = table.filter(pl.col("state") == WAITING) if "state" in table.columns else table
    checked = conditions(waiting, programme, on)
    in_pot = pot_of(waiting, programme, on)
    part = share(waiting, programme, on, in_pot)
    names = [name for name in checked.columns if name.startswith(PREFIX)]
    judged = checked.with_columns(
        in_pot, part, cost(waiting, programme, on, part), all_met(programme, on).alias("met")
    )
    judged = judged.with_columns(_kept_out().alias("kept_out"))
    out = pl.col("kept_out").is_not_null() | ~pl.col("met")
    judged = _with_bundles_kept_whole(judged, out)
    kept = [name for name in judged.columns if name in _needed(programme, on)]
    return judged.lazy().filter(~out).select(kept).collect(), _reasons(judged.filter(out), names)


def _needed(programme: Programme, on: date) -> set[str]:
    keys = {key.removeprefix("-") for key in order_on(programme, on).by}
    return {"id", "bundle", "pot", "cost", "share"} | keys


def queue(rows: pl.DataFrame, programme: Programme, on: date, in_sequence: tuple[Pot, ...]) -> Queue:
    """The rows that take part in order; each bundle whole, in the first pot that one of its rows is in."""
    bundled = "bundle" in rows.columns and bool((rows.get_column("bundle") != rows.get_column("id")).any())
    rows = rows.with_columns(_numbered(rows.get_column("pot"), programme, on, in_sequence))
    if bundled:
        rows = rows.with_columns(pl.col("pot").min().over("bundle"))
    in_order = positions(rows, programme, on)
    numbers = rows.get_column("pot").to_numpy()[in_order]
    by_pot = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[by_pot], np.arange(len(in_sequence) + 1)).astype(np.int64)
    kept = rows.select("id", "pot", "cost", "share", *(["bundle"] if bundled else []))
    return Queue(kept[in_order[by_pot]], starts, in_sequence, bundled)


def _numbered(numbers: pl.Series, programme: Programme, on: date, in_sequence: tuple[Pot, ...]) -> pl.Series:
    """The pots of rows, numbered as in another sequence than that of `pots`."""
    place = {pot.id: number for number, pot in enumerate(in_sequence)}
    new: NDArray[np.int16] = np.array([place[pot.id] for pot in pots(programme, on)], dtype=np.int16)
    return pl.Series("pot", new[numbers.to_numpy()])


def _with_bundles_kept_whole(judged: pl.DataFrame, out: pl.Expr) -> pl.DataFrame:
    broken = judged.filter(out)
    if broken.is_empty() or "bundle" not in judged.columns:
        return judged
    incomplete = pl.col("bundle").is_in(broken.get_column("bundle").unique().implode())
    reason = pl.when(incomplete & ~out).then(pl.lit(BUNDLE_INCOMPLETE)).otherwise(pl.col("kept_out"))
    return judged.with_columns(reason.alias("kept_out"))


def _kept_out() -> pl.Expr:
    return (
        pl.when(pl.col("pot").is_null() & (pl.col("route").fill_null("") != ""))
        .then(pl.lit(ROUTE_CLOSED))
        .when(pl.col("pot").is_null())
        .then(pl.lit(NO_GROUP))
        .when(pl.col("share") == 0.0)
        .then(pl.lit(ONLY_PARTS))
        .when(pl.col("cost").is_null())
        .then(pl.lit(COST_UNKNOWN))
    )


def _reasons(rows: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    unmet = [
        pl.when(~pl.col(name).fill_null(value=False)).then(pl.lit(name.removeprefix(PREFIX)))
        for name in names
    ]
    return rows.select("id", pl.concat_list(*unmet, "kept_out").list.drop_nulls().alias("conditions"))
