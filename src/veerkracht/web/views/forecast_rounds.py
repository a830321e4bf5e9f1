"""The tab of a programme that hands out in rounds."""

from veerkracht.web.prose import prose
from veerkracht.web.views import forecast_charts as drawn
from veerkracht.web.views import forecast_headlines as told
from veerkracht.web.views import forecast_tables as tables
from veerkracht.web.views.forecast_parts import Content, Pair


def in_rounds(pair: Pair) -> Content:
    """The list and each group, what the plan changes, money, and when turns are likely."""
    turns = [(group, rows, drawn.turns(pair, group, rows)) for group, rows in tables.turns(pair)]
    charts, names = drawn.all_of(pair), tables.names_of(pair.one)
    context = {
        "one": pair.one,
        "against": pair.against,
        "in_short": told.in_short(pair, names[:1]),
        "last_day": told.last_day(pair.one),
        "headlines": told.headlines(pair, names),
        "per_year": told.per_year(pair, names),
        "money": [(one.plan, tables.money(one)) for one in pair.both],
        "turns": turns,
        "charts": charts,
        "prose": [one for one in (prose("counting"), prose("forecast")) if one],
    }
    lone = [one for name, one in charts.items() if name != "groups"]
    taken = [*lone, *charts["groups"], *(chart for _, _, chart in turns)]
    return Content("web/parts/forecast_rounds.html", context, taken)
