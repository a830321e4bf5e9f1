"""What a round shows: its pots, who gets what, who is the first who doesn't, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from veerkracht.register.care.models import Request
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import scope
from veerkracht.rulebook.pots import pots
from veerkracht.rulebook.sentences import KEPT_OUT, ROUND_REASONS
from veerkracht.rulebook.types import Programme, Text


@dataclass(frozen=True)
class Line:
    """One request in a round. `cost_cents` a year of what is granted, or would have been; `share` 1 when whole."""

    number: str
    name: str
    pot: str
    position: int
    priority_group: int
    priority_date: date | None
    cost_cents: int
    share: float
    granted: bool
    reason: str
    why: Text


@dataclass(frozen=True)
class PotView:
    """A pot of a round, in the sequence in which they are served. Amounts in cents a year.

    `lines`: who is granted, the first so many of them. `first_not_served`: None when everyone is served. Both are
    empty for who may see no requests; the counts and amounts are not. `waiting`: not granted.
    """

    id: str
    name: Text
    is_route: bool
    available_cents: int
    spent_cents: int
    granted: int
    waiting: int
    first_not_served: Line | None
    first_not_served_cost: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class NotEligible:
    """How many waiting requests take no part, by a condition that they don't meet or another reason."""

    id: str
    text: Text
    count: int


def pot_views(
    programme: Programme, on: date, found: Iterable[Mapping[str, Any]], lines: Mapping[str, list[Line]]
) -> tuple[PotView, ...]:
    """Pots from rows of `RoundResult.pots` and the lines shown of each."""
    known = {pot.id: pot for pot in pots(programme, on)}
    views = []
    for row in found:
        pot = known.get(row["pot"])
        shown = lines.get(row["pot"], [])
        views.append(
            PotView(
                id=row["pot"],
                name=pot.name if pot else Text(row["pot"], row["pot"]),
                is_route=row["pot"].startswith("route."),
                available_cents=row["available_cents"],
                spent_cents=row["spent_cents"],
                granted=row["granted"],
                waiting=row["waiting"],
                first_not_served=next((line for line in shown if not line.granted), None),
                first_not_served_cost=row["first_not_served_cost"],
                lines=tuple(line for line in shown if line.granted),
            )
        )
    return tuple(views)


def line_views(found: pl.DataFrame, actor: Actor) -> dict[str, list[Line]]:
    """Lines by their pot, from rows of `RoundResult.lines`, with who they are about; without those that the actor
    may not see.
    """
    people = {
        row["id"]: row
        for row in Request.objects.filter(scope(actor), pk__in=found.get_column("id").to_list()).values(
            "id",
            "number",
            "priority_group",
            "priority_date",
            "person__given_name",
            "person__family_name",
        )
    }
    lines: dict[str, list[Line]] = {}
    for row in found.iter_rows(named=True):
        about = people.get(row["id"])
        if about is None:
            continue
        lines.setdefault(row["pot"], []).append(
            Line(
                number=about["number"],
                name=f"{about['person__given_name']} {about['person__family_name']}",
                pot=row["pot"],
                position=row["position"],
                priority_group=about["priority_group"],
                priority_date=about["priority_date"],
                cost_cents=row["cost_cents"],
                share=row["share"],
                granted=row["granted"],
                reason=row["reason"],
                why=ROUND_REASONS.get(row["reason"], Text()),
            )
        )
    return lines


def not_eligible(programme: Programme, counts: Mapping[str, int]) -> tuple[NotEligible, ...]:
    """Why waiting requests take no part, most often first. A request may count for several reasons."""
    texts = {condition.id: condition.unmet for condition in programme.conditions} | KEPT_OUT
    found = [NotEligible(id, texts.get(id, Text(id, id)), count) for id, count in counts.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, one.id)))
