"""A round: who gets what of an amount of money on a day, and who is the first who doesn't.

The rule is here, whole and pure; the register proposes it to a person, the forecast plays it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from veerkracht.rulebook import sharing
from veerkracht.rulebook.conditions import PREFIX, conditions
from veerkracht.rulebook.cost import cost
from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.errors import DateFault, MoneyFault
from veerkracht.rulebook.handout import Amounts, Flags
from veerkracht.rulebook.order import positions
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.pots import Pot, pot_of, pots
from veerkracht.rulebook.tables import WAITING
from veerkracht.rulebook.types import Programme, Split

Basis = Literal["programme", "expansion"]

# Why a line of a round is as it is; the words for a person are in `sentences.ROUND_REASONS`.
GRANTED = "granted"
PARTLY = "granted-partially"
FIRST_NOT_SERVED = "first-not-served"
BEHIND = "behind-first-not-served"
TOO_MUCH = "does-not-fit"

# Why a waiting request that meets all conditions takes no part in a round (`sentences.KEPT_OUT`).
NO_GROUP = "no-group"
ROUTE_CLOSED = "route-closed"
ONLY_PARTS = "only-parts"
COST_UNKNOWN = "cost-unknown"
BUNDLE_INCOMPLETE = "bundle-incomplete"


@dataclass(frozen=True)
class RoundResult:
    """A proposal, in columns. Amounts are cents a year (or places, for a programme that hands out places).

    `lines`: id, pot, position (1 = first in the pot), cost_cents, granted, share (1.0, or the part that is
    granted), reason; pot after pot, in order. `pots`: pot, order (0 = served first), available_cents,
    spent_cents, granted, waiting (not granted), first_not_served (id or null), first_not_served_cost (of
    its whole bundle). `not_eligible`: id, conditions (list of ids of the conditions that are not met, or of
    the reasons above). `money_cents` = `elsewhere_cents` (expansion money that goes to other programmes) +
    `spent_cents` + `left_cents`.
    """

    lines: pl.DataFrame
    pots: pl.DataFrame
    not_eligible: pl.DataFrame
    money_cents: int
    elsewhere_cents: int
    spent_cents: int
    left_cents: int
    split: Split


@dataclass(frozen=True)
class _Queue:
    """The rows that take part, pot after pot, each pot in order."""

    rows: pl.DataFrame
    starts: Amounts


def split_on(programme: Programme, on: date) -> Split:
    """The split that holds on a date."""
    return value_on(programme.splits, on, f"split of {programme.id}")


def share_out(
    table: pl.DataFrame,
    programme: Programme,
    on: date,
    money_cents: int,
    split: Split | None = None,
    envelopes: dict[str, int] | None = None,
    basis: Basis = "programme",
) -> RoundResult:
    """Share money out over the waiting requests of a table: the proposal of a round.

    `split`: another than the one that holds (a draft). `envelopes`: cents for each group id, for a split by
    envelopes. `basis`: "programme" when the money is for this programme, "expansion" when the programme's
    share must first be taken of it. Raises `MoneyFault` for no or negative money or envelopes that don't
    fit in it, and `DateFault` for a date before the programme began or without a split.
    """
    if on < programme.begins:
        raise DateFault(f"{programme.id} began on {programme.begins}: there can be no round on {on}.")
    if money_cents <= 0:
        raise MoneyFault(
            f"A round needs money to hand out: {money_cents} cents were given, expected more than 0."
        )
    split = split or split_on(programme, on)
    all_pots = _in_sequence(pots(programme, on), split)
    ours = _programme_part(money_cents, split, basis)
    taking_part, not_eligible = _take_part(table, programme, on)
    queue = _queue(taking_part, programme, on, all_pots)
    granted, available, spent = sharing.share(
        queue.rows.get_column("cost").to_numpy().astype(np.int64),
        _bundles(queue.rows),
        queue.starts,
        np.array([sharing.ROUTE if pot.route else sharing.GROUP for pot in all_pots], dtype=np.int64),
        _shares(all_pots, split),
        _reserved(all_pots, split, envelopes, ours),
        ours,
        split.method == "key",
        split.overflow == "down",
        split.strict,
    )
    lines = _lines(queue, granted, all_pots, strict=split.strict)
    spent_cents = int(spent.sum())
    return RoundResult(
        lines=lines,
        pots=_pot_frame(queue, granted, available, spent, all_pots),
        not_eligible=not_eligible,
        money_cents=money_cents,
        elsewhere_cents=money_cents - ours,
        spent_cents=spent_cents,
        left_cents=ours - spent_cents,
        split=split,
    )


def _in_sequence(all_pots: tuple[Pot, ...], split: Split) -> tuple[Pot, ...]:
    if split.routes_first:
        return all_pots
    return tuple(sorted(all_pots, key=lambda pot: pot.route is not None))


def _programme_part(money_cents: int, split: Split, basis: Basis) -> int:
    if basis == "programme":
        return money_cents
    millionths = round(split.programme_share * sharing.MILLIONTHS)
    return (money_cents * millionths + sharing.MILLIONTHS // 2) // sharing.MILLIONTHS


def _take_part(table: pl.DataFrame, programme: Programme, on: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The waiting rows that can be granted, with pot, cost and share; and the others with their reasons."""
    waiting = table.filter(pl.col("state") == WAITING) if "state" in table.columns else table
    checked = conditions(waiting, programme, on)
    names = [name for name in checked.columns if name.startswith(PREFIX)]
    met = pl.all_horizontal(pl.lit(value=True), *(pl.col(name).fill_null(value=False) for name in names))
    with_all = checked.with_columns(
        pot_of(waiting, programme, on),
        cost(waiting, programme, on),
        share(waiting, programme, on),
        met.alias("met"),
    ).with_columns(_kept_out().alias("kept_out"))
    out = pl.col("kept_out").is_not_null() | ~pl.col("met")
    broken = with_all.filter(out)
    if broken.height and "bundle" in with_all.columns:
        incomplete = pl.col("bundle").is_in(broken.get_column("bundle").unique().implode())
        with_all = with_all.with_columns(
            pl.when(incomplete & ~out)
            .then(pl.lit(BUNDLE_INCOMPLETE))
            .otherwise(pl.col("kept_out"))
            .alias("kept_out")
        )
    return with_all.filter(~out).drop(names), _reasons(with_all.filter(out), names)


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
        pl.when(pl.col(name).fill_null(value=False)).then(None).otherwise(pl.lit(name.removeprefix(PREFIX)))
        for name in names
    ]
    return rows.select("id", pl.concat_list(*unmet, "kept_out").list.drop_nulls().alias("conditions"))


