"""CSV with a header, read row by row with the line of each, its faults noted instead of raised.

What it says itself it says in both languages: a region's files are checked in English, what people bring is told of on
their page.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Protocol

from veerkracht.region.faults import Words
from veerkracht.rulebook.types import Text

NOTHING = Text(nl="niets", en="nothing")
NO_NUMBER = Text(nl="Dit is geen getal.", en="This is not a number.")
NOT_POSSIBLE = Text(nl="Dit getal kan hier niet.", en="This number is not possible here.")
_EMPTY = Text(nl="Dit is leeg.", en="This is empty.")
_TEXT = Text(nl="een tekst", en="a text")
_NUMBER = Text(nl="een getal", en="a number")
_WRITTEN_NUMBER = Text(nl="een getal met een punt, zoals 1234.5", en="a number with a point, such as 1234.5")
_NO_DAY = Text(nl="Dit is geen datum.", en="This is not a date.")
_DAY = Text(nl="een datum zoals 2024-01-31", en="a date such as 2024-01-31")

_ANOTHER_LENGTH = Text(
    nl="Deze rij heeft een ander aantal velden dan de kopregel.",
    en="This row has another number of fields than the header.",
)
_NO_CSV = Text(nl="Dit is geen CSV.", en="This is not CSV.")
_MISSING = Text(nl="Deze kolom ontbreekt.", en="This column is missing.")
_NOT_KNOWN = Text(nl="Deze kolom is niet bekend.", en="This column is not known.")
_TWICE = Text(nl="Een kolom staat er twee keer.", en="A column stands there twice.")
_ONCE = Text(nl="elke kolom één keer", en="each column once")


class Noting(Protocol):
    """Where faults are noted."""

    def add(
        self, file: str, line: int, field: str, message: Words, found: object, expected: Words
    ) -> None: ...


@dataclass(frozen=True)
class Row:
    """One row of a file. Reading a field notes what is wrong with it and gives None.

    `wrong`: the fields in which something was noted so far.
    """

    file: str
    line: int
    values: dict[str, str]
    faults: Noting
    wrong: set[str] = field(default_factory=set, compare=False)

    def fault(self, field: str, message: Words, found: object, expected: Words) -> None:
        self.wrong.add(field)
        self.faults.add(self.file, self.line, field, message, found, expected)

    def text(self, field: str, *, required: bool = True) -> str:
        value = self.values.get(field, "").strip()
        if required and not value:
            self.fault(field, _EMPTY, NOTHING, _TEXT)
        return value

    def number(self, field: str, *, required: bool = True) -> float | None:
        value = self.values.get(field, "").strip()
        if not value:
            if required:
                self.fault(field, _EMPTY, NOTHING, _NUMBER)
            return None
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if number != number or number in (float("inf"), float("-inf")):
            self.fault(field, NO_NUMBER, value, _WRITTEN_NUMBER)
            return None
        return number

    def integer(self, field: str, *, low: int = 0) -> int | None:
        number = self.number(field)
        if number is None:
            return None
        if not number.is_integer() or number < low:
            expected = Text(nl=f"een geheel getal vanaf {low}", en=f"a whole number from {low}")
            self.fault(field, NOT_POSSIBLE, self.values[field], expected)
            return None
        return int(number)

    def day(self, field: str, *, required: bool = True) -> date | None:
        value = self.values.get(field, "").strip()
        if not value:
            if required:
                self.fault(field, _EMPTY, NOTHING, _DAY)
            return None
        try:
            return date.fromisoformat(value) if len(value) == 10 else _refuse()
        except ValueError:
            self.fault(field, _NO_DAY, value, _DAY)
            return None


def decoded(data: bytes, file: str, faults: Noting, *, largest: int, columns: Collection[str]) -> str:
    """The text of a CSV file of at most so many bytes; "", with the fault noted, when it is none or empty."""
    if len(data) > largest:
        too_large = Text(nl="Het bestand is te groot.", en="The file is too large.")
        expected = Text(nl=f"hoogstens {largest} bytes", en=f"at most {largest} bytes")
        faults.add(file, 0, "", too_large, f"{len(data)} bytes", expected)
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        not_utf_8 = Text(nl="Dit bestand is geen UTF-8.", en="This file is not UTF-8.")
        expected = Text(nl="tekst in UTF-8", en="text in UTF-8")
        faults.add(file, line, "", not_utf_8, f"byte {data[error.start]:#04x}", expected)
        return ""
    if not text.strip():
        header = ",".join(columns)
        empty = Text(nl="Het bestand is leeg.", en="The file is empty.")
        faults.add(file, 0, "", empty, NOTHING, Text(nl=f"een kopregel: {header}", en=f"a header: {header}"))
        return ""
    return text


def rows(
    file: str, text: str, columns: Collection[str], faults: Noting, optional: Collection[str] = ()
) -> Iterator[Row]:
    """The rows of a CSV text whose header must hold exactly these columns, in whatever order, and may hold others."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = next(reader, [])
        if not _header_is_right(file, header, columns, optional, faults):
            return
        for values in reader:
            # Spreadsheets leave rows of nothing but commas below a table.
            if not any(value.strip() for value in values):
                continue
            line = reader.line_num - sum(value.count("\n") for value in values)
            if len(values) == len(header):
                yield Row(file, line, dict(zip(header, values, strict=True)), faults)
            else:
                faults.add(file, line, "", _ANOTHER_LENGTH, _fields(len(values)), _fields(len(header)))
    except csv.Error as error:
        expected = Text(nl="door komma’s gescheiden waarden", en="comma-separated values")
        faults.add(file, reader.line_num, "", _NO_CSV, str(error), expected)


def _header_is_right(
    file: str, header: list[str], columns: Collection[str], optional: Collection[str], faults: Noting
) -> bool:
    missing = [column for column in columns if column not in header]
    for column in missing:
        near = get_close_matches(column, set(header) - set(columns), 1)
        faults.add(file, 1, column, _MISSING, near[0] if near else NOTHING, f"“{column}”")
    known = ", ".join((*columns, *optional))
    only = Text(nl=f"alleen {known}", en=f"only {known}")
    for column in header:
        if column not in (*columns, *optional) and not get_close_matches(column, missing, 1):
            faults.add(file, 1, column, _NOT_KNOWN, column, only)
    if len(set(header)) != len(header):
        faults.add(file, 1, "", _TWICE, ", ".join(header), _ONCE)
        return False
    return not missing


def _fields(number: int) -> Text:
    return Text(nl=f"{number} velden", en=f"{number} fields")


def _refuse() -> date:
    raise ValueError
