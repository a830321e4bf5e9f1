"""What is wrong with a file: one fault per cell or row, and the report that counts them all."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from veerkracht.rulebook.errors import Fault

# Enough to see what is the matter; the counts are always of all.
FAULTS_SHOWN = 1_000


@dataclass(frozen=True, order=True)
class RowFault:
    """One thing wrong: where (line of the file, name of the column), what stands there, what would do."""

    line: int
    field: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: found {self.found}, expected {self.expected}"


class FileFault(Fault):
    """The file as a whole can't be read: empty, too large, not UTF-8, no header."""


@dataclass
class Faults:
    """Collects faults: keeps the first in order of line, counts all, knows which lines are bad."""

    shown: list[RowFault] = field(default_factory=list)
    by_field: Counter[str] = field(default_factory=Counter)
    lines: set[int] = field(default_factory=set)

    def add(self, line: int, name: str, found: Any, expected: str) -> None:
        self.by_field[name] += 1
        self.lines.add(line)
        if len(self.shown) < 10 * FAULTS_SHOWN:
            self.shown.append(RowFault(line, name, said(found), expected))

    def add_where(self, table: pl.DataFrame, bad: pl.Expr, name: str, expected: str) -> None:
        """One fault for each row where `bad`; what was found is the cell `name` of that row."""
        self.add_rows(table.filter(bad), name, expected)

    def add_rows(self, rows: pl.DataFrame, name: str, expected: str | pl.Series) -> None:
        said_of = expected if isinstance(expected, pl.Series) else [expected] * rows.height
        for line, found, wanted in zip(rows["line"], rows[name], said_of, strict=True):
            self.add(line, name, found, wanted)

    @property
    def total(self) -> int:
        return self.by_field.total()

    def first(self) -> tuple[RowFault, ...]:
        return tuple(sorted(self.shown)[:FAULTS_SHOWN])

    def __iter__(self) -> Iterator[RowFault]:
        return iter(self.first())


def said(found: Any) -> str:
    """A cell in a message: quoted, cut when long, and `nothing` for an empty one."""
    if found is None or found == "":
        return "nothing"
    text = str(found)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def listed(words: Iterable[Any], most: int = 12) -> str:
    """Alternatives in a message: all when few, else the first of them."""
    known = [str(word) for word in words]
    return ", ".join(known[:most]) + (f" … ({len(known)} in all)" if len(known) > most else "")
