"""Trials and dry runs for who may see no persons: their counts and amounts are rounded, and so are their questions.

Somebody who makes up the question could single a person out: by a condition that only that person meets, or by money
that runs out just before and just after them. So conditions can't be rewritten, and money and days come in steps.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from veerkracht.register import clock
from veerkracht.register.care.queries.drafts import Draft
from veerkracht.register.care.queries.dry_run_results import Comparison, DryRun, Outcome
from veerkracht.register.care.queries.protected import Rounding
from veerkracht.register.care.queries.round_views import PotView
from veerkracht.register.care.queries.trial_results import Sum, TurnChange
from veerkracht.register.disclosure import cell_name
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

FLAGS = ("winner", "loser", "forward", "back")


def check_day(on: date) -> None:
    """Today, or the first day of a month. Raises `Invalid`: of two days beside each other the difference tells who
    came.
    """
    if on.day != 1 and on != clock.today():
        raise Invalid(
            Text(
                nl="Uw rol ziet geen personen: kies vandaag of de eerste dag van een maand.",
                en="Your role sees no persons: choose today or the first day of a month.",
            ),
            "on",
        )


def check_draft(draft: Draft) -> None:
    """Raises `Invalid` when a condition is rewritten: it could be met by one person only."""
    if draft.conditions:
        raise Invalid(
            Text(
                nl="Uw rol ziet geen personen: voorwaarden kunt u niet herschrijven, want daarmee kan iemand één "
                "persoon uitkiezen.",
                en="Your role sees no persons: you can't rewrite conditions, as that could single one person out.",
            ),
            "conditions",
        )


def in_steps(money_cents: int, rounding: Rounding) -> int:
    """An amount that was asked, as the nearest whole number of steps and at least one: two amounts beside each other
    differ by more than one grant.
    """
    return max(1, round(money_cents / rounding.step)) * rounding.step


def sums_rounded(both: pl.DataFrame, by: str, rounding: Rounding) -> pl.DataFrame:
    """As the sums of a trial by a column: requests, flags and cents, rounded. `both` has record keys."""
    found = both.group_by(by).agg(
        pl.len().cast(pl.Int64).alias("requests"),
        pl.col("key").sum().alias("key_requests"),
        pl.col("cents").sum(),
        *(pl.col(name).sum().cast(pl.Int64) for name in FLAGS),
        *(pl.col("key").filter(name).sum().alias(f"key_{name}") for name in FLAGS),
    )
    values = found.get_column(by).to_list()
    shown = []
    for name in ("requests", *FLAGS):
        names = [_name(rounding, name, by, value) for value in values]
        counts = rounding.counts(names, found.get_column(name), found.get_column(f"key_{name}"))
        shown.append(pl.Series(name, counts, dtype=pl.Int64))
    cents = [
        rounding.cents(row["cents"], f"trial-cents-{by}-{row[by]}") for row in found.iter_rows(named=True)
    ]
    return found.select(by).with_columns(*shown, pl.Series("cents", cents, dtype=pl.Int64))


def _name(rounding: Rounding, measure: str, by: str, value: object) -> str:
    """Who waits in a group or an area is the same count as on the other pages."""
    if measure == "requests" and by in ("priority_group", "set"):
        of = {"group": str(value)} if by == "priority_group" else {"area": str(value)}
        return cell_name(rounding.programme, "waiting", **of)
    return cell_name(rounding.programme, f"trial-{measure}-{by}-{value}")


def protect_sum(found: Sum, rounding: Rounding) -> Sum:
    """What a round does, rounded."""
    return replace(
        found,
        granted=rounding.number(found.granted, "round-granted"),
        spent_cents=rounding.cents(found.spent_cents, "round-spent"),
        left_cents=rounding.cents(found.left_cents, "round-left"),
        kept_out=rounding.number(found.kept_out, "kept-out"),
    )


def protect_turns(changes: Sequence[TurnChange], rounding: Rounding) -> tuple[TurnChange, ...]:
    """How expected turns change; of fewer than the base not how much."""
    return tuple(_turn(one, rounding) for one in changes)


def _turn(change: TurnChange, rounding: Rounding) -> TurnChange:
    days = {"median_days": None, "p10_days": None, "p90_days": None} if change.both < rounding.base else {}
    counts = {
        name: rounding.number(getattr(change, name), f"turns-{name}-{change.group}")
        for name in ("both", "only_now", "only_then")
    }
    return replace(change, **counts, **days)


def protect_dry_run(run: DryRun, rounding: Rounding) -> DryRun:
    """A round that isn't, without what tells about one person."""
    return replace(
        run,
        outcome=_outcome(run.outcome, rounding),
        kept_out=rounding.number(run.kept_out, "kept-out"),
        not_eligible=tuple(
            replace(one, count=rounding.number(one.count, f"kept-out-{one.id}")) for one in run.not_eligible
        ),
        free_cents=rounding.cents(run.free_cents, "money-free"),
        comparison=_comparison(run.comparison, rounding) if run.comparison else None,
    )


def _comparison(compared: Comparison, rounding: Rounding) -> Comparison:
    return replace(
        compared,
        other=_outcome(compared.other, rounding),
        gains=rounding.number(compared.gains, "gains"),
        losses=rounding.number(compared.losses, "losses"),
    )


def _outcome(outcome: Outcome, rounding: Rounding) -> Outcome:
    return replace(
        outcome,
        pots=_pots(outcome.pots, rounding),
        elsewhere_cents=rounding.cents(outcome.elsewhere_cents, "round-elsewhere"),
        spent_cents=rounding.cents(outcome.spent_cents, "round-spent"),
        left_cents=rounding.cents(outcome.left_cents, "round-left"),
        granted=rounding.number(outcome.granted, "round-granted"),
        waiting=rounding.number(outcome.waiting, "round-waiting"),
    )


def _pots(pots: Sequence[PotView], rounding: Rounding) -> tuple[PotView, ...]:
    return tuple(
        replace(
            pot,
            available_cents=rounding.cents(pot.available_cents, f"pot-available-{pot.id}"),
            spent_cents=rounding.cents(pot.spent_cents, f"pot-spent-{pot.id}"),
            granted=rounding.number(pot.granted, f"pot-granted-{pot.id}"),
            waiting=rounding.number(pot.waiting, f"pot-waiting-{pot.id}"),
            first_not_served=None,
            first_not_served_cost=None,
        )
        for pot in pots
    )
