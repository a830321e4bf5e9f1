"""CSV with a header, read row by row with the line of each, its faults noted instead of raised."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from veerkracht.region.reader import Faults


@dataclass(frozen=True)
class Row:
    """One row of a file. Reading a field notes what is wrong with it and gives None."""

    file: str
    line: int
    values: dict[str, str]
    faults: Faults

    def fault(self, field: str, message: str, found: object, expected: str) -> None:
        self.faults.add(self.file, self.line, field, message, found, expected)

    def text(self, field: str, *, required: bool = True) -> str:
        value = self.values.get(field, "").strip()
        if required and not value:
            self.fault(field, "This is empty.", "nothing", "a text")
        return value

    def number(self, field: str, *, required: bool = True) -> float | None:
        value = self.values.get(field, "").strip()
        if not value:
            if required:
                self.fault(field, "This is empty.", "nothing", "a number")
            return None
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if number != number or number in (float("inf"), float("-inf")):
            self.fault(field, "This is not a number.", value, "a number with a point, such as 1234.5")
            return None
        return number

    def integer(self, field: str, *, low: int = 0) -> int | None:
        number = self.number(field)
        if number is None:
            return None
        if not number.is_integer() or number < low:
            self.fault(
                field, "This number is not possible here.", self.values[field], f"a whole number from {low}"
            )
            return None
        return int(number)

    def day(self, field: str, *, required: bool = True) -> date | None:
        value = self.values.get(field, "").strip()
        if not value:
            if required:
                self.fault(field, "This is empty.", "nothing", "a date such as 2024-01-31")
            return None
        try:
            return date.fromisoformat(value) if len(value) == 10 else _refuse()
        except ValueError:
            self.fault(field, "This is not a date.", value, "a date such as 2024-01-31")
            return None


def decoded(data: bytes, file: str, faults: Faults, *, largest: int, columns: Collection[str]) -> str:
    """The text of a CSV file of at most so many bytes; "", with the fault noted, when it is none or empty."""
    if len(data) > largest:
        faults.add(file, 0, "", "The file is too large.", f"{len(data)} bytes", f"at most {largest} bytes")
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte {data[error.start]:#04x}"
        faults.add(file, line, "", "This file is not UTF-8.", found, "text in UTF-8")
        return ""
    if not text.strip():
        faults.add(file, 0, "", "The file is empty.", "nothing", f"a header: {','.join(columns)}")
        return ""
    return text


def rows(
    file: str, text: str, columns: Collection[str], faults: Faults, optional: Collection[str] = ()
) -> Iterator[Row]:
    """The rows of a CSV text whose header must hold exactly these columns, in whatever order, and may hold others."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header = next(reader, [])
        if not _header_is_right(file, header, columns, optional, faults):
            return
        for values in reader:
            if not values:
                continue
            line = reader.line_num - sum(value.count("\n") for value in values)
            if len(values) != len(header):
                faults.add(
                    file, line, "", "This row has another number of fields than the header.",
                    f"{len(values)} fields", f"{len(header)} fields",
                )  # fmt: skip
                continue
            yield Row(file, line, dict(zip(header, values, strict=True)), faults)
    except csv.Error as error:
        faults.add(file, reader.line_num, "", "This is not CSV.", str(error), "comma-separated values")


def _header_is_right(
    file: str, header: list[str], columns: Collection[str], optional: Collection[str], faults: Faults
) -> bool:
    missing = [column for column in columns if column not in header]
    for column in missing:
        near = get_close_matches(column, set(header) - set(columns), 1)
        faults.add(file, 1, column, "This column is missing.", near[0] if near else "nothing", f"“{column}”")
    known = [*columns, *optional]
    for column in header:
        if column not in known and not (get_close_matches(column, missing, 1)):
            faults.add(file, 1, column, "This column is not known.", column, f"only {', '.join(known)}")
    if len(set(header)) != len(header):
        faults.add(file, 1, "", "A column stands there twice.", ", ".join(header), "each column once")
        return False
    return not missing


def _refuse() -> date:
    raise ValueError
