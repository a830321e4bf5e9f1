"""Published figures of a region, each with where it comes from and when it was known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from veerkracht.region.csv_lines import Row, rows
from veerkracht.region.last_checked import check_fault
from veerkracht.region.reader import Faults, one_of

SCHEMA = {
    "series": pl.String(),
    "date": pl.Date(),
    "value": pl.Float64(),
    "unit": pl.String(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "source_title": pl.String(),
    "source_url": pl.String(),
    "published": pl.Date(),
    "status": pl.String(),
    "note": pl.String(),
    "still_valid_on": pl.Date(),
}
_OPTIONAL = ("still_valid_on",)
_REQUIRED = [name for name in SCHEMA if name not in _OPTIONAL]
STATUSES = ("published", "computed", "assumption")
_SERIES = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


@dataclass(frozen=True)
class Figures:
    """All figures of a region, in the sequence of the files."""

    frame: pl.DataFrame

    def series(self, name: str, until: date | None = None, known_on: date | None = None) -> pl.DataFrame:
        """One value a date of a series, in the order of the dates; the columns of `frame`.

        `until`: only figures of that date or before. `known_on`: only what was published on or before it (a
        figure without a date of publication counts as known on its own date). When sources differ on a
        date, the one that stands first in the file is used; `frame` holds the others.
        """
        found = self.frame.filter(pl.col("series") == name)
        if until is not None:
            found = found.filter(pl.col("date") <= until)
        if known_on is not None:
            found = found.filter(pl.coalesce("published", "date") <= known_on)
        return found.unique("date", keep="first", maintain_order=True).sort("date")

    def value(self, name: str, on: date) -> float | None:
        """The figure of exactly this date; None when there is none."""
        found = self.series(name).filter(pl.col("date") == on)
        return float(found.item(0, "value")) if found.height else None

    def names(self) -> list[str]:
        """The names of all series, in alphabetical order."""
        return sorted(self.frame.get_column("series").unique().to_list())


def read_figures(texts: dict[str, str], faults: Faults) -> Figures:
    """The figures in CSV texts by file name; rows that can't be read are left out and noted."""
    found: list[dict[str, object]] = []
    seen: dict[tuple[object, ...], str] = {}
    units: dict[str, tuple[str, str]] = {}
    for file, text in texts.items():
        for row in rows(file, text, _REQUIRED, faults, _OPTIONAL):
            figure = _figure(row)
            if figure is not None and _is_new(row, figure, seen) and _has_one_unit(row, figure, units):
                found.append(figure)
    return Figures(pl.DataFrame(found, schema=SCHEMA))


def _figure(row: Row) -> dict[str, object] | None:
    status = row.text("status")
    if status and status not in STATUSES:
        row.fault("status", "This is not one of the possible words.", status, one_of(STATUSES, status))
    series = row.text("series")
    if series and not _SERIES.fullmatch(series):
        row.fault("series", "This can't be the name of a series.", series, "programme.thing.part")
    date_, value = row.day("date"), row.number("value")
    low, high = row.number("low", required=False), row.number("high", required=False)
    title = row.values["source_title"].strip()
    if not title and status != "assumption":
        row.fault("source_title", "This figure has no source.", "nothing", "the title of a source")
    if status == "assumption":
        _check_assumption(row, low, high)
    _check_range(row, low, value, high)
    published = row.day("published", required=False)
    if published and date_ and published < date_ and status == "published":
        row.fault("published", "This was published before its own date.", published, f"{date_} or later")
    if not series or date_ is None or value is None:
        return None
    return {
        "series": series,
        "date": date_,
        "value": value,
        "unit": row.text("unit"),
        "low": low,
        "high": high,
        "source_title": title,
        "source_url": row.text("source_url", required=False),
        "published": published,
        "status": status,
        "note": row.text("note", required=False),
        "still_valid_on": _check_of(row),
    }


def _check_of(row: Row) -> date | None:
    """The day on which a figure was last checked; of a projection that may lie before its date."""
    checked = row.day("still_valid_on", required=False)
    fault = check_fault(checked, None)
    if fault:
        row.fault("still_valid_on", fault.message, checked, fault.expected)
    return checked


def _check_assumption(row: Row, low: float | None, high: float | None) -> None:
    if low is None or high is None:
        row.fault("low", "An assumption needs a range.", "nothing", "a low and a high")
    if not row.values["note"].strip() and not row.values["source_title"].strip():
        row.fault("note", "An assumption must say why.", "nothing", "a note or a source")


def _check_range(row: Row, low: float | None, value: float | None, high: float | None) -> None:
    if value is None:
        return
    if low is not None and low > value:
        row.fault("low", "The range does not hold the value.", low, f"at most {value:g}")
    if high is not None and high < value:
        row.fault("high", "The range does not hold the value.", high, f"at least {value:g}")


def _is_new(row: Row, figure: dict[str, object], seen: dict[tuple[object, ...], str]) -> bool:
    key = tuple(figure[name] for name in ("series", "date", "source_title", "published"))
    where = f"{row.file} line {row.line}"
    first = seen.setdefault(key, where)
    if first != where:
        row.fault(
            "series",
            "This figure stands there twice.",
            f"{figure['series']} {figure['date']}",
            f"once ({first})",
        )
    return first == where


def _has_one_unit(row: Row, figure: dict[str, object], units: dict[str, tuple[str, str]]) -> bool:
    unit = str(figure["unit"])
    first, where = units.setdefault(str(figure["series"]), (unit, f"{row.file} line {row.line}"))
    if unit != first:
        row.fault("unit", "One series has two units.", unit, f"“{first}”, as in {where}")
    return unit == first
