"""Flows of money from column to column: bars, and ribbons between them as wide as the money is much.

The renderer knows no such chart, so `flow_layout` says where everything stands and this module draws it as areas. A
phone has no room for ribbons: there each column is one bar, and the table is open.
"""

import textwrap
from collections.abc import Sequence
from typing import Any, Unpack

from django.utils.translation import gettext, ngettext

from veerkracht.web import words as written
from veerkracht.web.charts import theme
from veerkracht.web.charts.chart import Chart, Column, LegendItem, Told
from veerkracht.web.charts.flow_layout import Flow, Layout, Node, PlacedFlow, PlacedNode, laid_out

_BAR = 12  # pixels
_STEPS = 16  # points along a ribbon
_HEAD = 30  # pixels above the bars, for the names of the columns
_ROW, _TEXT = 78, 30  # pixels of a column, and of its words, where columns are bars
_COLOURS = {"known": theme.COLOURS[0], "left": theme.COLOURS[3], "unknown": theme.QUIET}
_OPACITY = {"known": 0.2, "left": 0.16, "unknown": 0.08}
# Letters on one line of the words at a bar, for each column there is room for.
_LETTERS = 24


def flows(
    *,
    columns: Sequence[str],
    nodes: Sequence[Node],
    links: Sequence[Flow],
    **told: Unpack[Told],
) -> Chart:
    """Money through `columns`, first to last; what is not known or not used has a look of its own.

    Raises `ValueError` where more or less money leaves a node than came in.
    """
    layout = laid_out(nodes, links)
    kinds = {placed.node.kind for placed in layout.nodes}
    names = {node.id: node.name for node in nodes}
    legend = [LegendItem(name, _COLOURS[kind], kind="band") for kind, name in _kinds() if kind in kinds]

    def spec(at: int) -> dict[str, Any]:
        return _wide(layout, columns, at) if at >= theme.WIDE else _narrow(layout, columns, at)

    return Chart(
        spec=spec,
        columns=[
            Column(gettext("From where")),
            Column(gettext("Where to")),
            Column(gettext("Amount"), "money"),
        ],
        rows=[[names[link.source], names[link.target], link.cents] for link in links if link.cents],
        legend=legend if len(legend) > 1 else (),
        open_table=True,
        **{"width": theme.FULL, **told},
    )


def _kinds() -> list[tuple[str, str]]:
    return [
        ("known", gettext("known")),
        ("left", gettext("not used, or not yet")),
        ("unknown", gettext("not published or not explained")),
    ]


def _said(placed: PlacedNode) -> str:
    return f"{placed.node.name}: {written.money_short(placed.cents)}"


# -- ribbons ---------------------------------------------------------------------------------------------------


def _wide(layout: Layout, columns: Sequence[str], at: int) -> dict[str, Any]:
    width = at - 14
    room = width / len(columns)
    kinds = {placed.node.id: placed.node for placed in layout.nodes}
    height = layout.height + _HEAD
    place = {
        "x": _axis("x", width),
        "y": {**_axis("y", height), "scale": {"domain": [0, height], "reverse": True, "nice": False}},
    }
    ribbons = [_ribbon(number, flow, kinds, room) for number, flow in enumerate(layout.flows)]
    bars = [_bar(placed, room) for placed in layout.nodes]
    texts = [_words(placed, room) for placed in layout.nodes]
    return {
        "width": width,
        "height": height,
        "encoding": place,
        "layer": [*ribbons, *bars, *_heads(columns, room), *texts],
    }


def _axis(field: str, end: float) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, end], "nice": False},
    }


def _ribbon(number: int, placed: PlacedFlow, nodes: dict[str, Node], room: float) -> dict[str, Any]:
    """An area that leaves its bar and arrives at the other one level, like a river."""
    source, target = nodes[placed.flow.source], nodes[placed.flow.target]
    start, end = source.column * room + _BAR, target.column * room
    values = []
    for step in range(_STEPS + 1):
        share = step / _STEPS
        smooth = share * share * (3 - 2 * share)
        top = _HEAD + placed.source_top + (placed.target_top - placed.source_top) * smooth
        values.append({"x": start + (end - start) * share, "y": top, "low": top + placed.height})
    kind = "unknown" if "unknown" in (source.kind, target.kind) else target.kind
    mark: dict[str, Any] = {
        "type": "area",
        "color": _COLOURS[kind],
        "fillOpacity": _OPACITY[kind],
        "interpolate": "monotone",
    }
    if kind == "unknown":
        mark |= {
            "stroke": theme.QUIET,
            "strokeWidth": 1,
            "strokeDash": [3, 3],
            "strokeOpacity": 0.8,
            "line": False,
        }
    said = f"{source.name} → {target.name}: {written.money_short(placed.flow.cents)}"
    encoding = {"y2": {"field": "low"}, "description": {"value": said}}
    return {"data": {"values": values, "name": f"ribbon-{number}"}, "mark": mark, "encoding": encoding}


