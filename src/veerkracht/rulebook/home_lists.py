"""Who is next at a home, by that home's own rules, and why: total, and the same in whatever sequence the rows come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from veerkracht.rulebook.dated import all_on, value_on
from veerkracht.rulebook.home_rules import POINTS, PRIORITY, HomeRules, Ward
from veerkracht.rulebook.order import key_column
from veerkracht.rulebook.ranking import as_filed, rank
from veerkracht.rulebook.tables import on_date, run
from veerkracht.rulebook.types import Assumption, Condition, Order, Source, Text

_CONDITION, _POINTS, _HAS, _COUNTS = "condition.", "points.", "has.", "counts."
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule and how it came out for one entry. `text` is true as it stands; it never tells of anybody else."""

    kind: Literal["condition", "ward", "priority", "paused", "points", "order", "together"]
    id: str
    met: bool | None
    text: Text
    points: int = 0
    remedy: Text = field(default_factory=Text)
    source: Source | None = None
    assumption: Assumption | None = None


def judged(table: pl.DataFrame, rules: HomeRules, on: date, ward: str = "") -> pl.DataFrame:
    """The table with what the rules that hold on a date make of each row, whoever may come or not.

    Adds `condition.<id>` (null: a fact is missing), `points.<id>`, `priority` (1 is first), `points` and `takes_part`:
    all conditions are met, those of the ward too, and all who come together are in the table and meet them.
    Raises `DateFault` for a ward that isn't there on that day, `TableFault` for a table that misses a column.
    """
    prepared = _with_priorities(on_date(table, on), rules, on)
    wanted = _conditions(rules, on, ward)
    met = [run(prepared, one.rule, f"The rule {one.id}").alias(_CONDITION + one.id) for one in wanted]
    points = [
        run(prepared, one.rule, f"The points {one.id}").cast(pl.Int64).fill_null(0).alias(_POINTS + one.id)
        for one in all_on(rules.points, on)
    ]
    total = pl.sum_horizontal(points) if points else _zeros(table.height)
    made = prepared.with_columns(*met, *points, total.alias(POINTS))
    alone = pl.all_horizontal(
        pl.lit(value=True), *(pl.col(one.name).fill_null(value=False) for one in met)
    ).alias("meets_all")
    together = (pl.col("meets_all").sum().over("bundle") == pl.col("bundle_size")).alias(WHOLE)
    return (
        made.with_columns(alone)
        .with_columns(together)
        .with_columns((pl.col("meets_all") & pl.col(WHOLE)).alias("takes_part"))
    )


def ranked(judged_table: pl.DataFrame, rules: HomeRules, on: date) -> pl.DataFrame:
    """Who takes part, the first first: columns of `judged`, and `rank`, 1 for the first.

    Who comes together has one rank: that of whichever of them is first.
    """
    taking_part = judged_table.filter(pl.col("takes_part"))
    rows = rank(keys(taking_part, rules, on), as_filed(taking_part.height))
    in_order = taking_part[np.asarray(rows)].with_row_index("place")
    first = pl.col("place").min().over("bundle")
    return (
        in_order.with_columns(first.rank("dense").cast(pl.Int64).alias("rank"))
        .sort("rank", "id")
        .drop("place")
    )


def keys(table: pl.DataFrame, rules: HomeRules, on: date) -> NDArray[np.int64]:
    """What entries are compared by on a date, one column a key, the most important first; the last is the id."""
    columns = [key_column(table, key) for key in order_on(rules, on).by]
    return np.ascontiguousarray(np.stack(columns, axis=1))


def order_on(rules: HomeRules, on: date) -> Order:
    """The order that holds on a date. Raises `DateFault` when none does."""
    return value_on(rules.orders, on, f"order of {rules.id}")


def ward_on(rules: HomeRules, on: date, ward: str) -> Ward:
    """The ward with this id on a date. Raises `DateFault` when there is none."""
    return value_on([one for one in rules.wards if one.id == ward], on, f"ward “{ward}” of {rules.id}")


def reasons(row: dict[str, Any], rules: HomeRules, on: date, ward: str = "") -> tuple[Reason, ...]:
    """Why one row of `judged` is where it is: each rule that touches it, conditions first, then what sets the order.

    A condition that is met is said too: a person may know that nothing is missing.
    """
    found = [_of_condition(one, row[_CONDITION + one.id]) for one in _conditions(rules, on, ward)]
    if row["meets_all"] and not row[WHOLE]:
        found.append(Reason("together", WHOLE, False, NOT_WHOLE))
    found += _of_priorities(row, rules, on)
    for one in all_on(rules.points, on):
        count = row[_POINTS + one.id]
        found.append(Reason("points", one.id, count > 0, one.text, count, Text(), one.source, one.assumption))
    order = order_on(rules, on)
    found.append(Reason("order", "order", None, order.text, 0, Text(), order.source, order.assumption))
    return tuple(found)


NOT_WHOLE = Text(
    "U komt samen met iemand, en die kan hier nu niet meedoen: u komt samen of niet.",
    "You come together with somebody who can't take part here now: you come together or not at all.",
)
_UNKNOWN = Text(
    "We weten nog niet of dit klopt: “{reason}”", "We do not know yet whether this is so: “{reason}”"
)


def _conditions(rules: HomeRules, on: date, ward: str) -> tuple[Condition, ...]:
    own = (ward_on(rules, on, ward),) if ward else ()
    return (*all_on(rules.conditions, on), *own)


def _zeros(size: int) -> pl.Series:
    return pl.Series(POINTS, np.zeros(size, dtype=np.int64))


def _with_priorities(prepared: pl.DataFrame, rules: HomeRules, on: date) -> pl.DataFrame:
    """Adds `has.<id>` (the rule of a priority is met), `counts.<id>` (the home gives it now) and `priority`: the number
    of the first that a row has and that counts; one more than there are for who has none."""
    held = all_on(rules.priorities, on)
    numbers = np.full(prepared.height, len(held) + 1, dtype=np.int64)
    columns = []
    for number, one in reversed(list(enumerate(held, 1))):
        has = run(prepared, one.rule, f"The priority {one.id}").fill_null(value=False)
        counts = has
        if one.while_:
            counts = has & run(prepared, one.while_, f"The end of {one.id}").fill_null(value=False)
        numbers[counts.to_numpy()] = number
        columns += [has.alias(_HAS + one.id), counts.alias(_COUNTS + one.id)]
    return prepared.with_columns(*columns, pl.Series(PRIORITY, numbers))


def _of_condition(condition: Condition, met: bool | None) -> Reason:
    text = condition.reason if met else condition.unmet
    if met is None:
        text = _UNKNOWN.fill(reason=condition.reason)
    kind: Literal["ward", "condition"] = "ward" if isinstance(condition, Ward) else "condition"
    return Reason(
        kind, condition.id, met, text, 0, condition.remedy,
        condition.source, condition.assumption,
    )  # fmt: skip


def _of_priorities(row: dict[str, Any], rules: HomeRules, on: date) -> Iterator[Reason]:
    """The priority that a row has, and before it those that it would have if the home hadn't stopped giving them."""
    for number, one in enumerate(all_on(rules.priorities, on), 1):
        if row[_HAS + one.id] and not row[_COUNTS + one.id]:
            yield Reason("paused", one.id, False, one.paused, 0, Text(), one.source, one.assumption)
        if number == row[PRIORITY]:
            yield Reason("priority", one.id, True, one.text, 0, Text(), one.source, one.assumption)
            return
