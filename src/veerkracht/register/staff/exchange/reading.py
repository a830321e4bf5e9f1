"""A CSV file of figures on staff read into rows, with every fault: line, field, what was found, what was expected."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from veerkracht.register.staff.checks import Fault
from veerkracht.register.staff.exchange.columns import KINDS, Kind
from veerkracht.register.staff.facts import Figures
from veerkracht.rulebook.types import Text

MOST_BYTES = 5_000_000
MOST_ROWS = 20_000
_DAY = Text(nl="een dag zoals 2024-01-31", en="a day such as 2024-01-31")
_YEAR = Text(nl="een jaar zoals 2023", en="a year such as 2023")
_DAYS = ("on", "from", "until")


@dataclass(frozen=True)
class LineFault:
    """A fault of a file, with its line; the header is line 1."""

    line: int
    fault: Fault

    def __str__(self) -> str:
        return f"line {self.line}, {self.fault.field}: found {self.fault.found}, expected {self.fault.expected.en}"


@dataclass(frozen=True)
class Row:
    """One line of a file. `cells` as they stand there; `days` those that are a day, `figures` the numbers."""

    line: int
    cells: Mapping[str, str]
    days: Mapping[str, date]
    figures: Figures


@dataclass(frozen=True)
class File:
    """What a file holds, and what is wrong with it; the rows that could be read stand beside the faults."""

    kind: Kind | None
    rows: tuple[Row, ...]
    faults: tuple[LineFault, ...]


def read(data: bytes) -> File:
    """Read a file. Its kind is known by its header."""
    if len(data) > MOST_BYTES:
        return _nothing("file", f"{len(data)} bytes", _at_most(MOST_BYTES, "bytes"))
    try:
        text = data.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError:
        return _nothing("file", "–", Text(nl="tekst in UTF-8", en="text in UTF-8"))
    except csv.Error as error:
        return _nothing(
            "file", str(error), Text(nl="door komma’s gescheiden waarden", en="comma-separated values")
        )
    header = [name.strip() for name in lines[0]] if lines else []
    kind = next(
        (one for one in KINDS if set(header) == set(one.columns) and len(header) == len(one.columns)), None
    )
    if kind is None:
        return _nothing("header", ", ".join(header)[:120] or "–", _headers(header))
    if len(lines) - 1 > MOST_ROWS:
        return _nothing("file", f"{len(lines) - 1}", _at_most(MOST_ROWS, "rows"))
    return _rows(kind, header, lines[1:])


def _rows(kind: Kind, header: list[str], lines: list[list[str]]) -> File:
    faults: list[LineFault] = []
    rows: list[Row] = []
    for line, values in enumerate(lines, 2):
        if not any(value.strip() for value in values):
            continue
        if len(values) != len(header):
            expected = Text(nl=f"{len(header)} velden", en=f"{len(header)} fields")
            faults.append(LineFault(line, Fault("line", str(len(values)), expected)))
            continue
        cells = {name: value.strip() for name, value in zip(header, values, strict=True)}
        row, wrong = _row(kind, line, cells)
        faults += [LineFault(line, fault) for fault in wrong]
        if not wrong:
            rows.append(row)
    return File(kind, tuple(rows), tuple(faults))


def _row(kind: Kind, line: int, cells: dict[str, str]) -> tuple[Row, list[Fault]]:
    faults: list[Fault] = []
    days, figures = {}, {}
    for name in kind.of_whom:
        if name in _DAYS:
            day = _day(cells[name])
            days[name] = day or date.min
            faults += [] if day else [Fault(name, _shown(cells[name]), _DAY)]
        elif name == "school_year" and not (cells[name].isdecimal() and len(cells[name]) == 4):
            faults.append(Fault(name, _shown(cells[name]), _YEAR))
    for name, number in kind.numbers.items():
        try:
            figures[number.field] = number.read(cells[name])
        except ValueError:
            faults.append(Fault(name, _shown(cells[name]), number.expected))
    return Row(line, cells, days, kind.figures(**figures)), faults


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell) if len(cell) == 10 else None
    except ValueError:
        return None


def _shown(cell: str) -> str:
    return (cell[:60] + "…" if len(cell) > 60 else cell) or "–"


def _nothing(field: str, found: str, expected: Text) -> File:
    return File(None, (), (LineFault(1, Fault(field, found, expected)),))


def _at_most(number: int, what: str) -> Text:
    words = {"bytes": ("bytes", "bytes"), "rows": ("rijen", "rows")}[what]
    return Text(nl=f"hoogstens {number} {words[0]}", en=f"at most {number} {words[1]}")


def _headers(found: list[str]) -> Text:
    """The header that is nearest to what stands there."""
    nearest = max(KINDS, key=lambda kind: len(set(kind.columns) & set(found)))
    listed = ",".join(nearest.columns)
    return Text(nl=f"de kolommen {listed}", en=f"the columns {listed}")
