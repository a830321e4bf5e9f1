"""Ranges of dates on one line of time: when a turn is likely, per person or per group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from django.utils.translation import gettext

from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told


@dataclass(frozen=True)
class Span:
    """Five dates of one range; a late date of None lies beyond the horizon."""

    name: str
    p10: date | None
    p25: date | None
    p50: date | None
    p75: date | None
    p90: date | None


def spans(
    *,
    items: Sequence[Span],
    start: date,
    horizon: date,
    label: str,
    **told: Unpack[Told],
) -> Chart:
    """A thin line for 8 chances in 10, a thick one for 5 in 10, a dot in the middle."""
    values = [_value(item, horizon) for item in items if item.p10]
    room = max((len(item.name) for item in items), default=0) * 7

    labels = [gettext("1 in 10 before"), gettext("1 in 4 before"), gettext("half before")]
    labels += [gettext("3 in 4 before"), gettext("9 in 10 before")]
    return Chart(
        spec=lambda at: _spec(values, start, horizon, room, at),
        columns=[Column(label), *(Column(name, "date") for name in labels)],
        rows=[[one.name, one.p10, one.p25, one.p50, one.p75, one.p90] for one in items],
        legend=[
            LegendItem(gettext("8 chances in 10"), theme.COLOURS[0]),
            LegendItem(gettext("5 chances in 10"), theme.COLOURS[0], kind="band"),
            LegendItem(gettext("the middle"), theme.COLOURS[1], kind="dot"),
        ],
        **told,
    )


def _spec(values: list[dict[str, Any]], start: date, horizon: date, room: int, at: int) -> dict[str, Any]:
    """`room`: the width that the names take."""
    axis = {**theme.time_axis(start, horizon, max(at - room, 120)), "grid": True}
    domain = [start.isoformat(), horizon.isoformat()]
    names = {"title": None, "domain": False, "grid": False, "labelLimit": room * 1.4, "labelColor": theme.INK}
    return {
        "width": max(at - room - 30, 120),
        "height": {"step": 34},
        "data": {"values": values},
        "encoding": {
            "x": {"type": "temporal", "axis": axis, "scale": {"domain": domain}},
            "y": {"field": "name", "type": "nominal", "sort": None, "axis": names if room else None},
        },
        "layer": [_bar("p10", "p90", 5, 0.45), _bar("p25", "p75", 13, 0.75), _middle()],
    }


def _value(item: Span, horizon: date) -> dict[str, Any]:
    dates = {"p10": item.p10, "p25": item.p25, "p50": item.p50, "p75": item.p75, "p90": item.p90}
    shown = {name: min(on or horizon, horizon).isoformat() for name, on in dates.items()}
    return {"name": item.name, **shown, "has_middle": item.p50 is not None and item.p50 <= horizon}


def _bar(low: str, high: str, size: int, opacity: float) -> dict[str, Any]:
    mark = {"type": "bar", "color": theme.COLOURS[0], "opacity": opacity, "height": size, "cornerRadius": 3}
    return {"mark": {**mark, "aria": False}, "encoding": {"x": {"field": low}, "x2": {"field": high}}}


def _middle() -> dict[str, Any]:
    mark = {
        "type": "point",
        "filled": True,
        "size": 110,
        "color": theme.COLOURS[1],
        "opacity": 1,
        "aria": False,
    }
    return {
        "transform": [{"filter": "datum.has_middle"}],
        "mark": {**mark, "stroke": theme.CARD, "strokeWidth": 2},
        "encoding": {"x": {"field": "p50"}},
    }
