"""Why a forecast says what it says: what each cause brought, and which number is worth finding first."""

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.forecast.choices.waterfall import Waterfall
from veerkracht.forecast.show import naming, units
from veerkracht.register import clock
from veerkracht.register.care.queries.causes import (
    CAUSE_RUNS,
    NUMBER_RUNS,
    Why,
    causes_soon,
    numbers_soon,
    series_of,
)
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.register.care.queries.questions import Question, region_for
from veerkracht.register.care.queries.underway import Underway
from veerkracht.register.errors import Refused, text_of
from veerkracht.register.people.actors import Actor
from veerkracht.register.plans.access import list_plans
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text
from veerkracht.web import charts, words
from veerkracht.web.forms.forecast import ForecastForm
from veerkracht.web.views.forecast_headlines import name_of
from veerkracht.web.views.forecast_parts import Content, programmes_of
from veerkracht.web.views.forecast_series import is_year_end
from veerkracht.web.who import signed_in

CAUSES_OF, NUMBERS_OF = "causes", "numbers"
_SHOWN = 12


class WhyForm(forms.Form):
    """Which series, and on which day: by default the first there is, on the last 31 December."""

    of = forms.ChoiceField(label=_("Of what"), required=False)
    on = forms.ChoiceField(label=_("On"), required=False)

    def __init__(self, asked: Any, series: list[tuple[str, str]], days: list[date]):
        first = {"of": series[0][0] if series else "", "on": days[-1].isoformat() if days else ""}
        super().__init__({**first, **{name: asked[name] for name in ("of", "on") if asked.get(name)}})
        self.fields["of"].choices = series
        self.fields["on"].choices = [(day.isoformat(), words.day(day)) for day in reversed(days)]


def causes(answer: Answer, asked: Any) -> Content:
    """The tab: what to ask of, and the places where the two answers come."""
    found = series_of(answer)
    programmes = {one.id: words.said(one.name) for one in programmes_of(answer)}
    named = [(one, f"{programmes[naming.owner_of(one)]}: {_small(name_of(one))}") for one in found]
    days = [day for day in answer.one.records if is_year_end(day)]
    form = WhyForm(asked, named, days)
    is_asked = bool(named and days and form.is_valid())
    context = {
        "why": form,
        "asked": [(name, value) for name, value in asked.items() if name not in ("of", "on")],
        "found_address": _found(CAUSES_OF, asked, form) if is_asked else "",
        "numbers_address": _found(NUMBERS_OF, asked, form) if is_asked else "",
    }
    return Content("web/parts/forecast_causes.html", context, [])


def _found(what: str, asked: Any, form: WhyForm) -> str:
    query = {**{name: asked[name] for name in asked}, **form.cleaned_data}
    return reverse("forecast-why", args=[what], query=query)


def _small(said: str) -> str:
    return f"{said[:1].lower()}{said[1:]}"


@signed_in
def why(request: HttpRequest, actor: Actor, what: str) -> HttpResponse:
    """One of the two answers when it is there, else how far it is: a part for the tab, and a page of its own."""
    if what not in _ASK:
        raise Refused()
    asked = _why(request, actor)
    context: dict[str, Any] = {"here": request.get_full_path(), "what": what}
    try:
        found = _ASK[what](actor, asked)
    except Refused:
        raise
    except Fault as fault:
        found = Underway(fault=text_of(fault))
    if isinstance(found, Underway):
        context |= {"underway": found}
    else:
        drawn = _DRAW[what](found, asked, _names(actor, asked.question))
        if file := charts.download(request, [drawn]):
            return file
        context |= {"drawn": drawn, "runs": RUNS[what]}
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    name = "web/parts/forecast_why.html" if is_part else "web/forecast_why.html"
    return render(
        request, name, {**context, "back": reverse("forecast-tab", args=["causes"], query=request.GET)}
    )


def _why(request: HttpRequest, actor: Actor) -> Why:
    form = ForecastForm(request.GET, actor, list(list_plans(actor)), clock.today())
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        raise Refused() from None
    if not form.is_valid() or not request.GET.get("of"):
        raise Refused()
    return Why(form.question(), request.GET["of"], on)


def _names(actor: Actor, question: Question) -> list[Text]:
    """What the plans are called, the one that is asked about first."""
    here, plans = region_for(actor, question)
    return [here.plans[plan].name for plan in plans]


def _steps(found: Waterfall, asked: Why, names: list[Text]) -> charts.Chart:
    day = {"on": words.day(found.on), "start": words.day(asked.question.day)}
    begin, end = (words.said(names[-1]), words.said(names[0])) if found.against else (day["start"], day["on"])
    title = (
        gettext("From one plan to the other: what each cause brings")
        if found.against
        else gettext("From %(start)s to %(on)s: what each cause brings")
    )
    rows = list(found.frame().iter_rows(named=True))
    items = [
        charts.Brought(row[f"text_{words.language()}"], row["brought"], row["p10"], row["p90"])
        for row in rows
    ]
    return charts.steps(
        id="waterfall",
        title=title % day,
        words="; ".join(f"{item.name}: {words.number(item.value)}" for item in items),
        begin=(begin, float(found.begin.mean())),
        end=(end, float(found.end.mean())),
        items=items,
        label=gettext("Cause"),
        note=gettext("%(what)s on %(on)s, on average. All causes together are the whole difference.")
        % {"what": name_of(found.series), **day},
    )


def _swings(found: pl.DataFrame, asked: Why, names: list[Text]) -> charts.Chart:
    rows = list(found.head(_SHOWN).iter_rows(named=True))
    middle = rows[0]["middle"] if rows else 0.0
    items = [_swing(row) for row in rows]
    return charts.swings(
        id="tornado",
        title=gettext("Which number matters most"),
        words="; ".join(
            f"{item.name}: {words.number(item.low_outcome)} – {words.number(item.high_outcome)}"
            for item in items
        ),
        middle=middle,
        items=items,
        label=gettext("Uncertain number"),
        note=gettext(
            "%(what)s on %(on)s with “%(plan)s”, when one number after another is held at the low or the high end of "
            "its range. The number at the top is the one to go and find first."
        )
        % {"what": name_of(asked.series), "on": words.day(asked.on), "plan": words.said(names[0])},
    )


def _swing(row: dict[str, Any]) -> charts.Swing:
    said = row[f"text_{words.language()}"] or row["parameter"]
    ends = f"{_number(row['low'])} – {_number(row['high'])} {words.said(units.name(row['unit']))}"
    return charts.Swing(said, row["low_outcome"], row["high_outcome"], ends)


def _number(value: float) -> str:
    return words.number(value, 0 if abs(value) >= 10 or value == round(value) else 3)


RUNS = {CAUSES_OF: CAUSE_RUNS, NUMBERS_OF: NUMBER_RUNS}
_ASK: dict[str, Callable[[Actor, Why], Any]] = {CAUSES_OF: causes_soon, NUMBERS_OF: numbers_soon}
_DRAW: dict[str, Callable[[Any, Why, list[Text]], charts.Chart]] = {CAUSES_OF: _steps, NUMBERS_OF: _swings}