def _queue(rows: pl.DataFrame, programme: Programme, on: date, all_pots: tuple[Pot, ...]) -> _Queue:
    """The rows in order, each bundle whole in the first pot that one of its rows is in."""
    numbers = _numbers_in_sequence(rows.get_column("pot"), programme, on, all_pots)
    rows = rows.with_columns(pl.Series("pot", numbers))
    if _has_bundles(rows):
        rows = rows.with_columns(pl.col("pot").min().over("bundle"))
    in_order = positions(rows, programme, on)
    pot_numbers = rows.get_column("pot").to_numpy()[in_order]
    by_pot = np.argsort(pot_numbers, kind="stable")
    starts = np.searchsorted(pot_numbers[by_pot], np.arange(len(all_pots) + 1)).astype(np.int64)
    taken = rows.select("id", "pot", "cost", "share", *(["bundle"] if "bundle" in rows.columns else []))
    return _Queue(taken[in_order[by_pot]], starts)


def _numbers_in_sequence(
    numbers: pl.Series, programme: Programme, on: date, all_pots: tuple[Pot, ...]
) -> NDArray[np.int16]:
    sequence = {pot.id: number for number, pot in enumerate(all_pots)}
    new = np.array([sequence[pot.id] for pot in pots(programme, on)], dtype=np.int16)
    return np.asarray(new[numbers.to_numpy()])


def _has_bundles(rows: pl.DataFrame) -> bool:
    return "bundle" in rows.columns and bool((rows.get_column("bundle") != rows.get_column("id")).any())


def _bundles(rows: pl.DataFrame) -> Amounts:
    if not _has_bundles(rows):
        return np.empty(0, dtype=np.int64)
    return rows.get_column("bundle").to_numpy().astype(np.int64)


