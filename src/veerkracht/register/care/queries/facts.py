"""Facts that a programme's rules name and that no request holds: they are looked up elsewhere, or are not known."""

from collections.abc import Collection

import polars as pl

from veerkracht.register.assessments.queries import latest
from veerkracht.register.assessments.scoring import definitions
from veerkracht.rulebook.tables import DERIVED, TYPES
from veerkracht.rulebook.types import Programme


def with_facts(table: pl.DataFrame, programme: Programme, persons: Collection[int]) -> pl.DataFrame:
    """The table with every column that the programme declares.

    One that is called as an instrument of assessment holds the care category of the last result, for `persons`; what
    nobody keeps is unknown.
    """
    lacking = [one for one in programme.columns if one.name not in table.columns and one.name not in DERIVED]
    instruments = definitions().instruments
    found = []
    for column in lacking:
        known = {}
        if column.name in instruments:
            known = {
                id: one.outcome for id, one in latest(persons, instrument=column.name).items() if one.outcome
            }
        values = [known.get(person) for person in table.get_column("person")]
        found.append(pl.Series(column.name, values, dtype=TYPES[column.type]))
    return table.with_columns(found)
