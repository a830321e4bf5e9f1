"""What a result of an assessment opens: rules over its items and its category, each with the days on which it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.tables import run
from veerkracht.rulebook.types import Dated, Text

# The name by which a rule calls the outcome of an assessment; "" where it has none.
CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening(Dated):
    """What a result of an instrument opens when `rule` holds for it."""

    id: str
    instrument: str
    rule: str
    name: Text
    text: Text


def opened(
    openings: Iterable[Opening],
    facts: Mapping[str, object],
    columns: Mapping[str, pl.DataType],
    on: date,
) -> tuple[Opening, ...]:
    """Those that hold on a day and whose rule these facts meet, in the order of the file.

    `columns`: all that a rule of this instrument may name; a fact that is not known meets no rule. Raises
    `TableFault` for a rule that names anything else.
    """
    row = pl.DataFrame({name: [facts.get(name)] for name in columns}, schema=dict(columns))
    return tuple(one for one in all_on(openings, on) if _holds(row, one))


def _holds(row: pl.DataFrame, opening: Opening) -> bool:
    return run(row, opening.rule, f"What {opening.id} opens").item() is True