def _bar(placed: PlacedNode, room: float) -> dict[str, Any]:
    node, x, y = placed.node, placed.node.column * room, placed.top + _HEAD
    values = [{"x": x, "right": x + _BAR, "y": y, "low": y + placed.height, "said": _said(placed)}]
    mark: dict[str, Any] = {"type": "rect", "color": _COLOURS[node.kind], "cornerRadius": 1}
    if node.kind == "unknown":
        mark |= {
            "fillOpacity": 0.25,
            "stroke": theme.QUIET,
            "strokeWidth": 1,
            "strokeDash": [3, 3],
        }
    encoding: dict[str, Any] = {
        "x2": {"field": "right"},
        "y2": {"field": "low"},
        "description": {"field": "said"},
    }
    if node.href:
        values[0]["href"] = theme.HERE + node.href
        encoding["href"] = {"field": "href"}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _words(placed: PlacedNode, room: float) -> dict[str, Any]:
    """The name and the amount beside a bar: two lines and one, the rest stands in the table."""
    letters = round(_LETTERS * room / 190)
    lines = textwrap.wrap(placed.node.name, letters, max_lines=2, placeholder=" …")
    values = [
        {
            "x": placed.node.column * room + _BAR + 7,
            "y": placed.middle + _HEAD,
            "lines": [*lines, written.money_short(placed.cents)],
        }
    ]
    mark = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "lineHeight": 15,
        "dy": -15 * len(lines) / 2,
        "aria": False,
    }
    # A halo in the colour of the card, so that an edge behind the words doesn't strike them through.
    halo = {**mark, "stroke": theme.CARD, "strokeWidth": 4, "strokeJoin": "round", "strokeOpacity": 0.85}
    encoding = {"text": {"field": "lines"}}
    return {"data": {"values": values}, "encoding": encoding, "layer": [{"mark": halo}, {"mark": mark}]}


def _heads(columns: Sequence[str], room: float) -> list[dict[str, Any]]:
    values = [{"x": number * room, "y": 8, "text": name} for number, name in enumerate(columns)]
    mark = {"type": "text", "align": "left", "fontWeight": 650, "fill": theme.QUIET, "aria": False}
    return [{"data": {"values": values}, "mark": mark, "encoding": {"text": {"field": "text"}}}]


# -- one bar a column, for a phone -----------------------------------------------------------------------------


def _narrow(layout: Layout, columns: Sequence[str], at: int) -> dict[str, Any]:
    width, height = at - 14, len(columns) * _ROW
    most = max((_total(layout, number) for number in range(len(columns))), default=1) or 1
    layers = []
    for number, name in enumerate(columns):
        x, y = 0.0, number * _ROW + _TEXT
        text = [{"x": 0, "y": number * _ROW + 14, "text": f"{name}: {_known(layout, number)}"}]
        mark = {"type": "text", "align": "left", "aria": False}
        layers.append({"data": {"values": text}, "mark": mark, "encoding": {"text": {"field": "text"}}})
        for placed in (one for one in layout.nodes if one.node.column == number):
            layers.append(_piece(placed, x, y, width / most))
            x += placed.cents * width / most
    place = {
        "x": _axis("x", width),
        "y": {**_axis("y", height), "scale": {"domain": [0, height], "reverse": True, "nice": False}},
    }
    return {"width": width, "height": height, "encoding": place, "layer": layers}


def _known(layout: Layout, column: int) -> str:
    """The largest of what is known, and how many stand beside it; not their sum, which may be of several levels."""
    known = [one.cents for one in layout.nodes if one.node.column == column and one.node.kind == "known"]
    if not known:
        return written.unknown()
    largest = written.money_short(max(known))
    more = len(known) - 1
    if not more:
        return largest
    told = ngettext("%(largest)s and %(count)s more", "%(largest)s and %(count)s more", more)
    return told % {"largest": largest, "count": more}


def _total(layout: Layout, column: int) -> int:
    return sum(placed.cents for placed in layout.nodes if placed.node.column == column)


def _piece(placed: PlacedNode, x: float, y: float, scale: float) -> dict[str, Any]:
    kind = placed.node.kind
    values = [{"x": x, "right": x + placed.cents * scale, "y": y, "low": y + 28, "said": _said(placed)}]
    mark: dict[str, Any] = {
        "type": "rect",
        "color": _COLOURS[kind],
        "stroke": theme.CARD,
        "strokeWidth": 1,
        "fillOpacity": 1 if kind == "known" else 0.4 if kind == "left" else 0.12,
    }
    if kind == "unknown":
        mark |= {"stroke": theme.QUIET, "strokeDash": [3, 3]}
    encoding = {"x2": {"field": "right"}, "y2": {"field": "low"}, "description": {"field": "said"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}
