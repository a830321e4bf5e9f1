"""Bars: how many of each, lying down so that names are read without turning one's head."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from veerkracht.web import words as written
from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told


@dataclass(frozen=True)
class Bar:
    """One bar; `part` splits it in colours (in the order in which parts first appear)."""

    name: str
    value: float
    part: str = ""


def bars(
    *,
    items: Sequence[Bar],
    label: str,
    value_label: str,
    kind: str = "number",
    part_label: str = "",
    **told: Unpack[Told],
) -> Chart:
    """One bar a name, in the given order, with its value at its end; parts are stacked."""
    parts = list(dict.fromkeys(item.part for item in items))
    names = list(dict.fromkeys(item.name for item in items))
    colours = dict(zip(parts, itertools.cycle(theme.COLOURS), strict=False))

    def spec(at: int) -> dict[str, Any]:
        room = theme.room_for(names, at // 2)
        return {
            "width": max(at - room - 70, 90),
            "height": {"step": 34},
            "encoding": {"y": theme.names_axis(names, room * 1.4)},
            "layer": [_bar_layer(items, colours, kind), _end_layer(items, names, kind)],
        }

    columns = [Column(label), *([Column(part_label)] if part_label else []), Column(value_label, kind)]
    rows = [[item.name, *([item.part] if part_label else []), item.value] for item in items]
    return Chart(
        spec=spec,
        columns=columns,
        rows=rows,
        legend=[LegendItem(part, colours[part], kind="band") for part in parts] if len(parts) > 1 else (),
        **told,
    )


def _bar_layer(items: Sequence[Bar], colours: dict[str, str], kind: str) -> dict[str, Any]:
    values = [
        {
            "name": item.name,
            "value": item.value,
            "colour": colours[item.part],
            "place": place,
            "said": f"{item.name}{', ' if item.part else ''}{item.part}: {_written(item.value, kind)}",
        }
        for place, item in enumerate(items)
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "bar", "height": {"band": 0.62}, "cornerRadiusEnd": 2},
        "encoding": {
            "x": {"field": "value", "type": "quantitative", "axis": None, "stack": "zero"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "order": {"field": "place"},
            "description": {"field": "said"},
        },
    }


def _end_layer(items: Sequence[Bar], names: Sequence[str], kind: str) -> dict[str, Any]:
    sums = {name: sum(item.value for item in items if item.name == name) for name in names}
    values = [
        {"name": name, "value": max(total, 0), "said": _written(total, kind)} for name, total in sums.items()
    ]
    return {
        "data": {"values": values},
        "mark": {"type": "text", "align": "left", "dx": 6, "aria": False},
        "encoding": {
            "x": {"field": "value", "type": "quantitative", "axis": None},
            "text": {"field": "said"},
        },
    }


def _written(value: float, kind: str) -> str:
    if kind == "money":
        return written.money_short(round(value))
    return Column("", kind).shown(value)
