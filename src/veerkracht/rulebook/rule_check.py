"""Whether a rule can be run: it parses, names known columns, gives the right type, and judges row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

import polars as pl

from veerkracht.rulebook.errors import RuleFault
from veerkracht.rulebook.sql import columns_of, expression, first_line

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeFault:
    """One thing that is wrong in a programme. `path`: where, in the words of a programme file."""

    path: Path
    message: str
    found: object
    expected: str


_SAMPLES: dict[pl.DataType, list[object]] = {
    pl.Int64(): [1, 2, 70, None],
    pl.Float64(): [1.5, 2.5, 70.0, None],
    pl.String(): ["", "first", "rest", None],
    pl.Date(): [date(2016, 2, 29), date(2020, 3, 17), date(2024, 1, 8), None],
    pl.Boolean(): [True, False, True, None],
}
_TYPE_NAMES = {
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "date": "a date",
}


def rule_faults(
    path: Path, rule: str, columns: Mapping[str, pl.DataType], gives: str
) -> list[ProgrammeFault]:
    """What is wrong with a rule over these columns. `gives`: "boolean", "integer", "number" or "date"."""
    if not rule.strip():
        return [ProgrammeFault(path, "The rule is empty.", "nothing", "an SQL expression")]
    try:
        named = columns_of(rule)
    except RuleFault as fault:
        return [ProgrammeFault(path, "The rule can't be read.", fault, "an SQL expression")]
    unknown = [_unknown_column(path, name, columns) for name in sorted(named - set(columns))]
    return unknown or _run_faults(path, rule, columns, gives)


def _unknown_column(path: Path, name: str, columns: Mapping[str, pl.DataType]) -> ProgrammeFault:
    near = get_close_matches(name, columns, 1)
    expected = f"“{near[0]}”" if near else f"one of: {', '.join(columns)}" if columns else "no column at all"
    return ProgrammeFault(
        path, "The rule names a column that the programme does not declare.", name, expected
    )


def _run_faults(
    path: Path, rule: str, columns: Mapping[str, pl.DataType], gives: str
) -> list[ProgrammeFault]:
    sample = pl.DataFrame({name: _SAMPLES[kind] for name, kind in columns.items()}, schema=dict(columns))
    expected = f"a rule that gives {_TYPE_NAMES[gives]}"
    try:
        together = _values(sample, rule)
        one_by_one = [value for row in range(sample.height) for value in _values(sample[row : row + 1], rule)]
    except pl.exceptions.PolarsError as error:
        return [ProgrammeFault(path, "The rule can't be run.", first_line(error), expected)]
    if together.dtype != pl.Null and not _fits(together.dtype, gives):
        found = f"{str(together.dtype).lower()} from “{' '.join(rule.split())}”"
        return [ProgrammeFault(path, "The rule gives the wrong type.", found, expected)]
    if together.to_list() != one_by_one:
        return [
            ProgrammeFault(
                path, "The rule does not judge each request by itself.", rule, "no sums or windows"
            )
        ]
    return []


def _values(table: pl.DataFrame, rule: str) -> pl.Series:
    return (
        table.select(expression(rule).alias("value")).to_series()
        if table.width
        else pl.select(expression(rule).alias("value")).to_series()
    )


def _fits(found: pl.DataType, gives: str) -> bool:
    if gives == "integer":
        return found.is_integer()
    if gives == "number":
        return found.is_numeric()
    return found == (pl.Boolean if gives == "boolean" else pl.Date)
