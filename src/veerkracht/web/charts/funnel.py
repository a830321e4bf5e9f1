"""A funnel: each organisation's figure by its size, between the limits that chance alone explains. Never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from django.utils.translation import gettext

from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told

_FORMATS = {"percent": ".0%", "decimal": ",.1f"}


@dataclass(frozen=True)
class FunnelPoint:
    """One figure. `said`: where it lies, in words; `stands_out`: beyond the outer limits, so that it is named."""

    name: str
    size: int
    value: float
    low: float
    high: float
    said: str
    is_own: bool = False
    stands_out: bool = False


@dataclass(frozen=True)
class Limit:
    """The limits at one size: of 95%, and of 99.8%."""

    size: int
    low: float
    high: float
    lowest: float
    highest: float


def funnel(
    *,
    points: Sequence[FunnelPoint],
    limits: Sequence[Limit],
    target: float,
    size_label: str,
    kind: str = "percent",
    **told: Unpack[Told],
) -> Chart:
    """Figures against sizes, with two pairs of limits around what all have together. `kind`: percent or decimal."""

    def spec(at: int) -> dict[str, Any]:
        return {
            "width": at - 62,
            "height": 340 if at >= theme.WIDE else 280,
            "encoding": {"x": _sizes(limits, size_label), "y": _values(kind)},
            "layer": [
                _area(limits, "lowest", "highest", 0.14),
                _area(limits, "low", "high", 0.2),
                _target(target),
                *_points(points, is_wide=at >= theme.WIDE),
            ],
        }

    return Chart(
        spec=spec,
        columns=_columns(size_label, kind),
        rows=[_row(one) for one in points],
        legend=_legend(points),
        **{"width": theme.FULL, **told},
    )


def _columns(size_label: str, kind: str) -> list[Column]:
    return [
        Column(gettext("Organisation")),
        Column(size_label, "number"),
        Column(gettext("Figure"), kind),
        Column(gettext("At least (95%)"), kind),
        Column(gettext("At most (95%)"), kind),
        Column(gettext("Beside chance")),
    ]


def _row(one: FunnelPoint) -> list[Any]:
    """More digits than these nobody measured."""
    figures = (round(figure, 6) for figure in (one.value, one.low, one.high))
    return [one.name, one.size, *figures, one.said]


def _legend(points: Sequence[FunnelPoint]) -> list[LegendItem]:
    own = [LegendItem(gettext("your organisation"), theme.COLOURS[1], kind="dot")]
    return [
        LegendItem(gettext("others"), theme.INK, kind="dot"),
        *(own if any(one.is_own for one in points) else []),
        LegendItem(gettext("all together"), theme.INK, "7 4"),
        LegendItem(gettext("by chance: 95 and 99.8 of 100"), theme.COLOURS[0], kind="band"),
    ]


def _sizes(limits: Sequence[Limit], label: str) -> dict[str, Any]:
    sizes = [one.size for one in limits]
    axis = {"title": label, "format": ",.0f", "tickCount": 6, "grid": False}
    scale = {"domain": [min(sizes), max(sizes)], "nice": False} if sizes else {}
    return {"field": "size", "type": "quantitative", "axis": axis, "scale": scale}


def _values(kind: str) -> dict[str, Any]:
    axis = {"title": None, "tickCount": 6, "format": _FORMATS[kind]}
    return {"type": "quantitative", "axis": axis, "scale": {"zero": kind == "percent", "nice": True}}


def _area(limits: Sequence[Limit], low: str, high: str, opacity: float) -> dict[str, Any]:
    values = [{"size": one.size, "low": getattr(one, low), "high": getattr(one, high)} for one in limits]
    mark = {"type": "area", "color": theme.COLOURS[0], "opacity": opacity, "clip": True, "aria": False}
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {"y": {"field": "low"}, "y2": {"field": "high"}},
    }


def _target(target: float) -> dict[str, Any]:
    mark = {"type": "rule", "stroke": theme.INK, "strokeDash": [7, 4], "aria": False}
    return {
        "data": {"values": [{"value": target}]},
        "mark": mark,
        "encoding": {"x": None, "y": {"field": "value"}},
    }


def _points(points: Sequence[FunnelPoint], *, is_wide: bool) -> list[dict[str, Any]]:
    """Others first, so that one's own lies on top; those that stand out have a name where there is room."""
    others = [one for one in points if not one.is_own]
    own = [one for one in points if one.is_own]
    named = [one for one in points if one.is_own or (one.stands_out and is_wide)]
    layers = [_dots(others, theme.INK, "circle", 60, 0.8), _dots(own, theme.COLOURS[1], "diamond", 150, 1)]
    return [layer for layer in (*layers, _names(named)) if layer["data"]["values"]]


def _dots(
    points: Sequence[FunnelPoint], colour: str, shape: str, size: int, opacity: float
) -> dict[str, Any]:
    mark = {
        "type": "point",
        "filled": True,
        "shape": shape,
        "size": size,
        "color": colour,
        "opacity": opacity,
    }
    return {
        "data": {"values": [_value(one) for one in points]},
        "mark": {**mark, "stroke": theme.CARD, "strokeWidth": 1},
        "encoding": {"y": {"field": "value"}, "description": {"field": "told"}},
    }


def _names(points: Sequence[FunnelPoint]) -> dict[str, Any]:
    """Names above their points."""
    mark = {"type": "text", "align": "center", "baseline": "bottom", "dy": -9, "aria": False}
    encoding = {"y": {"field": "value"}, "text": {"field": "name"}}
    return {"data": {"values": [_value(one) for one in points]}, "mark": mark, "encoding": encoding}


def _value(one: FunnelPoint) -> dict[str, Any]:
    return {"name": one.name, "size": one.size, "value": one.value, "told": f"{one.name}: {one.said}"}
