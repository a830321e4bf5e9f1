"""Who wins and who loses: bars to both sides of a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from veerkracht.web import words as written
from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told


@dataclass(frozen=True)
class Gain:
    """How many win and how many lose in a part; `of` is how many it has."""

    name: str
    of: int
    winners: int
    losers: int


def gains(
    *,
    items: Sequence[Gain],
    label: str,
    of_label: str,
    winners_label: str,
    losers_label: str,
    **told: Unpack[Told],
) -> Chart:
    """One line a name: losers to the left, winners to the right."""
    most = max((max(item.winners, item.losers) for item in items), default=0) or 1

    names = [item.name for item in items]

    def spec(at: int) -> dict[str, Any]:
        room = theme.room_for(names, at * 2 // 5)
        domain = [-most * 1.35, most * 1.35]
        x = {
            "field": "value",
            "type": "quantitative",
            "axis": None,
            "scale": {"domain": domain},
            "stack": None,
        }
        return {
            "width": max(at - room - 20, 120),
            "height": {"step": 34},
            "encoding": {"x": x, "y": theme.names_axis(names, room * 1.4)},
            "layer": [_bars(items), _ends(items, 1), _ends(items, -1), _middle()],
        }

    return Chart(
        spec=spec,
        columns=[
            Column(label),
            Column(of_label, "number"),
            Column(winners_label, "number"),
            Column(losers_label, "number"),
        ],
        rows=[[item.name, item.of, item.winners, item.losers] for item in items],
        legend=[
            LegendItem(losers_label, theme.BALANCE[0], kind="band"),
            LegendItem(winners_label, theme.BALANCE[-1], kind="band"),
        ],
        **told,
    )


def _bars(items: Sequence[Gain]) -> dict[str, Any]:
    values = []
    for item in items:
        values.append({"name": item.name, "value": item.winners, "colour": theme.BALANCE[-1]})
        values.append({"name": item.name, "value": -item.losers, "colour": theme.BALANCE[0]})
    return {
        "data": {"values": values},
        "mark": {"type": "bar", "height": {"band": 0.62}, "cornerRadiusEnd": 2, "aria": False},
        "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}},
    }


def _ends(items: Sequence[Gain], side: int) -> dict[str, Any]:
    """The numbers at the ends of the bars: 1 for the winners, -1 for the losers."""
    counts = [(item.name, item.winners if side > 0 else item.losers) for item in items]
    values = [
        {"name": name, "value": side * count, "said": written.number(count)}
        for name, count in counts
        if count
    ]
    mark = {"type": "text", "align": "left" if side > 0 else "right", "dx": 6 * side, "aria": False}
    return {"data": {"values": values}, "mark": mark, "encoding": {"text": {"field": "said"}}}


def _middle() -> dict[str, Any]:
    mark = {"type": "rule", "color": theme.INK, "aria": False}
    return {"data": {"values": [{"value": 0}]}, "mark": mark, "encoding": {"y": None}}
