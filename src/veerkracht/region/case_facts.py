"""The facts of a request in a case: what it states, checked, and what goes without saying."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from veerkracht.region.case_outcomes import points_of
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.tables import DERIVED, STANDARD, WAITING
from veerkracht.rulebook.types import Programme
from veerkracht.rulebook.validation import declared

_EXPECTED: dict[pl.DataType, tuple[type | tuple[type, ...], str]] = {
    pl.Int64(): (int, "a whole number"),
    pl.Float64(): ((int, float), "a number"),
    pl.String(): (str, "a text"),
    pl.Date(): (date, "a date such as 2024-01-31, without quotes"),
    pl.Boolean(): (bool, "true or false"),
}


@dataclass(frozen=True)
class Vocabulary:
    """What a request in a case may state: columns with their types, and the words of some of them."""

    programme: Programme
    columns: dict[str, pl.DataType]
    words: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, programme: Programme, areas: pl.DataFrame) -> Vocabulary:
        standard = {name: kind for name, (kind, _) in STANDARD.items()}
        own = {name: kind for name, kind in declared(programme).items() if name not in DERIVED}
        words = {"area": areas.get_column("code").to_list(), "kind": programme.kinds}
        return cls(programme, standard | own, words)


def read_facts(reader: Reader, vocabulary: Vocabulary) -> dict[str, Any]:
    """The facts that a table states; each of a known column, of its type, in its words."""
    facts: dict[str, Any] = {}
    for key, value in reader.data.items():
        kind = vocabulary.columns.get(key)
        if kind is None:
            reader.fault(key, "There is no such column.", key, one_of(list(vocabulary.columns), key))
            continue
        wanted, words = _EXPECTED[kind]
        if not isinstance(value, wanted) or (isinstance(value, bool) and kind != pl.Boolean):
            reader.fault(key, "This has the wrong type.", value, words)
        elif key in vocabulary.words and value not in vocabulary.words[key]:
            reader.fault(key, f"There is no such {key}.", value, _known(vocabulary.words[key], str(value)))
        else:
            facts[key] = value
    return facts


def _known(words: Collection[str], near_to: str) -> str:
    # The codes of all areas of a country help nobody.
    return one_of(words, near_to) if len(words) < 20 else f"one of the {len(words)} in areas.csv"


def complete_row(
    programme: Programme, number: int, facts: dict[str, Any], on: date, known: date
) -> dict[str, Any]:
    """The row of a request: what it states, and what goes without saying (docs/writing-a-programme.md)."""
    id_ = facts.get("id", number)
    row: dict[str, Any] = {
        "id": id_,
        "person": id_,
        "bundle": id_,
        "kind": next(iter(programme.kinds), ""),
        "state": WAITING,
        "route": "",
        "priority_group": 0,
        "points_held": 0.0,
        "partial": False,
        "converted": False,
        **facts,
    }
    if "category" in row and "points" not in row:
        row["points"] = points_of(programme, row, on, known)
    return row
