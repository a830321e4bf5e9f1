"""How charts look, and how they write numbers and dates per language. Colours are those of tokens.css."""

from collections.abc import Sequence
from datetime import date
from typing import Any

INK = "var(--chart-ink)"
QUIET = "var(--chart-quiet)"
GRID = "var(--chart-grid)"
NONE = "var(--chart-none)"
CARD = "var(--card)"
COLOURS = tuple(f"var(--chart-{n})" for n in (1, 2, 3, 4))
STEPS = tuple(f"var(--step-{n})" for n in (1, 2, 3, 4, 5))
BALANCE = tuple(f"var(--{name})" for name in ("loss-2", "loss-1", "chart-none", "gain-1", "gain-2"))
# One more than the colours: a fifth line has the first colour, but not its dash.
DASHES: tuple[list[int], ...] = ([1, 0], [7, 4], [2, 3], [9, 3, 2, 3], [12, 5])
WIDE, NARROW, FULL = 540, 318, 1080
# The renderer makes every address absolute; this start is taken off again.
HERE = "https://page.invalid"
FONT = "Source Sans 3, system-ui, sans-serif"
_SIZE = 13

NUMBERS: dict[str, dict[str, Any]] = {
    "nl": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}


def _times(days: str, months: str, short: str, date: str) -> dict[str, Any]:
    return {
        "dateTime": f"{date} %H:%M",
        "date": date,
        "time": "%H:%M",
        "periods": ["AM", "PM"],
        "days": days.split(),
        "shortDays": [name[:2] for name in days.split()],
        "months": months.split(),
        "shortMonths": short.split(),
    }


TIMES: dict[str, dict[str, Any]] = {
    "nl": _times(
        "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "%d-%m-%Y",
    ),
    "en": _times(
        "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "%d/%m/%Y",
    ),
}


def config() -> dict[str, Any]:
    """The house style as a Vega-Lite config."""
    return {
        "aria": True,  # labels become tooltips in svg.py, nothing else of it stays
        "background": None,
        "font": FONT,
        "padding": {"left": 2, "right": 12, "top": 6, "bottom": 2},
        "view": {"stroke": None, "fill": None},
        "axis": {
            "domain": False,
            "ticks": False,
            "grid": True,
            "gridColor": GRID,
            "labelColor": QUIET,
            "labelFontSize": _SIZE,
            "labelPadding": 8,
            "titleColor": QUIET,
            "titleFontSize": _SIZE,
            "titleFontWeight": "normal",
        },
        "axisX": {"grid": False, "domain": True, "domainColor": QUIET},
        "legend": {"disable": True},
        "text": {"fill": INK, "fontSize": _SIZE, "font": FONT},
        "line": {"strokeWidth": 2.5, "strokeCap": "round", "strokeJoin": "round"},
        "rule": {"stroke": QUIET},
    }


def time_axis(first: date, last: date, width: int) -> dict[str, Any]:
    """Years, or months when there are few years, as many as can be read at this width."""
    axis: dict[str, Any] = {"title": None, "labelFlush": True, "labelOverlap": True}
    years = (last - first).days / 365.25
    if years <= 2.5:
        step = max(1, round(years * 12 / (width / 80)))
        return {**axis, "format": "%b %Y", "tickCount": {"interval": "month", "step": step}}
    return {
        **axis,
        "format": "%Y",
        "tickCount": {"interval": "year", "step": max(1, round(years / (width / 70)))},
    }


def room_for(names: Sequence[str], most: int) -> int:
    """How wide a column of names is, in pixels."""
    return min(max(map(len, names), default=0) * 7 + 16, most)


def names_axis(names: Sequence[str], limit: float) -> dict[str, Any]:
    """A line for each name, in this order; a label that is wider than the limit is cut short."""
    axis = {"title": None, "labelLimit": limit, "domain": False, "grid": False, "labelColor": INK}
    return {"field": "name", "type": "nominal", "sort": None, "scale": {"domain": list(names)}, "axis": axis}


def colour(number: int) -> str:
    """The colour of a line."""
    return COLOURS[number % len(COLOURS)]


def dash(number: int) -> list[int]:
    """The dash of a line, so that lines differ without colour too."""
    return DASHES[number % len(DASHES)]
