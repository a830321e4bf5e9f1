"""A map of one hexagon per area: every area counts the same to the eye, however small it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any

from django.utils.translation import gettext

from veerkracht.web import words as written
from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, SourceLine

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
    id: str,
    title: str,
    words: str,
    areas: Sequence[Hexagon],
    value_label: str,
    count_label: str,
    area_label: str,
    note: str = "",
    sources: Sequence[SourceLine] = (),
    width: int = theme.WIDE,
) -> Chart:
    """Areas coloured in five steps that hold about as many areas each."""
    limits = _limits([area.value for area in areas if area.value is not None])

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
            "layer": [_tiles(areas, limits, step), _labels(areas, limits, step)],
        }

    return Chart(
        id=id,
        title=title,
        words=words,
        spec=spec,
        columns=[Column(area_label), Column(count_label, "number"), Column(value_label, "decimal")],
        rows=[[area.name, area.count, area.value] for area in sorted(areas, key=lambda area: area.name)],
        note=note,
        sources=sources,
        legend=_legend(limits),
        width=width,
    )


def _limits(values: list[float]) -> list[float]:
    """The limits between at most five steps, at the fifths of the values, rounded to one decimal."""
    ordered = sorted(values)
    if not ordered:
        return []
    fifths = [round(ordered[min(len(ordered) - 1, len(ordered) * fifth // 5)], 1) for fifth in (1, 2, 3, 4)]
    return sorted({limit for limit in fifths if limit > 0})


def _step(value: float | None, limits: list[float]) -> int | None:
    return None if value is None else sum(value >= limit for limit in limits)


def _place(area: Hexagon) -> dict[str, float]:
    return {"x": area.column + 0.5 + (area.row % 2) * 0.5, "y": area.row * _ROW_HEIGHT + 0.58}


def _tiles(areas: Sequence[Hexagon], limits: list[float], step: float) -> dict[str, Any]:
    values = []
    for area in areas:
        at = _step(area.value, limits)
        value = {
            **_place(area),
            "colour": theme.NONE if at is None else theme.STEPS[at],
            "said": f"{area.name}: {written.number(area.count)}",
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


def _labels(areas: Sequence[Hexagon], limits: list[float], step: float) -> dict[str, Any]:
    values = [
        {**_place(area), "text": area.label, "colour": _label_colour(_step(area.value, limits))}
        for area in areas
        if area.label
    ]
    mark = {"type": "text", "fontSize": max(8, step * 0.46), "fontWeight": 650, "aria": False}
    encoding = {
        "text": {"field": "text"},
        "color": {"field": "colour", "type": "nominal", "scale": None},
    }
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _label_colour(step: int | None) -> str:
    return theme.CARD if step in {3, 4} else theme.INK


def _legend(limits: list[float]) -> list[LegendItem]:
    if not limits:
        return []
    shown = [written.number(limit, 1) for limit in limits]
    names = [gettext("under %(limit)s") % {"limit": shown[0]}]
    names += [gettext("%(low)s to %(high)s") % {"low": low, "high": high} for low, high in pairwise(shown)]
    names.append(gettext("%(limit)s or more") % {"limit": shown[-1]})
    return [LegendItem(name, colour, kind="band") for name, colour in zip(names, theme.STEPS, strict=False)]
