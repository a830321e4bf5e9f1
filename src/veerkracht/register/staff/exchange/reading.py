"""A CSV file of figures on staff read: what its header says it is, and each row that holds figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from veerkracht.region.csv_lines import NO_NUMBER, NOTHING, Row
from veerkracht.register.csv_files import Brought, brought, header_of
from veerkracht.register.formulas import unguarded
from veerkracht.register.staff.exchange.columns import KINDS, Kind
from veerkracht.register.staff.facts import Figures
from veerkracht.rulebook.types import Text

_NO_YEAR = Text(nl="Dit is geen jaar.", en="This is not a year.")
_YEAR = Text(nl="een jaar zoals 2023", en="a year such as 2023")
_DAYS = ("on", "from", "until")


@dataclass(frozen=True)
class Read:
    """One row. `cells` as they stand there; `days` those that are a day, `figures` the numbers."""

    row: Row
    cells: Mapping[str, str]
    days: Mapping[str, date]
    figures: Figures


def read(data: bytes, file: str) -> tuple[Kind, Brought, list[Read]]:
    """The kind of a file, what was brought with its faults, and the rows of it that could be read.

    Its kind is that whose header is nearest to what stands there; a column that is not of it, or missing, is a fault.
    """
    header = set(header_of(data))
    kind = max(KINDS, key=lambda one: len(header & set(one.columns)))
    given = brought(data, file, kind.columns)
    return kind, given, [found for row in given.rows if (found := _read(kind, row))]


def _read(kind: Kind, row: Row) -> Read | None:
    cells = {name: unguarded(row.text(name, required=False)) for name in kind.columns}
    days, figures = dict[str, date](), dict[str, int | None]()
    for name in kind.of_whom:
        if name in _DAYS:
            days[name] = row.day(name) or date.min
        elif name == "school_year" and not (cells[name].isdecimal() and len(cells[name]) == 4):
            row.fault(name, _NO_YEAR, cells[name] or NOTHING, _YEAR)
    for name, number in kind.numbers.items():
        try:
            figures[number.field] = number.read(cells[name])
        except ValueError:
            row.fault(name, NO_NUMBER, cells[name], number.expected)
    return None if row.wrong else Read(row, cells, days, kind.figures(**figures))
