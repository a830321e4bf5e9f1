"""A line of a list of requests: what it shows, from what is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from veerkracht.register.care.programmes import programme_of
from veerkracht.register.people import areas
from veerkracht.rulebook.cost import full_cost
from veerkracht.rulebook.errors import DateFault

STORED = (
    "id",
    "number",
    "kind",
    "state",
    "priority_group",
    "priority_date",
    "route",
    "request_date",
    "area",
    "scheme",
    "category",
    "points",
    "points_held",
    "partial",
    "respond_by",
)
OF_PERSON = ("person__number", "person__given_name", "person__family_name", "person__birth_date")
OF_TURN = ("turn__p10", "turn__p50", "turn__p90", "turn__served_share", "turn__horizon")
NO_TURN = dict.fromkeys(OF_TURN)


@dataclass(frozen=True)
class ExpectedTurn:
    """When a request is likely served (`Turn`): dates of percentiles; null lies beyond `horizon`."""

    p10: date | None
    p50: date | None
    p90: date | None
    served_share: float
    horizon: date


@dataclass(frozen=True)
class Row:
    """A line of the list. `amount_cents` a year: what a full grant takes on the list's day; None when not known."""

    id: int
    number: str
    person_number: str
    name: str
    birth_date: date
    kind: str
    state: str
    priority_group: int
    priority_date: date | None
    route: str
    request_date: date
    area: str
    area_name: str
    scheme: str
    category: str
    points: float
    points_held: float
    partial: bool
    amount_cents: int | None
    respond_by: date | None
    overdue: bool
    turn: ExpectedTurn | None


def rows(programme_id: str, facts: Iterable[dict[str, Any]], on: date) -> tuple[Row, ...]:
    """Lines of a list from what is stored of each (`STORED`, `OF_PERSON`, `OF_TURN`)."""
    facts = list(facts)
    amounts = _amounts(programme_id, facts, on)
    names = areas.names()
    return tuple(_row(row, amount, on, names) for row, amount in zip(facts, amounts, strict=True))


def _row(row: dict[str, Any], amount: int | None, on: date, names: dict[str, str]) -> Row:
    return Row(
        **{name: row[name] for name in STORED if name not in ("points", "points_held")},
        person_number=row["person__number"],
        name=f"{row['person__given_name']} {row['person__family_name']}",
        birth_date=row["person__birth_date"],
        area_name=names.get(row["area"], row["area"]),
        points=float(row["points"]),
        points_held=float(row["points_held"]),
        amount_cents=amount,
        overdue=row["state"] == "granted" and row["respond_by"] is not None and row["respond_by"] < on,
        turn=_turn(row),
    )


def _turn(row: dict[str, Any]) -> ExpectedTurn | None:
    if row["turn__horizon"] is None:
        return None
    return ExpectedTurn(*(row[name] for name in OF_TURN))


def _amounts(programme_id: str, facts: list[dict[str, Any]], on: date) -> list[int | None]:
    """What a full grant takes, by the rulebook: None where the points aren't set or no value of a point holds."""
    points = [float(row["points"]) for row in facts]
    # Whoever holds as much as they ask, or has no category yet, gets no amount rather than a wrong one.
    held = [min(float(row["points_held"]), asked) for row, asked in zip(facts, points, strict=True)]
    table = pl.DataFrame(
        {"id": [row["id"] for row in facts], "points": points, "points_held": held},
        schema={"id": pl.Int64, "points": pl.Float64, "points_held": pl.Float64},
    )
    try:
        costs = full_cost(table, programme_of(programme_id), on).to_list()
    except DateFault:
        return [None] * len(facts)
    return [cost if asked else None for cost, asked in zip(costs, points, strict=True)]
