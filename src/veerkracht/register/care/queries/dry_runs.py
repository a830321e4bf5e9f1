"""What a round would do, before anybody prepares it; and what another split would do instead."""

from datetime import date

import polars as pl

from veerkracht.register.care.access import may, require
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.proposals import propose, summary
from veerkracht.register.care.queries.dry_run_results import Comparison, DryRun, Outcome
from veerkracht.register.care.queries.protected import rounding_of
from veerkracht.register.care.queries.protected_trials import check_day, in_steps, protect_dry_run
from veerkracht.register.care.queries.round_views import (
    Line,
    line_views,
    not_eligible,
    pot_views,
)
from veerkracht.register.log.record import record
from veerkracht.register.money.queries import balances
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.rounds import Basis, RoundResult
from veerkracht.rulebook.types import Programme, Split

# How many lines of a pot are shown; all of them are in the round once it is prepared.
SHOWN = 50


def dry_run(
    actor: Actor,
    programme_id: str,
    on: date,
    money_cents: int,
    *,
    basis: Basis = "programme",
    envelopes: dict[str, int] | None = None,
    compare: Split | None = None,
) -> DryRun:
    """What a round of an amount (cents a year) would do on a day, on the list as it stands; nothing is stored.

    `compare`: a split to set beside the one that holds (`draft_split`). Protected for who sees no list. Raises
    `Refused`, `Invalid` for a day that could single out a person, and the rulebook's faults for money and dates that
    can't be.
    """
    require("round.dry-run", actor, programme_id)
    programme = programme_of(programme_id)
    rounding = None
    shown = SHOWN if may("request.list", actor, programme_id) else 0
    if shown:
        record(actor, "list", "request", detail={"programme": programme_id, "list": "dry-run"})
    else:
        check_day(on)
        rounding = rounding_of(programme)
        money_cents = in_steps(money_cents, rounding)
        envelopes = (
            {pot: in_steps(cents, rounding) for pot, cents in envelopes.items()} if envelopes else None
        )
    result = propose(programme, on, money_cents, basis=basis, envelopes=envelopes).result
    counts = summary(result)
    free = balances(programme_id)["free"]
    other = None
    if compare is not None:
        other = propose(programme, on, money_cents, basis=basis, split=compare).result
    run = DryRun(
        programme=programme,
        on=on,
        money_cents=money_cents,
        basis=basis,
        outcome=_outcome(actor, programme, on, result, shown),
        kept_out=counts["not_eligible"],
        not_eligible=not_eligible(programme, counts["not_eligible_by_condition"]),
        free_cents=free,
        within_money=result.spent_cents + result.left_cents <= free,
        comparison=None if other is None else _comparison(actor, programme, on, result, other, shown),
    )
    return protect_dry_run(run, rounding) if rounding else run


def _outcome(actor: Actor, programme: Programme, on: date, result: RoundResult, shown: int) -> Outcome:
    granted = int(result.lines.get_column("granted").sum())
    return Outcome(
        split=result.split,
        pots=pot_views(
            programme, on, result.pots.iter_rows(named=True), line_views(_first(result, shown), actor)
        ),
        elsewhere_cents=result.elsewhere_cents,
        spent_cents=result.spent_cents,
        left_cents=result.left_cents,
        granted=granted,
        waiting=result.lines.height - granted,
    )


def _first(result: RoundResult, shown: int) -> pl.DataFrame:
    """The first lines of each pot that are granted, and the first that isn't."""
    granted = pl.col("granted") & (pl.col("position").rank("ordinal").over("pot", "granted") <= shown)
    first_not = (pl.col("reason") == "first-not-served") & (shown > 0)
    return result.lines.filter(granted | first_not)


def _comparison(
    actor: Actor, programme: Programme, on: date, result: RoundResult, other: RoundResult, shown: int
) -> Comparison:
    here, there = (one.lines.filter("granted") for one in (result, other))
    gains = there.join(here, on="id", how="anti", maintain_order="left")
    losses = here.join(there, on="id", how="anti", maintain_order="left")
    return Comparison(
        other=_outcome(actor, programme, on, other, shown),
        gains=gains.height,
        losses=losses.height,
        gaining=_lines(gains.head(shown), actor),
        losing=_lines(losses.head(shown), actor),
    )


def _lines(rows: pl.DataFrame, actor: Actor) -> tuple[Line, ...]:
    return tuple(line for lines in line_views(rows, actor).values() for line in lines)
