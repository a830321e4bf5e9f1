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

from veerkracht.rulebook import sharing
from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.errors import DateFault, MoneyFault
from veerkracht.rulebook.handout import Amounts, Flags
from veerkracht.rulebook.pots import Pot, pots
from veerkracht.rulebook.queues import Queue, queue, queue_of, take_part
from veerkracht.rulebook.types import Programme, Split

__all__ = ["Basis", "RoundResult", "queue_of", "share_out", "split_on"]

Basis = Literal["programme", "expansion"]

# Why a line of a round is as it is; the words for a person are in `sentences.ROUND_REASONS`.
GRANTED = "granted"
PARTLY = "granted-partially"
FIRST_NOT_SERVED = "first-not-served"
BEHIND = "behind-first-not-served"
TOO_MUCH = "does-not-fit"


@dataclass(frozen=True)
class RoundResult:
    """A proposal, in columns. Amounts are cents a year (or places, for a programme that hands out places).

    `lines`: id, pot, position (1 = first in the pot), cost_cents, granted, share (1.0, or the part that is
    granted), reason; pot after pot, in order.
    `pots`: pot, order (0 = served first), available_cents, spent_cents, granted, waiting (not granted),
    first_not_served (id or null), first_not_served_cost (of its whole bundle).
    `not_eligible`: id, conditions (ids of the conditions that are not met, or of the reasons in `queues`).
    `money_cents` = `elsewhere_cents` (expansion money for other programmes) + `spent_cents` + `left_cents`.
    """

    lines: pl.DataFrame
    pots: pl.DataFrame
    not_eligible: pl.DataFrame
    money_cents: int
    elsewhere_cents: int
    spent_cents: int
    left_cents: int
    split: Split


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
    envelopes; without them its key divides what the routes leave. `basis`: "programme" when the money is
    for this programme, "expansion" when the programme's share must first be taken of it.
    Raises `MoneyFault` for no or negative money or envelopes that don't fit in it, and `DateFault` for a
    date before the programme began or without a split.
    """
    if on < programme.begins:
        raise DateFault(f"{programme.id} began on {programme.begins}: there can be no round on {on}.")
    if money_cents <= 0:
        raise MoneyFault(
            f"A round needs money to hand out: {money_cents} cents were given, expected more than 0."
        )
    split = split or split_on(programme, on)
    in_sequence = sequence_of(pots(programme, on), split)
    ours = _programme_part(money_cents, split, basis)
    given = _envelopes_of(split, envelopes, in_sequence)
    reserved = _reserved(in_sequence, given, ours)
    taking_part, not_eligible = take_part(table, programme, on)
    waiting = queue(taking_part, programme, on, in_sequence)
    kinds = [sharing.ROUTE if pot.route else sharing.GROUP for pot in in_sequence]
    costs = waiting.rows.get_column("cost").to_numpy().astype(np.int64)
    granted, available, spent = sharing.share(
        sharing.Rows(costs, waiting.bundles(), waiting.starts),
        sharing.Pots(np.array(kinds, dtype=np.int64), key_shares(in_sequence, split), reserved),
        ours,
        sharing.Terms(by_key=not given, overflow_down=split.overflow == "down", strict=split.strict),
    )
    spent_cents = int(spent.sum())
    return RoundResult(
        lines=_lines(waiting, granted, strict=split.strict),
        pots=_pot_frame(waiting, granted, available, spent),
        not_eligible=not_eligible,
        money_cents=money_cents,
        elsewhere_cents=money_cents - ours,
        spent_cents=spent_cents,
        left_cents=ours - spent_cents,
        split=split,
    )


def sequence_of(all_pots: tuple[Pot, ...], split: Split) -> tuple[Pot, ...]:
    """The pots in the sequence in which a split serves them."""
    if split.routes_first:
        return all_pots
    return tuple(sorted(all_pots, key=lambda pot: pot.route is not None))


def _programme_part(money_cents: int, split: Split, basis: Basis) -> int:
    if basis == "programme":
        return money_cents
    millionths = round(split.programme_share * sharing.MILLIONTHS)
    return (money_cents * millionths + sharing.MILLIONTHS // 2) // sharing.MILLIONTHS


def key_shares(in_sequence: tuple[Pot, ...], split: Split) -> Amounts:
    """The key in millionths; without a key all is for the one group there is."""
    if not split.key:
        return np.array([0 if pot.route else sharing.MILLIONTHS for pot in in_sequence], dtype=np.int64)
    shares = [
        0 if pot.route else round(split.key.get(pot.id, 0.0) * sharing.MILLIONTHS) for pot in in_sequence
    ]
    return np.array(shares, dtype=np.int64)


def _envelopes_of(
    split: Split, envelopes: dict[str, int] | None, in_sequence: tuple[Pot, ...]
) -> dict[str, int]:
    """The envelopes that count: none when the split is by key, or when its key stands in for them."""
    groups = [pot.id for pot in in_sequence if pot.route is None]
    if split.method == "key" and envelopes:
        raise MoneyFault(f"The split {split.id} shares by a key; envelopes have no place in it.")
    if split.method == "envelopes" and not envelopes and not split.key and len(groups) > 1:
        raise MoneyFault(f"The split {split.id} needs an envelope for each group: {', '.join(groups)}.")
    unknown = sorted(set(envelopes or {}) - set(groups))
    if unknown:
        raise MoneyFault(
            f"There is no group “{unknown[0]}” to give an envelope; there are: {', '.join(groups)}."
        )
    return envelopes or {}


def _reserved(in_sequence: tuple[Pot, ...], envelopes: dict[str, int], money: int) -> Amounts:
    """What is set apart for each pot before anything is handed out."""
    if min(envelopes.values(), default=0) < 0:
        raise MoneyFault("An envelope can't be negative.")
    total = sum(envelopes.values())
    if total > money:
        raise MoneyFault(f"The envelopes are together {total} cents, more than the {money} cents there are.")
    return np.array([envelopes.get(pot.id, 0) for pot in in_sequence], dtype=np.int64)


def _lines(waiting: Queue, granted: Flags, *, strict: bool) -> pl.DataFrame:
    first = np.repeat(_first_not_granted(granted, waiting.starts), np.diff(waiting.starts))
    is_first = pl.Series(np.arange(len(granted)) == first)
    why = pl.when(pl.col("share") < 1.0).then(pl.lit(PARTLY)).otherwise(pl.lit(GRANTED))
    why_not = (
        pl.when(is_first).then(pl.lit(FIRST_NOT_SERVED)).otherwise(pl.lit(BEHIND if strict else TOO_MUCH))
    )
    return waiting.places().select(
        "id",
        "pot",
        "position",
        "cost_cents",
        pl.Series("granted", granted),
        "share",
        pl.when(pl.Series(granted)).then(why).otherwise(why_not).alias("reason"),
    )


def _first_not_granted(granted: Flags, starts: Amounts) -> Amounts:
    """For each pot the row of the first who is not granted; -1 when all are."""
    result = np.full(len(starts) - 1, -1, dtype=np.int64)
    for pot, (first, last) in enumerate(pairwise(starts)):
        missed = np.flatnonzero(~granted[first:last])
        if missed.size:
            result[pot] = first + missed[0]
    return result


def _pot_frame(waiting: Queue, granted: Flags, available: Amounts, spent: Amounts) -> pl.DataFrame:
    counts = [int(granted[first:last].sum()) for first, last in pairwise(waiting.starts)]
    missed = [int(row) for row in _first_not_granted(granted, waiting.starts)]
    ids = waiting.rows.get_column("id")
    return pl.DataFrame(
        {
            "pot": [pot.id for pot in waiting.pots],
            "order": list(range(len(waiting.pots))),
            "available_cents": available,
            "spent_cents": spent,
            "granted": counts,
            "waiting": [
                int(size) - count for size, count in zip(np.diff(waiting.starts), counts, strict=True)
            ],
            "first_not_served": [None if row < 0 else int(ids[row]) for row in missed],
            "first_not_served_cost": [None if row < 0 else _whole_cost(waiting, row) for row in missed],
        },
        schema_overrides={"first_not_served": pl.Int64, "first_not_served_cost": pl.Int64, "pot": pl.String},
    )


def _whole_cost(waiting: Queue, row: int) -> int:
    if not waiting.bundled:
        return int(waiting.rows.item(row, "cost"))
    bundle = waiting.rows.item(row, "bundle")
    return int(waiting.rows.filter(pl.col("bundle") == bundle).get_column("cost").sum())