def _shares(all_pots: tuple[Pot, ...], split: Split) -> Amounts:
    """The key in millionths; without groups all is for everyone."""
    groups = [pot for pot in all_pots if pot.route is None]
    if len(groups) == 1 and not split.key:
        return np.array([0 if pot.route else sharing.MILLIONTHS for pot in all_pots], dtype=np.int64)
    shares = [0 if pot.route else round(split.key.get(pot.id, 0.0) * sharing.MILLIONTHS) for pot in all_pots]
    return np.array(shares, dtype=np.int64)


def _reserved(
    all_pots: tuple[Pot, ...], split: Split, envelopes: dict[str, int] | None, money: int
) -> Amounts:
    if split.method == "key":
        return np.zeros(len(all_pots), dtype=np.int64)
    given = envelopes or {}
    groups = [pot.id for pot in all_pots if pot.route is None]
    unknown = sorted(set(given) - set(groups))
    if unknown:
        raise MoneyFault(
            f"There is no group “{unknown[0]}” to give an envelope; there are: {', '.join(groups)}."
        )
    if not given:
        raise MoneyFault(f"The split {split.id} needs an envelope for each group: {', '.join(groups)}.")
    if min(given.values()) < 0:
        raise MoneyFault("An envelope can't be negative.")
    if sum(given.values()) > money:
        raise MoneyFault(
            f"The envelopes are together {sum(given.values())} cents, more than the {money} there are."
        )
    return np.array([given.get(pot.id, 0) for pot in all_pots], dtype=np.int64)


def _lines(queue: _Queue, granted: Flags, all_pots: tuple[Pot, ...], *, strict: bool) -> pl.DataFrame:
    starts = queue.starts
    lengths = np.diff(starts)
    position = np.arange(1, len(granted) + 1) - np.repeat(starts[:-1], lengths)
    first = np.repeat(_first_not_granted(granted, starts), lengths)
    is_first = np.arange(len(granted)) == first
    names = pl.Series([pot.id for pot in all_pots], dtype=pl.Enum([pot.id for pot in all_pots]))
    pot = names.gather(np.repeat(np.arange(len(all_pots)), lengths)).cast(pl.String)
    return queue.rows.select(
        "id",
        pot.alias("pot"),
        pl.Series("position", position),
        pl.col("cost").alias("cost_cents"),
        pl.Series("granted", granted),
        "share",
        pl.when(pl.Series(granted))
        .then(pl.when(pl.col("share") < 1.0).then(pl.lit(PARTLY)).otherwise(pl.lit(GRANTED)))
        .when(pl.Series(is_first))
        .then(pl.lit(FIRST_NOT_SERVED))
        .otherwise(pl.lit(BEHIND if strict else TOO_MUCH))
        .alias("reason"),
    )


def _first_not_granted(granted: Flags, starts: Amounts) -> Amounts:
    """For each pot the row of the first who is not granted; -1 when all are."""
    result = np.full(len(starts) - 1, -1, dtype=np.int64)
    for pot, (first, last) in enumerate(pairwise(starts)):
        missed = np.flatnonzero(~granted[first:last])
        if missed.size:
            result[pot] = first + missed[0]
    return result


def _pot_frame(
    queue: _Queue, granted: Flags, available: Amounts, spent: Amounts, all_pots: tuple[Pot, ...]
) -> pl.DataFrame:
    ids = queue.rows.get_column("id")
    first = _first_not_granted(granted, queue.starts)
    counts = [int(granted[a:b].sum()) for a, b in pairwise(queue.starts)]
    return pl.DataFrame(
        {
            "pot": [pot.id for pot in all_pots],
            "order": list(range(len(all_pots))),
            "available_cents": available,
            "spent_cents": spent,
            "granted": counts,
            "waiting": [int(n) - c for n, c in zip(np.diff(queue.starts), counts, strict=True)],
            "first_not_served": [None if row < 0 else int(ids[int(row)]) for row in first],
            "first_not_served_cost": [None if row < 0 else _whole_cost(queue, int(row)) for row in first],
        },
        schema_overrides={"first_not_served": pl.Int64, "first_not_served_cost": pl.Int64, "pot": pl.String},
    )


def _whole_cost(queue: _Queue, row: int) -> int:
    if not _has_bundles(queue.rows):
        return int(queue.rows.item(row, "cost"))
    bundle = queue.rows.item(row, "bundle")
    return int(queue.rows.filter(pl.col("bundle") == bundle).get_column("cost").sum())
