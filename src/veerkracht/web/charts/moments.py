"""Measured values through time, each with how sure it is, beside those of similar ones and what happened meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.utils.translation import gettext

from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told
from veerkracht.web.charts.lines import Mark

_FORMATS = {"percent": ".0%", "decimal": ",.1f"}


@dataclass(frozen=True)
class Measured:
    """A value of the period around `on`; None where it is not shown. `compared`: of those who are similar, together."""

    on: date
    value: float | None
    low: float | None
    high: float | None
    compared: float | None = None


def moments(
    *,
    values: Sequence[Measured],
    span: tuple[date, date],
    marks: Sequence[Mark] = (),
    breaks: Sequence[Mark] = (),
    kind: str = "percent",
    **told: Unpack[Told],
) -> Chart:
    """Dots with their intervals of 95%, not joined across a break. `kind`: percent or decimal. `span`: from the first
    day of the first period to the last of the last one, so that each dot stands inside its year.
    """

    def spec(at: int) -> dict[str, Any]:
        axis = {**theme.time_axis(*span, at), "grid": True, "labelAlign": "left", "labelFlush": False}
        days = {"domain": [day.isoformat() for day in span]}
        scale = {"zero": kind == "percent", "nice": True}
        return {
            "width": at - 62,
            "height": 230,
            "encoding": {
                "x": {"field": "on", "type": "temporal", "axis": axis, "scale": days},
                "y": {"type": "quantitative", "axis": _axis(kind), "scale": scale},
            },
            "layer": [
                *_compared(values),
                *_own(values, [one.on for one in breaks]),
                *_happened(marks, breaks, span),
            ],
        }

    return Chart(
        spec=spec,
        columns=_columns(kind),
        rows=[[one.on, one.value, one.low, one.high, one.compared] for one in values],
        legend=_legend(),
        **told,
    )


def _legend() -> list[LegendItem]:
    return [
        LegendItem(gettext("measured, with the interval of 95%"), theme.COLOURS[0], kind="dot"),
        LegendItem(gettext("similar ones together"), theme.INK, "2 3"),
    ]


def _columns(kind: str) -> list[Column]:
    return [
        Column(gettext("Middle of the period"), "date"),
        Column(gettext("Figure"), kind),
        Column(gettext("At least (95%)"), kind),
        Column(gettext("At most (95%)"), kind),
        Column(gettext("Similar ones together"), kind),
    ]


def _axis(kind: str) -> dict[str, Any]:
    return {"title": None, "tickCount": 5, "format": _FORMATS[kind]}


def _compared(values: Sequence[Measured]) -> list[dict[str, Any]]:
    rows = [{"on": one.on.isoformat(), "value": one.compared} for one in values if one.compared is not None]
    mark = {"type": "line", "color": theme.INK, "strokeWidth": 1.5, "strokeDash": [2, 3], "aria": False}
    layer = {"data": {"values": rows}, "mark": mark, "encoding": {"y": {"field": "value"}}}
    return [layer] if rows else []


def _own(values: Sequence[Measured], breaks: Sequence[date]) -> list[dict[str, Any]]:
    rows = [
        {
            "on": one.on.isoformat(),
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "part": sum(day <= one.on for day in breaks),
        }
        for one in values
        if one.value is not None
    ]
    if not rows:
        return []
    data, colour = {"values": rows}, theme.COLOURS[0]
    line = {"type": "line", "color": colour, "strokeWidth": 1.25, "aria": False}
    bar = {
        "type": "rule",
        "stroke": colour,
        "strokeWidth": 5,
        "opacity": 0.35,
        "strokeCap": "round",
        "aria": False,
    }
    dot = {"type": "point", "filled": True, "size": 60, "color": colour, "opacity": 1, "aria": False}
    return [
        {"data": data, "mark": bar, "encoding": {"y": {"field": "low"}, "y2": {"field": "high"}}},
        {"data": data, "mark": line, "encoding": {"y": {"field": "value"}, "detail": {"field": "part"}}},
        {"data": data, "mark": dot, "encoding": {"y": {"field": "value"}}},
    ]


def _happened(marks: Sequence[Mark], breaks: Sequence[Mark], span: tuple[date, date]) -> list[dict[str, Any]]:
    """An improvement as a full line, a break of the series as a broken one; their words stand one below the other."""
    told = [(one, [1, 0]) for one in marks] + [(one, [3, 3]) for one in breaks]
    inside = sorted(
        ((one, dash) for one, dash in told if span[0] <= one.on <= span[1]), key=lambda pair: pair[0].on
    )
    layers: list[dict[str, Any]] = []
    for place, (one, dash) in enumerate(inside):
        data = {"values": [{"on": one.on.isoformat(), "text": one.text}]}
        rule = {"type": "rule", "strokeDash": dash, "aria": False}
        # On the side where there is room.
        is_early = one.on - span[0] < span[1] - one.on
        side = {"align": "left", "dx": 6} if is_early else {"align": "right", "dx": -6}
        text = {"type": "text", "baseline": "top", "fill": theme.QUIET, "aria": False, **side}
        layers += [
            {"data": data, "mark": rule, "encoding": {"y": None}},
            {
                "data": data,
                "mark": text,
                "encoding": {"text": {"field": "text"}, "y": {"value": 16 * place}},
            },
        ]
    return layers
