"""Small made-up worlds for tests of the forecast: a region in memory, a programme with chosen inputs, a list."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from tests.rulebook import making
from veerkracht.forecast import Start
from veerkracht.region import Figures, Measure, Plan, Region
from veerkracht.region.figures import SCHEMA as FIGURES
from veerkracht.rulebook.types import Assumption, Parameter, Programme, RoundPlan, Source, Text

BEGIN = making.BEGIN
START = date(2023, 12, 31)
QUARTERS = RoundPlan(dates=((1, 1), (4, 1), (7, 1), (10, 1)), source=making.LAW)
EURO = 100

# Nobody comes, nobody leaves, nothing is uncertain: each test switches on what it is about.
STILL: dict[str, float] = {
    **{f"arrivals.group-{number}": 0.0 for number in (1, 2, 3)},
    **{f"cost.group-{number}": 1000.0 for number in (1, 2, 3)},
    "cost.holder": 1000.0,
}


def programme(
    inputs: dict[str, float | tuple[float, float, float]] | None = None, **changes: Any
) -> Programme:
    """The small programme of the rulebook's tests, with rounds every quarter and these inputs."""
    given = {**STILL, **(inputs or {})}
    parameters = tuple(_parameter(id, value) for id, value in given.items())
    return making.programme(**{"round": QUARTERS, "parameters": parameters, **changes})


def _parameter(id: str, value: float | tuple[float, float, float]) -> Parameter:
    middle, low, high = value if isinstance(value, tuple) else (value, value, value)
    return Parameter(id=id, value=middle, low=low, high=high, from_=BEGIN, source=Source("A test"))


def region(of: Programme, *plans: Plan, figures: list[dict[str, Any]] | None = None) -> Region:
    return Region(
        id="testland",
        name=Text("Testland", "Testland"),
        folder=Path("/nowhere"),
        languages=("nl", "en"),
        currency="EUR",
        time_zone="Europe/Brussels",
        disclaimer=Text(),
        turns_plan="nothing",
        holidays=(),
        areas=pl.DataFrame(),
        areas_source=None,
        programmes={of.id: of},
        figures=Figures(pl.DataFrame(figures or [], schema=FIGURES)),
        plans={plan.id: plan for plan in (plan(), *plans)},
    )


def plan(id: str = "nothing", *measures: Measure, builds_on: str = "") -> Plan:
    return Plan(id, making.words(id), Text(), builds_on, measures)


def money(euro: float, from_: date = date(2024, 1, 1), **changes: Any) -> Measure:
    """A recurrent measure of so many euro a year."""
    facts: dict[str, Any] = {
        "id": f"money-{euro}-{from_}",
        "programme": "help",
        "kind": "money",
        "name": making.words("money"),
        "amount_cents_per_year": round(euro * EURO),
        "recurrent": True,
        "from_": from_,
        "until": None,
        "to": "",
        "source": Source("A test"),
        "assumption": None,
        **changes,
    }
    return Measure(**facts)


def waiting(size: int, group: int = 1, *, points: float | None = 10.0, first_id: int = 1) -> pl.DataFrame:
    """Requests of one group, one priority date a day; ten points cost 1,000 euro a year."""
    rows = [
        making.request(
            first_id + number,
            priority_group=group,
            priority_date=date(2020, 1, 1) + timedelta(days=number),
            points=points,
        )
        for number in range(size)
    ]
    return making.table(*rows)


def start(table: pl.DataFrame | None = None, **changes: Any) -> Start:
    return Start(date=START, waiting=making.table() if table is None else table, **changes)


def figure(series: str, on: date, value: float) -> dict[str, Any]:
    return {
        "series": series,
        "date": on,
        "value": value,
        "unit": "",
        "low": None,
        "high": None,
        "source_title": "A test",
        "source_url": "",
        "published": on,
        "status": "published",
        "note": "",
    }


def assumed(low: float, high: float, why: str = "nobody knows") -> Assumption:
    return Assumption(Text(why, why), low, high)
