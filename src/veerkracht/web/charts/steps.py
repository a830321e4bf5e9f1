"""From one number to another in steps: what each cause brought, one bar after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Unpack

from django.utils.translation import gettext

from veerkracht.web import words as written
from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told


@dataclass(frozen=True)
class Brought:
    """What one cause added (or took off), with the ends of its range."""

    name: str
    value: float
    low: float
    high: float


def steps(
    *,
    begin: tuple[str, float],
    end: tuple[str, float],
    items: Sequence[Brought],
    label: str,
    **told: Unpack[Told],
) -> Chart:
    """The first and the last bar are whole; those between hang where the one before ended."""
    bars = _bars(begin, end, items)
    names = [bar["name"] for bar in bars]

    def spec(at: int) -> dict[str, Any]:
        room = theme.room_for(names, at * 2 // 5)
        return {
            "width": max(at - room - 90, 100),
            "height": {"step": 34},
            "data": {"values": bars},
            "encoding": {"y": theme.names_axis(names, room * 1.2)},
            "layer": [_bar(), _said()],
        }

    return Chart(
        spec=spec,
        columns=[
            Column(label),
            Column(gettext("On average"), "number"),
            Column(gettext("Low (1 in 10)"), "number"),
            Column(gettext("High (1 in 10)"), "number"),
        ],
        rows=[
            [begin[0], begin[1], None, None],
            *([item.name, item.value, item.low, item.high] for item in items),
            [end[0], end[1], None, None],
        ],
        legend=[
            LegendItem(gettext("more"), theme.COLOURS[1], kind="band"),
            LegendItem(gettext("fewer"), theme.COLOURS[0], kind="band"),
        ],
        **{"width": theme.FULL, **told},
    )


def _bars(begin: tuple[str, float], end: tuple[str, float], items: Sequence[Brought]) -> list[dict[str, Any]]:
    at, bars = begin[1], [_whole(*begin)]
    for item in items:
        bars.append(
            {
                "name": item.name,
                "from": at,
                "to": at + item.value,
                "edge": max(at, at + item.value),
                "colour": theme.COLOURS[1 if item.value > 0 else 0],
                "said": _signed(item.value),
            }
        )
        at += item.value
    return [*bars, _whole(*end)]


def _whole(name: str, value: float) -> dict[str, Any]:
    said = written.number(value)
    return {"name": name, "from": 0, "to": value, "edge": value, "colour": theme.QUIET, "said": said}


def _signed(value: float) -> str:
    shown = written.number(value)
    return f"+{shown}" if value > 0 and shown != "0" else shown


def _bar() -> dict[str, Any]:
    return {
        "mark": {"type": "bar", "height": {"band": 0.62}, "cornerRadius": 1, "aria": False},
        "encoding": {
            "x": {"field": "from", "type": "quantitative", "axis": None},
            "x2": {"field": "to"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
        },
    }


def _said() -> dict[str, Any]:
    return {
        "mark": {"type": "text", "align": "left", "dx": 6, "aria": False},
        "encoding": {"x": {"field": "edge", "type": "quantitative"}, "text": {"field": "said"}},
    }
