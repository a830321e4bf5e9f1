"""Small worlds for questions about choices: a setting around the worlds of the forecast's tests."""

import polars as pl

from tests.forecast import worlds
from veerkracht.forecast.choices import Setting
from veerkracht.region import Measure, Plan
from veerkracht.rulebook.types import Split

BUSY = {
    "arrivals.group-1": 40.0,
    "arrivals.group-2": 30.0,
    "arrivals.group-3": 20.0,
    "arrivals.route": 15.0,
    "exit.group-1": 0.03,
    "exit.group-2": 0.05,
    "exit.group-3": 0.1,
    "move.group-3.group-2": 0.1,
    "move.group-2.group-1": 0.05,
    "cost.route": 1000.0,
    "cost.spread": 0.5,
    "decline.group-2": 0.1,
    "holder.exit": 0.04,
    "holder.new": 0.6,
    "take-up.months": 4.0,
    "index.point": (0.02, 0.01, 0.04),
}
GROUPS = (1, 2, 3)
# All money that is for no group in particular goes to group 1.
TO_GROUP_1 = {
    "splits": (Split(id="all", key={"group-1": 1.0}, from_=worlds.BEGIN, source=worlds.making.LAW),)
}


def setting(inputs=None, *plans: Plan, table: pl.DataFrame | None = None, rules=None, **asked) -> Setting:
    """The programme “help” from the end of 2023, with the plan “nothing” and these."""
    of = worlds.programme(inputs, **(rules or {}))
    here = worlds.region(of, *plans)
    start = worlds.start(table, **asked.pop("start", {}))
    return Setting(here, worlds.START, {of.id: start}, **{"years": 2, "runs": 8, **asked})


def tried(*measures: Measure, id: str = "tried", builds_on: str = "") -> Plan:
    return worlds.plan(id, *measures, builds_on=builds_on)


def everybody(size: int) -> pl.DataFrame:
    """So many requests in each group."""
    return pl.concat([worlds.waiting(size, group, first_id=1 + 1000 * group) for group in GROUPS])
