"""Lines through time: published figures, what the register says, and forecasts with their ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.utils.translation import gettext

from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told
from veerkracht.web.words import language

HEIGHT = 260

Points = Sequence[tuple[date, float | None]]


@dataclass(frozen=True)
class Line:
    """One line. `kind`: line | step | dots (measured at moments, joined by a thin line) | points (not joined)."""

    name: str
    points: Points
    kind: str = "line"
    colour: int | None = None  # its number in the palette; None is ink
    in_legend: bool = True


@dataclass(frozen=True)
class Fan:
    """A forecast: rows of (date, p10, p25, p50, p75, p90)."""

    name: str
    rows: Sequence[tuple[date, float, float, float, float, float]]
    colour: int = 0


@dataclass(frozen=True)
class Mark:
    """A day worth pointing at, with a few words."""

    on: date
    text: str


def lines(
    *,
    series: Sequence[Line],
    kind: str = "number",
    marks: Sequence[Mark] = (),
    from_zero: bool = True,
    height: int = HEIGHT,
    **told: Unpack[Told],
) -> Chart:
    """Lines through time in one chart; `kind` says what the values are (number, money, percent)."""
    return fan(fans=(), observed=series, kind=kind, marks=marks, from_zero=from_zero, height=height, **told)


def fan(
    *,
    fans: Sequence[Fan],
    observed: Sequence[Line] = (),
    kind: str = "number",
    marks: Sequence[Mark] = (),
    from_zero: bool = True,
    height: int = HEIGHT,
    **told: Unpack[Told],
) -> Chart:
    """Forecasts as a median with bands of 50% and 80%, after what was observed."""

    def spec(at: int) -> dict[str, Any]:
        layers = [layer for one in fans for layer in _fan_layers(one, kind)]
        layers += [layer for line in observed for layer in _line_layers(line, kind)]
        layers += [layer for mark in marks for layer in _mark_layers(mark)]
        return {
            "width": at - 62,
            "height": height if at >= theme.WIDE else min(height, 230),
            "encoding": {
                "x": {"field": "date", "type": "temporal", "axis": _time_axis(fans, observed, at)},
                "y": {
                    "type": "quantitative",
                    "axis": _value_axis(kind),
                    "scale": {"zero": from_zero, "nice": True},
                },
            },
            "layer": layers,
        }

    columns, rows = _table(fans, observed, kind)
    return Chart(
        spec=spec,
        columns=columns,
        rows=rows,
        legend=_legend(fans, observed),
        **told,
    )


_FORMATS = {"number": ",.0f", "decimal": ",.1f", "money": "$,.3~s", "percent": ".0%"}


# What the renderer writes for thousands, millions and thousands of millions, as a Dutch reader knows it.
_DUTCH = {"k": "dzd.", "M": "mln.", "G": "mld."}


def _value_axis(kind: str) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": None, "tickCount": 5, "format": _FORMATS[kind]}
    if kind == "money" and language() == "nl":
        label = "datum.label"
        for short, word in _DUTCH.items():
            label = f"replace({label}, '{short}', '\u00a0{word}')"
        axis["labelExpr"] = label
    return axis


def _scaled(value: float | None, kind: str) -> float | None:
    return None if value is None else (value / 100 if kind == "money" else value)


def _time_axis(fans: Sequence[Fan], observed: Sequence[Line], width: int) -> dict[str, Any]:
    days = [row[0] for one in fans for row in one.rows] + [on for line in observed for on, _ in line.points]
    return theme.time_axis(min(days), max(days), width) if days else {"title": None}


def _line_layers(line: Line, kind: str) -> list[dict[str, Any]]:
    colour = theme.INK if line.colour is None else theme.colour(line.colour)
    dash = [1, 0] if line.colour is None else theme.dash(line.colour)
    values = [
        {"date": on.isoformat(), "value": _scaled(value, kind), "name": line.name}
        for on, value in line.points
        if value is not None
    ]
    stroke: dict[str, Any] = {"type": "line", "color": colour, "strokeDash": dash}
    if line.kind == "step":
        stroke["interpolate"] = "step-after"
    if line.kind == "dots":
        stroke["strokeWidth"] = 1.25
    layers: list[dict[str, Any]] = [] if line.kind == "points" else [_layer(values, stroke, "value")]
    if line.kind in ("dots", "points"):
        dots = {"type": "point", "filled": True, "size": 46, "color": colour, "opacity": 1}
        layers.append(_layer(values, dots, "value"))
    return layers


def _fan_layers(one: Fan, kind: str) -> list[dict[str, Any]]:
    colour = theme.colour(one.colour)
    values = [
        {
            "date": row[0].isoformat(),
            **{f"p{n}": _scaled(v, kind) for n, v in zip((10, 25, 50, 75, 90), row[1:], strict=True)},
        }
        for row in one.rows
    ]
    wide = _layer(values, {"type": "area", "color": colour, "opacity": 0.16}, "p10", "p90")
    narrow = _layer(values, {"type": "area", "color": colour, "opacity": 0.28}, "p25", "p75")
    middle = {"type": "line", "color": colour, "strokeDash": theme.dash(one.colour)}
    return [wide, narrow, _layer(values, middle, "p50")]


def _layer(values: list[dict[str, Any]], mark: dict[str, Any], low: str, high: str = "") -> dict[str, Any]:
    encoding: dict[str, Any] = {"y": {"field": low}}
    if high:
        encoding["y2"] = {"field": high}
    return {"data": {"values": values}, "mark": {**mark, "aria": False}, "encoding": encoding}


def _mark_layers(mark: Mark) -> list[dict[str, Any]]:
    data = {"values": [{"date": mark.on.isoformat(), "text": mark.text}]}
    rule = {"type": "rule", "strokeDash": [3, 3], "aria": False}
    text = {"type": "text", "align": "right", "baseline": "top", "dx": -6, "fill": theme.QUIET, "aria": False}
    return [
        {"data": data, "mark": rule, "encoding": {"y": None}},
        {"data": data, "mark": text, "encoding": {"text": {"field": "text"}, "y": {"value": 0}}},
    ]


def _legend(fans: Sequence[Fan], observed: Sequence[Line]) -> list[LegendItem]:
    items = [
        LegendItem(
            line.name,
            theme.INK if line.colour is None else theme.colour(line.colour),
            "" if line.colour is None else " ".join(map(str, theme.dash(line.colour))),
            "dot" if line.kind in ("dots", "points") else "line",
        )
        for line in observed
        if line.in_legend
    ]
    for one in fans:
        dash = " ".join(map(str, theme.dash(one.colour)))
        items.append(LegendItem(one.name, theme.colour(one.colour), dash))
        if one is fans[-1]:
            band = gettext("bands: 5 and 8 chances in 10")
            items.append(LegendItem(band, theme.colour(one.colour), kind="band"))
    return items


def _table(fans: Sequence[Fan], observed: Sequence[Line], kind: str) -> tuple[list[Column], list[list[Any]]]:
    """One row a date: every line, then of every forecast the middle and its ends."""
    columns = [Column(gettext("Date"), "date"), *(Column(line.name, kind) for line in observed)]
    for one in fans:
        columns += [
            Column(gettext("%(name)s, middle") % {"name": one.name}, kind),
            Column(gettext("%(name)s, low (1 in 10)") % {"name": one.name}, kind),
            Column(gettext("%(name)s, high (1 in 10)") % {"name": one.name}, kind),
        ]
    known = [dict(line.points) for line in observed]
    ahead = [{row[0]: (row[3], row[1], row[5]) for row in one.rows} for one in fans]
    days = sorted({on for values in [*known, *ahead] for on in values})
    rows = [
        [
            on,
            *(values.get(on) for values in known),
            *(v for values in ahead for v in values.get(on, (None,) * 3)),
        ]
        for on in days
    ]
    return columns, rows
