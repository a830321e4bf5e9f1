"""The list as it stands, in columns, kept in memory until another step is recorded."""

import polars as pl

from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.register.care.queries.freshness import Latest

_lists = Latest(2)


def current_list(programme_id: str) -> pl.DataFrame:
    """All waiting requests of a programme (`columns.waiting_table`)."""
    return _lists.get(programme_id, lambda: waiting_table(programme_id))
