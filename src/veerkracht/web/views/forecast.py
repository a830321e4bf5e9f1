"""Forecast: what money would do to the list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from veerkracht.register import clock
from veerkracht.register.care.access import require
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.register.care.queries.underway import Underway, answer_soon
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Programme
from veerkracht.web import charts
from veerkracht.web.forms.forecast import ForecastForm, what_ifs
from veerkracht.web.programmes import chosen
from veerkracht.web.prose import prose
from veerkracht.web.views import forecast_charts as drawn
from veerkracht.web.views import forecast_files as files
from veerkracht.web.views import forecast_tables as tables
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The answer when it is there; else how far it is, asked again and again by the page until it is."""
    programme = chosen(request, actor)
    require("figures.read", actor, programme.id)
    form = ForecastForm(request.GET, programme, clock.today())
    found: Answer | Underway | None = None
    fault = ""
    if form.is_valid():
        try:
            found = answer_soon(actor, form.question(), form.beside())
        except Fault as said:
            fault = str(said)
    if isinstance(found, Underway):
        return _show(request, programme, form, {"underway": found, "fault": found.fault})
    if found is None:
        return _show(request, programme, form, {"fault": fault}, status=422)
    return _taken(request, found) or _show(request, programme, form, _told(found))


def _show(
    request: HttpRequest,
    programme: Programme,
    form: ForecastForm,
    told: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    context = {
        "programme": programme,
        "form": form,
        "what_ifs": [(plan, base, _address(plan.id, base.id)) for plan, base in what_ifs(programme)],
        **told,
    }
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    name = "web/parts/forecast.html" if is_part else "web/forecast.html"
    # What htmx puts into the page must arrive as 200; its faults are words inside it.
    return render(request, name, context, status=200 if is_part else status)


def _address(plan: str, against: str) -> str:
    return reverse("forecast", query={"plan": plan, "against": against})


def _told(found: Answer) -> dict[str, Any]:
    groups, source = found.one.programme.groups, drawn.played(found.one)
    turns = [
        (group, rows, drawn.turns(found.one, group, rows, source)) for group, rows in tables.turns(found)
    ]
    return {
        "answer": found,
        "in_short": tables.in_short(found),
        "last_day": tables.last_day(found.one),
        "headlines": tables.headlines(found),
        "per_year": _per_year(found),
        "money": [(one.plan, tables.money(one)) for one in (found.one, found.against) if one],
        "turns": turns,
        "charts": {
            "waiting": drawn.waiting(found, source),
            "groups": [drawn.waiting_of(found, group, source) for group in groups],
            "changed": drawn.changed(found.difference, source) if found.difference else None,
            "holders": drawn.holders(found, source),
            "granted": drawn.granted(found, source),
            "used": drawn.used(found, source),
            "left": drawn.left(found, source),
        },
        "assumptions": tables.assumptions(found.one),
        "measures_of": [(one.plan, tables.measures_of(one)) for one in (found.one, found.against) if one],
        "reading": prose("forecast"),
        "counting": prose("counting"),
        "takes": files.TAKES,
    }


def _per_year(found: Answer) -> list[tuple[Any, list[Any]]]:
    """What is told per year: the difference first, when there is one."""
    plans = [(one.plan, tables.per_year(one)) for one in (found.one, found.against) if one]
    return ([(None, tables.per_year(found.difference))] if found.difference else []) + plans


def _taken(request: HttpRequest, found: Answer) -> HttpResponse | None:
    """The file that was asked for: of one chart, or of all; None when the page itself was asked."""
    if request.GET.get("download"):
        told = _told(found)
        lone = [one for name, one in told["charts"].items() if name != "groups"]
        return charts.download(
            request, [*lone, *told["charts"]["groups"], *(one for _, _, one in told["turns"])]
        )
    return files.take(request.GET.get("take", ""), found)
