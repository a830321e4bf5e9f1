"""Forecast: what a plan changes, seen at once and then in full, and part by part."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.access import require
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.register.care.queries.questions import QUICK_RUNS, Question
from veerkracht.register.care.queries.underway import Underway, answer_soon, first_answer
from veerkracht.register.errors import Refused, text_of
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.plans.access import list_plans
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text
from veerkracht.web import charts
from veerkracht.web.forms.forecast import ForecastForm
from veerkracht.web.views import forecast_files as files
from veerkracht.web.views import forecast_parts as parts
from veerkracht.web.views import forecast_plans as plans
from veerkracht.web.views.forecast_causes import causes
from veerkracht.web.views.forecast_money import money
from veerkracht.web.views.forecast_overview import overview
from veerkracht.web.views.forecast_rests import rests_on
from veerkracht.web.views.forecast_rounds import in_rounds
from veerkracht.web.views.forecast_services import population, services, staff
from veerkracht.web.who import signed_in

_SHARED: dict[str, Callable[[Answer, QueryDict], parts.Content]] = {
    parts.OVERVIEW: lambda answer, _: overview(answer),
    parts.STAFF: lambda answer, _: staff(answer),
    parts.POPULATION: lambda answer, _: population(answer),
    parts.MONEY: lambda answer, _: money(answer),
    parts.CAUSES: causes,
}


@dataclass(frozen=True)
class _Told:
    """What there is to say to a question: an answer (perhaps a first one), how far it is, or why there is none."""

    answer: Answer | None = None
    underway: Underway | None = None
    fault: Text = field(default_factory=Text)


@signed_in
def page(request: HttpRequest, actor: Actor, tab: str = parts.OVERVIEW) -> HttpResponse:
    """A tab of the answer when it is there; else how far it is, asked again and again by the page until it is."""
    _check(actor, tab)
    form = ForecastForm(request.GET, actor, list(list_plans(actor)), clock.today())
    told = _tell(actor, form, wants_all=_wants_all(request))
    if told.answer is None:
        return _show(request, actor, form, tab, told)
    content = _content(told.answer, tab, request.GET)
    if file := charts.download(request, content.charts) or files.take(
        request.GET.get("take", ""), told.answer
    ):
        return file
    return _show(request, actor, form, tab, told, content)


@signed_in
def full(request: HttpRequest, actor: Actor, tab: str = parts.OVERVIEW) -> HttpResponse:
    """How far the full answer is while a first one is shown; once it is there, what puts it on the page."""
    _check(actor, tab)
    form = ForecastForm(request.GET, actor, list(list_plans(actor)), clock.today())
    told = _tell(actor, form, wants_all=True)
    context = {"told": told, "form": form, "here": _address(request, tab), "full": _full(request, tab)}
    return render(request, "web/parts/forecast_full.html", context)


def _check(actor: Actor, tab: str) -> None:
    """Refuse who may see no figures, or not those of this programme; and a part that nothing has."""
    require("figures.read", actor, actor.programme)
    if tab in region.current().programmes:
        require("figures.read", actor, tab)
    elif tab not in _SHARED:
        raise Refused()


def _wants_all(request: HttpRequest) -> bool:
    """A file is of the full answer, and so is a page without script that asks for it."""
    return any(request.GET.get(name) for name in ("take", "download", "full"))


def _tell(actor: Actor, form: ForecastForm, *, wants_all: bool) -> _Told:
    if not form.is_valid():
        return _Told()
    try:
        question = form.question()
        found = answer_soon(actor, question) if wants_all else first_answer(actor, question)
    except Refused:
        raise
    except Fault as fault:
        return _Told(fault=text_of(fault))
    if isinstance(found, Underway):
        return _Told(underway=found, fault=found.fault)
    return _Told(found)


def _content(answer: Answer, tab: str, asked: QueryDict) -> parts.Content:
    if tab not in {one.id for one in parts.tabs(answer)}:
        raise Refused()
    if tab in _SHARED:
        return _SHARED[tab](answer, asked)
    pair = parts.pair_of(answer, tab)
    return in_rounds(pair) if pair else services(answer, tab)


def _show(
    request: HttpRequest,
    actor: Actor,
    form: ForecastForm,
    tab: str,
    told: _Told,
    content: parts.Content | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "tab": tab,
        "told": told,
        "here": _address(request, tab),
        "full": _full(request, tab),
        "form_address": reverse("forecast-tab", args=[tab]) if tab else reverse("forecast"),
        "may_keep": may("plan.keep", actor),
        "may_count": may("place.count", actor, actor.programme),
        "keep": reverse("forecast-keep", query=request.GET),
        "plan_file": reverse("forecast-asked-file", query=request.GET),
        "quick_runs": QUICK_RUNS,
    }
    if told.answer and content:
        context |= _of(told.answer, form.question(), content, request)
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    if not is_part:
        context["cards"] = plans.cards(form)
    name = "web/parts/forecast.html" if is_part else "web/forecast.html"
    # What htmx puts into the page must arrive as 200; its faults are words inside it.
    return render(request, name, context, status=200 if is_part or told.answer or told.underway else 422)


def _of(answer: Answer, question: Question, content: parts.Content, request: HttpRequest) -> dict[str, Any]:
    return {
        "answer": answer,
        "is_first": answer.one.runs < question.runs,
        "wanted": question.runs,
        "tabs": [(one, _address(request, one.id)) for one in parts.tabs(answer)],
        "content": content.template,
        "takes": files.TAKES,
        **content.context,
        **rests_on(answer),
    }


def _address(request: HttpRequest, tab: str) -> str:
    asked = request.GET.copy()
    asked.pop("full", None)
    return reverse("forecast-tab", args=[tab], query=asked) if tab else reverse("forecast", query=asked)


def _full(request: HttpRequest, tab: str) -> str:
    return (
        reverse("forecast-full", args=[tab], query=request.GET)
        if tab
        else reverse("forecast-full", query=request.GET)
    )
