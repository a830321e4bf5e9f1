"""A CSV file that somebody brings: its rows, every fault of it in both languages, and what became of it."""

import codecs
import csv
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from veerkracht.region.csv_lines import Row, decoded, rows
from veerkracht.region.faults import Words
from veerkracht.region.reader import shown
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Limits:
    """What a file may be at most, in bytes and in rows below its header."""

    bytes: int = 5_000_000
    rows: int = 20_000

    @property
    def bytes_to_read(self) -> int:
        """One more than a file may have: too large a file is seen without being read whole."""
        return self.bytes + 1


LIMITS = Limits()
_LONGEST_HEADER = 10_000
_TOO_MANY_ROWS = Text(nl="Het bestand heeft te veel rijen.", en="The file has too many rows.")


@dataclass(frozen=True)
class CsvFault:
    """One thing that is wrong. `line` is 0 when the fault is of the whole file; the header is line 1."""

    file: str
    line: int
    field: str
    found: Text
    expected: Text
    message: Text

    def as_json(self) -> dict[str, Any]:
        """The fault in English, as commands print it."""
        words = {name: getattr(self, name).en for name in ("found", "expected", "message")}
        return {"file": self.file, "line": self.line, "field": self.field, **words}


@dataclass(frozen=True)
class Report:
    """What became of a file: `rows` that it has, `already` in the register just so, `added`, and what is wrong.

    When there is a fault nothing was written, and what is there already was not counted. `fingerprint`: SHA-256 of it.
    """

    file: str
    fingerprint: str
    rows: int
    already: int
    faults: tuple[CsvFault, ...]
    added: int = 0

    @classmethod
    def on(cls, file: "Brought", *, already: int) -> Self:
        """The report on a file before anything is written."""
        faults = file.faults
        return cls(file.name, file.fingerprint, file.number, 0 if faults else already, faults)

    def as_json(self) -> dict[str, Any]:
        """The report in English, as commands print it."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**said, "faults": [fault.as_json() for fault in self.faults]}

    def written(self, added: int, **beside: int) -> Self:
        """The same report after so many rows were written, and what more was counted of them."""
        return replace(self, added=added, **beside)


@dataclass
class Brought:
    """A file as it was read, and where its faults are noted. Of too many rows it has none, only their number."""

    name: str
    fingerprint: str
    rows: list[Row] = field(default_factory=list)
    number: int = 0
    _faults: set[CsvFault] = field(default_factory=set)

    def add(self, file: str, line: int, field: str, message: Words, found: object, expected: Words) -> None:
        self._faults.add(CsvFault(file, line, field, _found(found), _both(expected), _both(message)))

    def fault(self, line: int, field: str, message: Words, found: object, expected: Words) -> None:
        """Note what is wrong with a row beside others, after it was read by itself."""
        self.add(self.name, line, field, message, found, expected)

    @property
    def faults(self) -> tuple[CsvFault, ...]:
        return tuple(sorted(self._faults, key=lambda one: tuple(one.as_json().values())))


def header_of(data: bytes) -> list[str]:
    """The names in the first line of a file, by which it shows of what kind it is; none when it can't be read."""
    first = data[:_LONGEST_HEADER].removeprefix(codecs.BOM_UTF8).partition(b"\n")[0]
    return next(csv.reader([first.decode(errors="replace")]), [])


def brought(
    data: bytes,
    name: str,
    columns: Collection[str],
    optional: Collection[str] = (),
    limits: Limits = LIMITS,
) -> Brought:
    """Read a file whose header must hold these columns, and may hold the optional ones."""
    file = Brought(name, hashlib.sha256(data).hexdigest())
    text = decoded(data, name, file, largest=limits.bytes, columns=columns)
    found = list(rows(name, text, columns, file, optional)) if text else []
    file.number = len(found)
    if file.number > limits.rows:
        expected = Text(nl=f"hoogstens {limits.rows}", en=f"at most {limits.rows}")
        file.fault(0, "", _TOO_MANY_ROWS, file.number, expected)
    else:
        file.rows = found
    return file


def _found(found: object) -> Text:
    if isinstance(found, Text):
        return found
    return _both(shown(found)) if found != "" else Text(nl="een lege tekst", en=shown(found))


def _both(words: Words) -> Text:
    return words if isinstance(words, Text) else Text(nl=words, en=words)
