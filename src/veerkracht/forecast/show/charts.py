"""The charts of a report: Vega-Lite as plain dicts, drawn to SVG without script. Colours are those of the page."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.etree import ElementTree

import polars as pl
import vl_convert
from defusedxml.ElementTree import fromstring

VL_VERSION = "5.20"
WIDTH, NARROW = 640, 300
INK, QUIET, GRID = "var(--ink)", "var(--quiet)", "var(--grid)"
COLOURS = tuple(f"var(--series-{number})" for number in (1, 2, 3))
_DASHES: tuple[list[int], ...] = ([1, 0], [6, 4], [2, 3])
_FEW = 10  # below this an axis needs decimals
_FONT = "Source Sans 3, system-ui, sans-serif"
_SVG = "http://www.w3.org/2000/svg"

_NUMBERS: dict[str, dict[str, Any]] = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}
_CONFIG: dict[str, Any] = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "domain": False,
        "ticks": False,
        "gridColor": GRID,
        "labelColor": QUIET,
        "labelFontSize": 13,
        "labelPadding": 8,
        "title": None,
    },
    "axisX": {"grid": False, "domain": True, "domainColor": QUIET},
    "legend": {"disable": True},
}
_YEARS = {"format": "%Y", "tickCount": {"interval": "year", "step": 1}, "labelOverlap": True}


def draw(spec: dict[str, Any], language: str) -> str:
    """The drawing as SVG for inside a page; hidden from screen readers, which get the caption and the table."""
    raw = vl_convert.vegalite_to_svg(
        {**spec, "config": _CONFIG},
        vl_version=VL_VERSION,
        format_locale=_NUMBERS["nl" if language.startswith("nl") else "en"],
    )
    root = fromstring(raw)
    for element in root.iter():
        for name in ("aria-label", "role", "aria-roledescription", "class"):
            element.attrib.pop(name, None)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    # Width and height follow the page; the view box keeps the proportions.
    root.attrib.pop("height", None)
    root.set("width", "100%")
    # Here and not at import: the names are the process's, and what draws a QR code takes this one for itself.
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


# On paper there is no sheet that says what colour a name is.
_ON_PAPER = {
    INK: "#1b2733",
    QUIET: "#5a6774",
    GRID: "#e6e4de",
    **dict(zip(COLOURS, ("#0f5a57", "#b3430c", "#3b5ba9"), strict=True)),
}


def on_paper(spec: dict[str, Any], language: str) -> str:
    """The drawing as SVG with colours of its own, for a PDF."""
    drawn = draw(spec, language)
    for name, colour in _ON_PAPER.items():
        drawn = drawn.replace(name, colour)
    return drawn.replace('width="100%"', "", 1)


def fan(
    series: pl.DataFrame,
    *,
    observed: Sequence[tuple[date, float]] = (),
    against: pl.DataFrame | None = None,
    from_zero: bool = True,
    width: int = WIDTH,
    scale: float = 1.0,
) -> dict[str, Any]:
    """A median with its ranges of 50 and 80 %; what was measured before it as dots; another plan as a dashed line."""
    layers = [
        _band(series, "p10", "p90", 0.22, scale),
        _band(series, "p25", "p75", 0.35, scale),
        _line(series, COLOURS[0], [1, 0], scale),
    ]
    if against is not None:
        layers.append(_line(against, COLOURS[1], [6, 4], scale))
    if observed:
        layers.append(_dots(observed, scale))
    largest = series.select(pl.max_horizontal(pl.col("p10", "p90").abs())).max().item()
    few = (largest or 0.0) * scale < _FEW
    value_axis = {"format": ",.1f" if few else ",.0f", "tickCount": 5}
    return {
        "width": width,
        "height": round(width * 0.42),
        "encoding": {
            "x": {"field": "date", "type": "temporal", "axis": _YEARS},
            "y": {"field": "p50", "type": "quantitative", "axis": value_axis, "scale": {"zero": from_zero}},
        },
        "layer": layers,
    }


def _dots(observed: Sequence[tuple[date, float]], scale: float) -> dict[str, Any]:
    values = [{"date": on.isoformat(), "p50": value * scale} for on, value in observed]
    mark = {"type": "point", "filled": True, "size": 55, "color": INK, "opacity": 1}
    return {"data": {"values": values}, "mark": mark}


def _rows(series: pl.DataFrame, names: Sequence[str], scale: float) -> dict[str, Any]:
    scaled = series.select(pl.col("date").dt.to_string("%Y-%m-%d"), *(pl.col(name) * scale for name in names))
    return {"values": scaled.to_dicts()}


def _band(series: pl.DataFrame, low: str, high: str, opacity: float, scale: float) -> dict[str, Any]:
    return {
        "data": _rows(series, (low, high), scale),
        "mark": {"type": "area", "color": COLOURS[0], "opacity": opacity},
        "encoding": {"y": {"field": low, "type": "quantitative"}, "y2": {"field": high}},
    }


def _line(series: pl.DataFrame, colour: str, dash: list[int], scale: float) -> dict[str, Any]:
    mark = {"type": "line", "color": colour, "strokeWidth": 2.5, "strokeDash": dash}
    return {"data": _rows(series, ("p50",), scale), "mark": mark}


def lines(
    series: dict[str, pl.DataFrame], observed: Sequence[tuple[date, float]] = (), *, width: int = WIDTH
) -> dict[str, Any]:
    """The middle of several series in one drawing, with what was published of the first as dots."""
    layers = [
        _line(frame, colour, dash, 1.0)
        for frame, colour, dash in zip(series.values(), COLOURS, _DASHES, strict=False)
    ]
    if observed:
        layers.append(_dots(observed, 1.0))
    return {
        "width": width,
        "height": round(width * 0.42),
        "encoding": {
            "x": {"field": "date", "type": "temporal", "axis": _YEARS},
            "y": {
                "field": "p50",
                "type": "quantitative",
                "axis": {"format": ",.0f", "tickCount": 5},
                "scale": {"zero": False},
            },
        },
        "layer": layers,
    }


def steps(
    begin: tuple[str, float],
    brought: Sequence[tuple[str, float]],
    end: tuple[str, float],
    *,
    width: int = WIDTH,
) -> dict[str, Any]:
    """From one number to another: a whole bar, what each cause adds or takes off, and a whole bar."""
    bars: list[dict[str, Any]] = [{"name": begin[0], "from": 0, "to": begin[1], "colour": QUIET}]
    at = begin[1]
    for name, value in brought:
        bars.append({"name": name, "from": at, "to": at + value, "colour": COLOURS[1 if value > 0 else 0]})
        at += value
    bars.append({"name": end[0], "from": 0, "to": end[1], "colour": QUIET})
    room = width * 2 // 5
    names_axis = {"labelLimit": room, "domain": False, "grid": False}
    return {
        "width": width - room,
        "height": {"step": 24},
        "data": {"values": bars},
        "mark": {"type": "bar", "height": {"band": 0.62}},
        "encoding": {
            "y": {"field": "name", "type": "nominal", "sort": None, "axis": names_axis},
            "x": {"field": "from", "type": "quantitative", "axis": {"format": ",.0f", "tickCount": 5}},
            "x2": {"field": "to"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def turns(rows: pl.DataFrame, start: date, horizon: date, *, width: int = WIDTH) -> dict[str, Any]:
    """For each year of the priority date (`year`) from when until when the turn is likely to come."""
    shown = rows.filter(pl.col("p10").is_not_null()).with_columns(
        pl.col("year").cast(pl.String), pl.col("p75", "p90").fill_null(horizon), middle=pl.col("p50")
    )
    dated = shown.with_columns(pl.col("p10", "p25", "p75", "p90", "middle").dt.to_string("%Y-%m-%d"))
    dated = dated.with_columns(pl.col("p25").fill_null(horizon.isoformat()))
    domain = [start.isoformat(), horizon.isoformat()]
    middle = {"type": "point", "filled": True, "size": 80, "color": COLOURS[1], "opacity": 1}
    return {
        "width": width - 60,
        "height": {"step": 20},
        "data": {"values": dated.select("year", "p10", "p25", "middle", "p75", "p90").to_dicts()},
        "encoding": {
            "x": {"type": "temporal", "axis": {**_YEARS, "grid": True}, "scale": {"domain": domain}},
            "y": {"field": "year", "type": "nominal", "sort": None},
        },
        "layer": [
            _span("p10", "p90", 4, 0.45),
            _span("p25", "p75", 11, 0.75),
            {
                "transform": [{"filter": "isValid(datum.middle)"}],
                "mark": middle,
                "encoding": {"x": {"field": "middle"}},
            },
        ],
    }


def _span(low: str, high: str, height: int, opacity: float) -> dict[str, Any]:
    mark = {"type": "bar", "color": COLOURS[0], "opacity": opacity, "height": height, "cornerRadius": 2}
    return {"mark": mark, "encoding": {"x": {"field": low}, "x2": {"field": high}}}


def money(rows: pl.DataFrame, names: dict[str, str], *, width: int = WIDTH) -> dict[str, Any]:
    """Bars of each year: the medians of columns of `Forecast.money`, in million euro, under these names."""
    values = [
        {"year": str(row["year"]), "kind": name, "value": row[column] / 1e6}
        for row in rows.iter_rows(named=True)
        for column, name in names.items()
    ]
    kinds = list(names.values())
    return {
        "width": width,
        "height": 240,
        "data": {"values": values},
        "mark": {"type": "bar", "cornerRadiusEnd": 2},
        "encoding": {
            "x": {"field": "year", "type": "nominal", "axis": {"labelAngle": 0}},
            "xOffset": {"field": "kind", "type": "nominal", "sort": kinds},
            "y": {"field": "value", "type": "quantitative", "axis": {"format": ",.0f", "tickCount": 5}},
            "color": {"field": "kind", "scale": {"domain": kinds, "range": list(COLOURS[: len(kinds)])}},
        },
    }
