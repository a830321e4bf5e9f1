"""The tab of money: what is used and paid in each programme, with each plan."""

from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.web import words
from veerkracht.web.views import forecast_costs as costs
from veerkracht.web.views.forecast_headlines import last_day, per_year
from veerkracht.web.views.forecast_parts import Content, programmes_of
from veerkracht.web.views.forecast_services import chart


def money(answer: Answer) -> Content:
    """Every series of money, programme by programme."""
    found = []
    for programme in programmes_of(answer):
        names = [name for name in answer.one.values if name.startswith(f"{programme.id}.money.")]
        if names:
            found.append(
                (words.said(programme.name), [chart(answer, name) for name in names], per_year(answer, names))
            )
    context = {
        "programmes": found,
        "last_day": last_day(answer.one),
        "cost_years": costs.years_of(answer),
        "more": costs.more(answer),
        "measures_cost": costs.by_measure(answer),
        "envelopes": costs.envelopes(answer),
    }
    return Content("web/parts/forecast_money.html", context, [one for _, drawn, _ in found for one in drawn])
