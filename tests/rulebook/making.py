"""A small programme of no region, and tables of requests, for tests of the rulebook."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
from hypothesis import strategies as st

from veerkracht.rulebook.tables import STANDARD
from veerkracht.rulebook.types import (
    Column,
    Condition,
    Group,
    GroupRule,
    Order,
    Partial,
    PointValue,
    PriorityDateRule,
    Programme,
    RoundPlan,
    Route,
    Source,
    Split,
    Text,
)

BEGIN = date(2020, 1, 1)
ON = date(2024, 1, 1)
LAW = Source("The law")


def words(text: str) -> Text:
    return Text(f"{text} (nl)", f"{text} (en)")


def programme(**changes: Any) -> Programme:
    """Three groups, one route, strict order, one point is 100 euro; valid as it stands."""
    parts: dict[str, Any] = {
        "id": "help",
        "name": words("Help"),
        "begins": BEGIN,
        "kinds": ("first", "increase"),
        "columns": (
            Column("age", "integer", Text("de leeftijd.", "the age.")),
            Column("complete", "boolean", Text("of het volledig is.", "whether it is complete.")),
            Column("partial", "boolean", words("partial")),
            Column("priority_date", "date", words("priority date")),
            Column("request_date", "date", words("request date")),
            Column("revised_on", "date", words("revised on")),
            Column("weight", "integer", words("weight")),
        ),
        "conditions": (
            Condition(
                id="adult", rule="age >= 18", reason=words("adult"), unmet=words("no adult"),
                remedy=words("wait"), from_=BEGIN, source=LAW,
            ),
            Condition(
                id="complete", rule="complete", reason=words("complete"), unmet=words("incomplete"),
                remedy=words("send"), from_=BEGIN, source=LAW,
            ),
        ),
        "groups": tuple(Group(n, f"group-{n}", words(f"group {n}")) for n in (1, 2, 3)),
        "group_rules": (
            GroupRule(
                id="weight", rule="CASE WHEN weight > 5 THEN 1 WHEN weight > 2 THEN 2 WHEN weight >= 0 THEN 3 END",
                text=words("by weight"), from_=BEGIN, source=LAW,
            ),
        ),
        "priority_date_rules": (
            PriorityDateRule(
                id="revised", rule="COALESCE(revised_on, request_date)", text=words("by date"), from_=BEGIN, source=LAW
            ),
        ),
        "orders": (Order(by=("priority_group", "priority_date", "id"), from_=BEGIN, text=words("order"), source=LAW),),
        "point_values": (PointValue(value=Decimal("100"), from_=BEGIN, source=LAW),),
        "routes": (Route(id="emergency", name=words("emergency"), months=6, from_=BEGIN, source=LAW),),
        "splits": (
            Split(
                id="key", key={"group-1": 0.85, "group-2": 0.1, "group-3": 0.05}, programme_share=0.85,
                from_=BEGIN, source=LAW,
            ),
        ),
        "round": RoundPlan(dates=((1, 1),), source=LAW),
    }  # fmt: skip
    return Programme(**{**parts, **changes})


HALVES = Partial(id="half", group="group-2", share=0.5, rule="NOT partial", from_=BEGIN, source=LAW)


def request(id: int, **facts: Any) -> dict[str, Any]:
    """A complete request of an adult in group 1 for ten points, unless the facts say otherwise."""
    return {
        "id": id,
        "person": id,
        "bundle": id,
        "kind": "first",
        "state": "waiting",
        "request_date": date(2021, 1, 1),
        "birth_date": date(1980, 6, 1),
        "area": "here",
        "recognised": True,
        "plan_approved_on": date(2021, 1, 1),
        "complete": True,
        "converted": False,
        "priority_group": 1,
        "priority_date": date(2021, 1, 1),
        "route": "",
        "scheme": "",
        "category": "",
        "points": 10.0,
        "points_held": 0.0,
        "partial": False,
        **facts,
    }


def table(*requests: dict[str, Any]) -> pl.DataFrame:
    schema = {name: kind for name, (kind, _) in STANDARD.items()}
    own = {"revised_on": pl.Date(), "weight": pl.Int64()}
    extra = {name: kind for name, kind in own.items() if any(name in row for row in requests)}
    return pl.DataFrame(list(requests), schema={**schema, **extra})


@st.composite
def tables(draw: st.DrawFn, most: int = 25) -> pl.DataFrame:
    """Any list: several groups and routes, equal dates, bundles, files that are not complete, unknown facts."""
    count = draw(st.integers(0, most))
    rows = [_any_request(draw, id_) for id_ in range(1, count + 1)]
    for row in rows:
        if row["id"] > 1 and draw(st.integers(0, 3)) == 0:
            row["bundle"] = rows[draw(st.integers(0, row["id"] - 2))]["bundle"]
    return table(*draw(st.permutations(rows)))


def _any_request(draw: st.DrawFn, id_: int) -> dict[str, Any]:
    return request(
        id_,
        priority_group=draw(st.integers(0, 3)),
        priority_date=draw(
            st.none() | st.integers(0, 5).map(lambda days: date(2021, 1, 1) + timedelta(days))
        ),
        route=draw(st.sampled_from(["", "", "", "emergency", "closed"])),
        points=draw(st.none() | st.sampled_from([0.5, 3.333333, 10.0, 40.0])),
        complete=draw(st.sampled_from([True, True, True, False, None])),
        partial=draw(st.booleans()),
        state=draw(st.sampled_from(["waiting", "waiting", "waiting", "granted"])),
    )
