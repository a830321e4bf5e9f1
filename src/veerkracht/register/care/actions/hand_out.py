"""Hands out the money of a signed round: steps, requests and postings of all grants in one transaction."""

from datetime import date, datetime
from decimal import Decimal

import polars as pl
from django.db.models import F, Max

from veerkracht.register import clock
from veerkracht.register.care.actions.writing import as_points
from veerkracht.register.care.models import Request, Round, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.proposals import Proposal
from veerkracht.register.money.actions import Movement, move
from veerkracht.register.money.models import Entry
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.months import add_months

_BATCH = 5_000
# How many ids one statement takes: below what every supported SQLite accepts.
_IDS = 900


def hand_out(round: Round, proposal: Proposal, *, by: Actor) -> int:
    """Grant what a proposal grants; only within the transaction that signs the round, with the list held.

    Returns how many were granted. A partial grant leaves its request waiting, with the same priority date.
    """
    granted = proposal.result.lines.filter("granted").join(
        proposal.table.select("id", "points", "points_held"), on="id", how="left", maintain_order="left"
    )
    rows = granted.to_dicts()
    respond_by = _last_day_to_respond(round)
    at = _recorded_at(round)
    _write_steps(round, rows, respond_by, by, at)
    _keep_full(granted.filter(pl.col("share") == 1.0), respond_by, at)
    _keep_partial(granted.filter(pl.col("share") < 1.0), respond_by, at)
    movements = [Movement("free", "granted", row["cost_cents"], row["id"]) for row in rows]
    move(round.programme, Entry.Kind.GRANTED, movements, by=by, on=round.date, round_id=round.pk)
    return len(rows)


def held_after(points: float, points_held: float, share: float) -> Decimal:
    """The care points a person has after a share of what they still ask is granted."""
    asked, held = as_points(points), as_points(points_held)
    return as_points(held + (asked - held) * Decimal(str(share)))


def _last_day_to_respond(round: Round) -> date | None:
    """Counted from the day on which the person can know of it: that of signing, for a round of an earlier day."""
    months = programme_of(round.programme).round.start_within_months
    return add_months(max(round.date, clock.today()), months) if months else None


def _recorded_at(round: Round) -> datetime:
    """Now, but never before what was last recorded of these requests, even when a clock was set back."""
    last = Request.objects.filter(round_lines__round=round).aggregate(last=Max("updated_at"))["last"]
    return max(clock.now(), last) if last else clock.now()


def _write_steps(round: Round, rows: list[dict], respond_by: date | None, by: Actor, at: datetime) -> None:
    earliest = _earliest(round)
    Step.objects.bulk_create(
        [
            Step(
                request_id=row["id"],
                holds_from=earliest.get(row["id"], round.date),
                recorded_at=at,
                by_id=by.user_id,
                by_name=by.name,
                role=by.role,
                round_id=round.pk,
                reason=row["pot"],
                respond_by=respond_by,
                **_what_it_sets(row),
            )
            for row in rows
        ],
        batch_size=_BATCH,
    )


def _what_it_sets(row: dict) -> dict:
    if row["share"] == 1.0:
        return {"kind": Step.Kind.GRANTED, "state": "granted"}
    held = held_after(row["points"], row["points_held"], row["share"])
    return {"kind": Step.Kind.GRANTED_PARTIALLY, "partial": True, "points_held": held}


def _earliest(round: Round) -> dict[int, date]:
    """For requests that changed after the day of the round: the day of that change, as a grant can't hold
    before it.
    """
    later = Step.objects.filter(
        request__round_lines__round=round, request__round_lines__granted=True, holds_from__gt=round.date
    )
    return dict(later.values_list("request_id").annotate(Max("holds_from")))


def _keep_full(granted: pl.DataFrame, respond_by: date | None, at: datetime) -> None:
    ids = granted.get_column("id").to_list()
    for start in range(0, len(ids), _IDS):
        Request.objects.filter(pk__in=ids[start : start + _IDS]).update(
            state="granted", respond_by=respond_by, version=F("version") + 1, updated_at=at
        )


def _keep_partial(granted: pl.DataFrame, respond_by: date | None, at: datetime) -> None:
    by_id = {row["id"]: row for row in granted.iter_rows(named=True)}
    ids = list(by_id)
    for start in range(0, len(ids), _IDS):
        requests = list(Request.objects.filter(pk__in=ids[start : start + _IDS]))
        for request in requests:
            row = by_id[request.pk]
            request.points_held = held_after(row["points"], row["points_held"], row["share"])
            request.partial = True
            request.respond_by = respond_by
            request.version += 1
            request.updated_at = at
        Request.objects.bulk_update(
            requests, ["points_held", "partial", "respond_by", "version", "updated_at"], batch_size=150
        )
