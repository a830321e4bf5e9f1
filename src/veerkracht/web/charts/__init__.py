"""Charts without JavaScript: a Vega-Lite dict becomes inline SVG, with its words, table and download.

    from veerkracht.web import charts
    chart = charts.lines(id="waiting", title=…, words=…, series=[charts.Line(…)], sources=[…])
    if (file := charts.download(request, [chart])): return file        # ?download=waiting
    … {% load veerkracht %} {% chart chart %}

Colours are CSS variables, so that one drawing serves light, dark and print.
"""

from veerkracht.web.charts.bars import Bar, bars
from veerkracht.web.charts.chart import Chart, Column, SourceLine, download
from veerkracht.web.charts.flow_layout import Flow, Node
from veerkracht.web.charts.flows import flows
from veerkracht.web.charts.funnel import FunnelPoint, Limit, funnel
from veerkracht.web.charts.gains import Gain, gains
from veerkracht.web.charts.hexmap import Hexagon, hexmap
from veerkracht.web.charts.lines import Fan, Line, Mark, fan, lines
from veerkracht.web.charts.moments import Measured, moments
from veerkracht.web.charts.spans import Span, spans
from veerkracht.web.charts.steps import Brought, steps
from veerkracht.web.charts.swings import Swing, swings

__all__ = [
    "Bar",
    "Brought",
    "Chart",
    "Column",
    "Fan",
    "Flow",
    "FunnelPoint",
    "Gain",
    "Hexagon",
    "Limit",
    "Line",
    "Mark",
    "Measured",
    "Node",
    "SourceLine",
    "Span",
    "Swing",
    "bars",
    "download",
    "fan",
    "flows",
    "funnel",
    "gains",
    "hexmap",
    "lines",
    "moments",
    "spans",
    "steps",
    "swings",
]
