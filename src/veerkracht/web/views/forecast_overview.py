"""The first tab: what a plan comes to over all programmes, what it costs, and where to read on."""

from dataclasses import dataclass

from django.utils.translation import gettext

from veerkracht.forecast.show import naming
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.rulebook.types import Programme
from veerkracht.web import charts, words
from veerkracht.web.views import forecast_costs as costs
from veerkracht.web.views import forecast_series as series
from veerkracht.web.views.forecast_headlines import Headline, headlines, in_short, last_day
from veerkracht.web.views.forecast_parts import Content, programmes_of
from veerkracht.web.views.forecast_series import Drawn

# What is told of a programme first: who waits, else who is helped.
_FIRST = ("waiting.total", "waiting.persons", "helped.persons", "residents.total", "holders", "occupancy")
_SAME = {"waiting.persons": "waiting.total"}  # not told beside one another
_TOLD = 4


@dataclass(frozen=True)
class ProgrammePart:
    """A programme in short: a sentence on its first series, a few numbers, and a chart or two."""

    programme: Programme
    sentences: list[str]
    headlines: list[Headline]
    drawn: list[charts.Chart]


def overview(answer: Answer) -> Content:
    """Every programme in short, with its first series as a chart and what the plan changes in it."""
    found = [_part(answer, programme) for programme in programmes_of(answer)]
    context = {"programmes": found, "last_day": last_day(answer.one), "cost": costs.in_short(answer)}
    return Content(
        "web/parts/forecast_overview.html", context, [chart for one in found for chart in one.drawn]
    )


def _part(answer: Answer, programme: Programme) -> ProgrammePart:
    there = [thing for thing in _FIRST if f"{programme.id}.{thing}" in answer.one.values]
    names = [f"{programme.id}.{thing}" for thing in there if _SAME.get(thing) not in there]
    drawn = [_chart(answer, names[0]), _changed(answer, names[0])] if names else []
    return ProgrammePart(
        programme,
        in_short(answer, names[:1]),
        headlines(answer, names[:_TOLD]),
        [chart for chart in drawn if chart],
    )


def _drawn(name: str, id: str, title: str) -> Drawn:
    return Drawn(name, id, title, kind=naming.kind_of(name), flow=naming.is_flow(name))


def _chart(answer: Answer, name: str) -> charts.Chart:
    said = words.said(naming.name_of(answer.region, name))
    return series.chart(answer, _drawn(name, name.replace(".", "-"), said))


def _changed(answer: Answer, name: str) -> charts.Chart | None:
    drawn = _drawn(name, f"difference-{name.replace('.', '-')}", gettext("What the plan changes"))
    return series.changed(answer, drawn, gettext("More or less than without it"))
