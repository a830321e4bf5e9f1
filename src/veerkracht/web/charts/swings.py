"""How far each number moves an outcome: from the low to the high end of what the number may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from django.utils.translation import gettext

from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told


@dataclass(frozen=True)
class Swing:
    """The outcome when the number `name` is at its low end, and at its high end."""

    name: str
    low_outcome: float
    high_outcome: float
    ends: str = ""


def swings(
    *,
    middle: float,
    items: Sequence[Swing],
    label: str,
    **told: Unpack[Told],
) -> Chart:
    """One line a number, the widest first, on both sides of the outcome with nothing held."""

    def spec(at: int) -> dict[str, Any]:
        names = [item.name for item in items]
        room = theme.room_for(names, at // 2)
        scale = {"zero": False, "nice": True}
        x_axis = {"title": None, "format": ",.0f", "tickCount": 4 if at < theme.WIDE else 7, "grid": True}
        return {
            "width": max(at - room - 30, 100),
            "height": {"step": 30},
            "encoding": {
                "y": theme.names_axis(names, room),
                "x": {"type": "quantitative", "scale": scale, "axis": x_axis},
            },
            "layer": [_side(items, middle, "low", 0), _side(items, middle, "high", 1), _middle(middle)],
        }

    return Chart(
        spec=spec,
        columns=[
            Column(label),
            Column(gettext("From – to")),
            Column(gettext("Outcome at the low end"), "number"),
            Column(gettext("Outcome at the high end"), "number"),
        ],
        rows=[[item.name, item.ends, item.low_outcome, item.high_outcome] for item in items],
        legend=[
            LegendItem(gettext("when the number is low"), theme.COLOURS[0], kind="band"),
            LegendItem(gettext("when the number is high"), theme.COLOURS[1], kind="band"),
        ],
        **{"width": theme.FULL, **told},
    )


def _side(items: Sequence[Swing], middle: float, end: str, colour: int) -> dict[str, Any]:
    values = [{"name": item.name, "from": middle, "to": getattr(item, f"{end}_outcome")} for item in items]
    mark = {"type": "bar", "height": {"band": 0.6}, "color": theme.COLOURS[colour], "aria": False}
    return {
        "data": {"values": values},
        "mark": mark,
        "encoding": {"x": {"field": "from"}, "x2": {"field": "to"}},
    }


def _middle(middle: float) -> dict[str, Any]:
    mark = {"type": "rule", "color": theme.INK, "aria": False}
    return {
        "data": {"values": [{"value": middle}]},
        "mark": mark,
        "encoding": {"y": None, "x": {"field": "value"}},
    }
