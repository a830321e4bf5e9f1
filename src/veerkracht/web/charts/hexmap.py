"""A map of one hexagon per area: every area counts the same to the eye, however small it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any, Unpack

from django.utils.translation import gettext

from veerkracht.web import words as written
from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told

_HEXAGON = "M0,-1L0.866,-0.5L0.866,0.5L0,1L-0.866,0.5L-0.866,-0.5Z"
_ROW_HEIGHT = sqrt(3) / 2  # of pointy hexagons, in widths


@dataclass(frozen=True)
class Hexagon:
    """An area on the grid of `region.hexmap` (odd rows half a step to the right); `value` None is unknown."""

    code: str
    name: str
    column: int
    row: int
    value: float | None
    count: int = 0
    href: str = ""
    label: str = ""  # written inside, for the few that help a reader find the way


def hexmap(
    *,
    areas: Sequence[Hexagon],
    value_label: str,
    count_label: str,
    area_label: str,
    balance: bool = False,
    **told: Unpack[Told],
) -> Chart:
    """Areas coloured in five steps that hold about as many areas each.

    `balance`: values are gains and losses (whole numbers around 0), in two colours.
    """
    values = [area.value for area in areas if area.value is not None]
    scale = _balance(values) if balance else _Scale(_limits(values), theme.STEPS)

    def spec(at: int) -> dict[str, Any]:
        columns = max((area.column for area in areas), default=0) + 1.5
        rows = max((area.row for area in areas), default=0) + 1
        step = (at - 14) / columns
        height = step * (rows * _ROW_HEIGHT + 0.3)
        place = {
            "x": {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, columns]}},
            "y": {
                "field": "y",
                "type": "quantitative",
                "axis": None,
                "scale": {"domain": [0, rows * _ROW_HEIGHT + 0.3], "reverse": True, "nice": False},
            },
        }
        return {
            "width": at - 14,
            "height": height,
            "encoding": place,
            "layer": [_tiles(areas, scale, step), _labels(areas, scale, step)],
        }

    return Chart(
        spec=spec,
        columns=[
            Column(area_label),
            Column(count_label, "number"),
            Column(value_label, "number" if balance else "decimal"),
        ],
        rows=[[area.name, area.count, area.value] for area in sorted(areas, key=lambda area: area.name)],
        legend=_balance_legend(scale) if balance else _legend(scale.limits),
        **told,
    )


@dataclass(frozen=True)
class _Scale:
    """The limits between steps, and a colour for each step."""

    limits: list[float]
    colours: tuple[str, ...]


def _limits(values: list[float]) -> list[float]:
    """The limits between at most five steps, at the fifths of the values, rounded to one decimal."""
    ordered = sorted(values)
    if not ordered:
        return []
    fifths = [round(ordered[min(len(ordered) - 1, len(ordered) * fifth // 5)], 1) for fifth in (1, 2, 3, 4)]
    return sorted({limit for limit in fifths if limit > 0})


def _step(value: float | None, limits: list[float]) -> int | None:
    return None if value is None else sum(value >= limit for limit in limits)


def _balance(values: list[float]) -> _Scale:
    """Large losses, losses, none, gains, large gains; large is from half of the largest on."""
    large = max(2, round(max((abs(value) for value in values), default=0) / 2))
    return _Scale([1 - large, 0, 1, large], theme.BALANCE)


def _balance_legend(scale: _Scale) -> list[LegendItem]:
    large = int(scale.limits[-1])
    more = () if large == 2 else (str(large - 1),)
    names = [
        gettext("%(count)s or less") % {"count": f"{written.MINUS}{large}"},
        " … ".join(f"{written.MINUS}{count}" for count in (*more, "1")),
        "0",
        " … ".join(f"+{count}" for count in ("1", *more)),
        gettext("%(limit)s or more") % {"limit": f"+{large}"},
    ]
    return [LegendItem(name, colour, kind="band") for name, colour in zip(names, scale.colours, strict=True)]


def _place(area: Hexagon) -> dict[str, float]:
    return {"x": area.column + 0.5 + (area.row % 2) * 0.5, "y": area.row * _ROW_HEIGHT + 0.58}


def _tiles(areas: Sequence[Hexagon], scale: _Scale, step: float) -> dict[str, Any]:
    values = []
    for area in areas:
        at = _step(area.value, scale.limits)
        value = {
            **_place(area),
            "colour": theme.NONE if at is None else scale.colours[at],
            "said": f"{area.name}: {_said(area, scale)}",
        }
        values.append({**value, "href": theme.HERE + area.href} if area.href else value)
    encoding: dict[str, Any] = {
        "color": {"field": "colour", "type": "nominal", "scale": None},
        "description": {"field": "said"},
    }
    if any(area.href for area in areas):
        encoding["href"] = {"field": "href"}
    # Vega's size is an area in square pixels of a symbol whose half-width is sqrt(size) / 2 * 0.866.
    radius = step / sqrt(3) * 0.97
    mark = {"type": "point", "filled": True, "shape": _HEXAGON, "size": (2 * radius) ** 2, "opacity": 1}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _labels(areas: Sequence[Hexagon], scale: _Scale, step: float) -> dict[str, Any]:
    values = [
        {**_place(area), "text": area.label, "colour": _label_colour(_step(area.value, scale.limits), scale)}
        for area in areas
        if area.label
    ]
    mark = {"type": "text", "fontSize": max(8, step * 0.46), "fontWeight": 650, "aria": False}
    encoding = {
        "text": {"field": "text"},
        "color": {"field": "colour", "type": "nominal", "scale": None},
    }
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _label_colour(step: int | None, scale: _Scale) -> str:
    dark = {0, 4} if scale.colours is theme.BALANCE else {3, 4}
    return theme.CARD if step in dark else theme.INK


def _said(area: Hexagon, scale: _Scale) -> str:
    is_balance = scale.colours is theme.BALANCE
    return written.number(area.value if is_balance else area.count)


def _legend(limits: list[float]) -> list[LegendItem]:
    if not limits:
        return []
    shown = [written.number(limit, 1) for limit in limits]
    names = [gettext("under %(limit)s") % {"limit": shown[0]}]
    names += [gettext("%(low)s to %(high)s") % {"low": low, "high": high} for low, high in pairwise(shown)]
    names.append(gettext("%(limit)s or more") % {"limit": shown[-1]})
    return [LegendItem(name, colour, kind="band") for name, colour in zip(names, theme.STEPS, strict=False)]
