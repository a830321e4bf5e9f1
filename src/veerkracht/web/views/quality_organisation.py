"""One organisation: its indicators through time, what it did, and what came of that."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.quality.actions.improvements import measures
from veerkracht.register.quality.queries import Series, organisation
from veerkracht.register.quality.queries.organisations import Moment
from veerkracht.web import charts, quality_words, words
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    found = organisation(actor, id)
    series = [(one, _chart(one, place)) for place, one in enumerate(found.series, 1)]
    if file := charts.download(request, [chart for _series, chart in series]):
        return file
    context = {
        "found": found,
        "series": series,
        "measures": measures(),
        "may_record": found.is_own and may("quality.record", actor, actor.programme),
        "fictitious": any(moment.point.fictitious for one in found.series for moment in one.moments),
    }
    return render(request, "web/quality_organisation.html", context)


def _chart(series: Series, place: int) -> charts.Chart:
    indicator = series.indicator
    measurement = indicator.measurement
    first, last = series.moments[0].from_, series.moments[-1].until
    breaks = [one for one in measurement.breaks if first < one.on <= last]
    return charts.moments(
        id=f"through-time-{place}",
        title=words.said(indicator.name),
        words=_from_to(series),
        values=[_measured(series, moment) for moment in series.moments],
        span=(first, last),
        marks=[charts.Mark(one.from_date, _short(one.what)) for one in series.improvements],
        breaks=[charts.Mark(one.on, _("break in the series")) for one in breaks],
        kind=quality_words.chart_kind(indicator),
        note=_note(series),
    )


def _measured(series: Series, moment: Moment) -> charts.Measured:
    indicator, point = series.indicator, moment.point
    interval = point.interval
    return charts.Measured(
        on=_middle(moment),
        value=_scaled(series, point.value),
        low=None if interval is None else quality_words.scaled(indicator, interval.low),
        high=None if interval is None else quality_words.scaled(indicator, interval.high),
        compared=_scaled(series, moment.compared),
    )


def _scaled(series: Series, value: float | None) -> float | None:
    return None if value is None else quality_words.scaled(series.indicator, value)


def _middle(moment: Moment) -> date:
    return moment.from_ + (moment.until - moment.from_) / 2


def _words(series: Series) -> str:
    last = series.moments[-1]
    values = {
        "period": quality_words.period(series.indicator, last.from_),
        "figure": quality_words.figure(series.indicator, last.point.value),
        "interval": quality_words.between(series.indicator, last.point.interval),
    }
    if last.point.value is None:
        return _("The last value, of %(period)s, is not shown.") % values
    return _("In %(period)s: %(figure)s (95%% interval %(interval)s).") % values


def _from_to(series: Series) -> str:
    """What the drawing shows, for who can't see it."""
    shown = [one for one in series.moments if one.point.value is not None]
    told = [
        f"{quality_words.period(series.indicator, one.from_)}: "
        f"{quality_words.figure(series.indicator, one.point.value)}"
        for one in shown
    ]
    return "; ".join(told)


def _note(series: Series) -> str:
    return f"{series.unit}. {_words(series)}"


def _short(text: str) -> str:
    return text if len(text) <= 26 else f"{text[:25].rstrip()}…"
