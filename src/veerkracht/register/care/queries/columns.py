"""The list as the rulebook's table: one row a request, one column a fact."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from veerkracht.register.care.queries import as_of
from veerkracht.register.care.queries.frames import Out, frame
from veerkracht.register.care.queries.table import COLUMNS, NAMES, SHOWN
from veerkracht.rulebook.types import Programme

WAITING = ("waiting",)


def waiting_table(
    programme: Programme | str,
    on: date | None = None,
    known: date | None = None,
    states: Sequence[str] = WAITING,
) -> pl.DataFrame:
    """The requests of a programme in some states (default: those that wait) as the rulebook's table, by id.

    Without dates: as it stands, inside the open transaction if there is one. With `on`: as it was on that day, as
    known on the day `known` (default: as known now).
    """
    programme_id = programme if isinstance(programme, str) else programme.id
    if on is None and known is None:
        return _current(programme_id, states, COLUMNS)
    return list_table(programme_id, on, known, states).select(NAMES)


def list_table(
    programme_id: str, on: date | None = None, known: date | None = None, states: Sequence[str] = WAITING
) -> pl.DataFrame:
    """As `waiting_table`, with what a list also shows: `number` and `respond_by`."""
    if on is None and known is None:
        return _current(programme_id, states, (*COLUMNS, *SHOWN))
    return as_of.snapshot(programme_id, on, known).filter(pl.col("state").is_in(states))


def _current(programme_id: str, states: Sequence[str], columns: Sequence[Out]) -> pl.DataFrame:
    marks = ", ".join(["%s"] * len(states))
    rest = (
        "FROM care_request r JOIN people_person p ON p.id = r.person_id "
        f"WHERE r.programme = %s AND r.state IN ({marks})"
    )
    return frame(columns, rest, [programme_id, *states], by="id")
