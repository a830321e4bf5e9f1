"""The rounds of a programme, and one of them with its lines."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from django.db.models import Window
from django.db.models.functions import RowNumber

from veerkracht.register.care.access import get_round, list_rounds
from veerkracht.register.care.models import OPEN_ROUND_STATES, Round
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.proposals import propose
from veerkracht.register.care.queries.drafts import draft_split
from veerkracht.register.care.queries.dry_runs import dry_run
from veerkracht.register.care.queries.round_views import (
    Line,
    NotEligible,
    PotView,
    line_views,
    not_eligible,
    pot_views,
)
from veerkracht.register.care.queries.seen import OF_ROUND_LINE
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import User
from veerkracht.register.permissions import restricted
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Programme, Split

__all__ = ["draft_split", "dry_run", "line_page", "round_list", "round_view"]

SHOWN = 50


@dataclass(frozen=True)
class Act:
    """Who did something to a round, and when."""

    by: str
    user_id: int
    at: datetime


@dataclass(frozen=True)
class RoundRow:
    """A round in the list of rounds. Amounts in cents a year."""

    id: int
    date: date
    state: str
    money_cents: int
    spent_cents: int
    granted: int
    follows: int | None
    prepared: Act
    signed: Act | None


@dataclass(frozen=True)
class RoundView:
    """A round as it was prepared. `is_current`: the list and the rules are still those it rests on (None when it
    is no longer open, or follows another round). `split` is None when the programme no longer knows it.

    `version`: to say with each change. Amounts in cents a year.
    """

    id: int
    version: int
    programme: Programme
    date: date
    state: str
    money_cents: int
    basis: str
    envelopes: dict[str, int] | None
    split_id: str
    split: Split | None
    follows: int | None
    elsewhere_cents: int
    spent_cents: int
    left_cents: int
    granted: int
    waiting: int
    pots: tuple[PotView, ...]
    kept_out: int
    not_eligible: tuple[NotEligible, ...]
    prepared: Act
    reviewed: Act | None
    signed: Act | None
    is_current: bool | None


def round_list(actor: Actor, programme_id: str = "") -> tuple[RoundRow, ...]:
    """The rounds an actor may see, latest first."""
    return tuple(_row(found) for found in list_rounds(actor, programme_id)[:200])


def round_view(actor: Actor, id: int) -> RoundView:
    """A round with the first lines of each pot; the look is logged. Raises `Refused`."""
    found = get_round(actor, id)
    programme = programme_of(found.programme)
    summary: dict[str, Any] = found.summary
    lines = line_views(_frame(_first_lines(found)), actor)
    return RoundView(
        id=found.pk,
        version=found.version,
        programme=programme,
        date=found.date,
        state=found.state,
        money_cents=found.money_cents,
        basis=found.basis,
        envelopes=found.envelopes,
        split_id=found.split_id,
        split=next((split for split in programme.splits if split.id == found.split_id), None),
        follows=found.follows_id,
        **{
            name: summary[name]
            for name in ("elsewhere_cents", "spent_cents", "left_cents", "granted", "waiting")
        },
        pots=pot_views(programme, found.date, summary["pots"], lines),
        kept_out=summary["not_eligible"],
        not_eligible=not_eligible(programme, summary["not_eligible_by_condition"]),
        prepared=_act(found.prepared_by, found.prepared_at),
        reviewed=_act(found.reviewed_by, found.reviewed_at),
        signed=_act(found.signed_by, found.signed_at),
        is_current=_is_current(found, programme),
    )


def line_page(actor: Actor, id: int, pot: str, after: int = 0, size: int = SHOWN) -> tuple[Line, ...]:
    """The lines of a pot after a position, in order, without those of people of whom the actor may not know; the look
    is logged. Raises `Refused`.
    """
    found = get_round(actor, id)
    # Left out before a page is cut off: a page that is shorter would look like the last one.
    known = found.lines.filter(~restricted(actor, OF_ROUND_LINE))
    lines = known.filter(pot=pot, position__gt=after).order_by("position", "id")
    return tuple(line_views(_frame(lines[: min(size, 500)]), actor).get(pot, []))


def _first_lines(found: Round):
    """The first lines of each pot that are granted, and the first that isn't."""
    place = Window(RowNumber(), partition_by=["pot", "granted"], order_by=["position", "id"])
    return found.lines.annotate(place=place).filter(place__lte=SHOWN).order_by("pot", "position", "id")


def _frame(lines) -> pl.DataFrame:
    columns = {
        "id": pl.Int64,
        "pot": pl.String,
        "position": pl.Int64,
        "cost_cents": pl.Int64,
        "share": pl.Float64,
        "granted": pl.Boolean,
        "reason": pl.String,
    }
    rows = lines.values_list("request_id", *list(columns)[1:])
    return pl.DataFrame(list(rows), schema=columns, orient="row")


def _row(found: Round) -> RoundRow:
    return RoundRow(
        id=found.pk,
        date=found.date,
        state=found.state,
        money_cents=found.money_cents,
        spent_cents=found.summary["spent_cents"],
        granted=found.summary["granted"],
        follows=found.follows_id,
        prepared=_act(found.prepared_by, found.prepared_at),
        signed=_act(found.signed_by, found.signed_at),
    )


def _act(user: User | None, at: datetime | None) -> Act | None:
    return Act(user.full_name, user.pk, at) if user and at else None


def _is_current(found: Round, programme: Programme) -> bool | None:
    if found.state not in OPEN_ROUND_STATES or found.follows_id:
        return None
    try:
        again = propose(
            programme, found.date, found.money_cents, basis=found.basis, envelopes=found.envelopes
        )
    except Fault:
        return False
    return again.fingerprint == found.fingerprint
