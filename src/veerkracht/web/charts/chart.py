"""What a chart is on a page: a drawing in two widths, words, sources, a table and a download."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Required, TypedDict

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from veerkracht.web import words
from veerkracht.web.charts import svg, theme
from veerkracht.web.spreadsheets import csv_file


@dataclass(frozen=True)
class Column:
    """A column of the table. `kind`: text | number | decimal | money (cents) | percent | date."""

    label: str
    kind: str = "text"

    @property
    def is_number(self) -> bool:
        return self.kind in {"number", "decimal", "money", "percent"}

    def shown(self, value: Any) -> str:
        return _SHOWN[self.kind](value)


_SHOWN: dict[str, Callable[[Any], str]] = {
    "text": words.said,
    "number": words.number,
    "decimal": lambda value: words.number(value, 1),
    "money": words.money,
    "percent": words.percent,
    "date": words.day_short,
}


@dataclass(frozen=True)
class SourceLine:
    """Where figures come from; `url` may be empty."""

    title: str
    url: str = ""


@dataclass(frozen=True)
class LegendItem:
    name: str
    colour: str
    dash: str = ""
    kind: str = "line"  # line | band | dot


class Told(TypedDict, total=False):
    """What is told of every chart, whatever it draws."""

    id: Required[str]
    title: Required[str]
    words: Required[str]
    note: str
    sources: Sequence[SourceLine]
    width: int


@dataclass(frozen=True)
class Chart:
    """`spec(width)` gives the Vega-Lite dict at a width in pixels; `words` tell what the drawing shows."""

    id: str
    title: str
    words: str
    spec: Callable[[int], dict[str, Any]]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    sources: Sequence[SourceLine] = ()
    legend: Sequence[LegendItem] = ()
    width: int = theme.WIDE
    narrow: int = theme.NARROW
    open_table: bool = field(default=False)

    @property
    def is_empty(self) -> bool:
        return not self.rows

    def wide_svg(self) -> SafeString:
        return self._drawn(self.width)

    def narrow_svg(self) -> SafeString:
        return self._drawn(self.narrow)

    def _drawn(self, width: int) -> SafeString:
        # The renderer escapes every label; the SVG is our own.
        return mark_safe(svg.svg(self.spec(width), words.language()))  # noqa: S308  # nosec B308

    def table(self) -> list[list[tuple[str, bool]]]:
        """The cells of the table: what is shown, and whether it stands to the right."""
        return [
            [(column.shown(value), column.is_number) for column, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]


def download(request: HttpRequest, drawings: Iterable[Chart | None]) -> HttpResponse | None:
    """The CSV of the chart named in `?download=`; None when the page itself was asked."""
    asked = request.GET.get("download")
    found = next((one for one in drawings if one and one.id == asked), None) if asked else None
    return _csv(found) if found else None


def _csv(chart: Chart) -> HttpResponse:
    """Plain values (ISO dates, dots in numbers, money in euros) that every spreadsheet and program reads."""
    rows = [list(map(_plain, chart.columns, row)) for row in chart.rows]
    return csv_file(chart.id, [column.label for column in chart.columns], rows)


def _plain(column: Column, value: Any) -> Any:
    if value is None or isinstance(value, date):
        return value
    if column.kind == "money":
        return Decimal(f"{value / 100:.2f}")
    return words.said(value) if column.kind == "text" else value
