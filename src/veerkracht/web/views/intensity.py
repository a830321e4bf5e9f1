"""Care intensity: by area with the homes of one, one home, all of it as a file, and the backlog of years gone by."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht import region
from veerkracht.region import Measure
from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.intensity.exports import HEADS, rows
from veerkracht.register.intensity.queries import LEVELS, PROVINCE, Overview, Past, of_home, past, per_area
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.quality.queries import Series, organisation
from veerkracht.register.quality.signals import list_signals
from veerkracht.register.supply.models import Service
from veerkracht.web import charts
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views import intensity_charts
from veerkracht.web.views.signals import kinds_of
from veerkracht.web.who import signed_in

_MOST_HOMES = 60


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """By area, with the homes of the area that was chosen."""
    asked, wrong = _asked(request), ""
    try:
        found = per_area(actor, **asked)
    except Invalid as invalid:
        # What an address asks that can't be is said above the page as it is without.
        wrong, found = str(invalid), per_area(actor)
    before = past(found.rules.programme.id)
    drawn = [intensity_charts.heavy_map(found), *([intensity_charts.backlog(before)] if before else [])]
    if file := charts.download(request, drawn):
        return file
    context: dict[str, Any] = {
        "found": found,
        # All homes of a whole region at once nobody reads: their file has them, and each area its own.
        "homes": found.homes if asked["area"] or len(found.homes) <= _MOST_HOMES else (),
        "wrong": wrong,
        "asked": asked,
        "levels": LEVELS,
        "choices": areas.choices(found.level),
        "map": drawn[0],
        "past": _past(actor, before, drawn[1]) if before else None,
        "published": _published(found),
    }
    return render(request, "web/intensity.html", context, status=422 if wrong else 200)


@signed_in
def home(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """One home: its residents by category, staff and money."""
    found, rules = of_home(actor, id)
    service, programme = found.service, found.service.programme
    context = {
        "home": found,
        "found": found.found,
        "rules": rules,
        "today": clock.today(),
        "quality": _quality(actor, service) if may("quality.read", actor, programme) else [],
        "signals": _signals(actor, service),
        "may_note": may("signal.record", actor, programme),
    }
    return render(request, "web/intensity_home.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every home as one may know it."""
    return csv_file("care-intensity", HEADS, rows(actor))


def _quality(actor: Actor, service: Service) -> list[Series]:
    """What the home itself, or its organisation as a whole, reported."""
    series = organisation(actor, service.organisation_id).series
    own = {service.organisation.name, f"{service.organisation.name} · {service.name}"}
    return [one for one in series if one.unit in own]


def _signals(actor: Actor, service: Service) -> list[dict[str, Any]]:
    kinds = {one.id: one for one in kinds_of(service.programme)}
    return [
        {"signal": one, "name": kinds[one.kind].name, "lasts": kinds[one.kind].lasts}
        for one in list_signals(actor, service.pk)
        if one.kind in kinds
    ]


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the address asks for; a day that can't be read asks for today."""
    level = request.GET.get("level", "")
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = None
    return {"on": on, "level": level or PROVINCE, "area": request.GET.get("area", "")}


def _past(actor: Actor, found: Past, chart: charts.Chart) -> dict[str, Any]:
    """The backlog with what was said of it, beside what follows from figures, and the decision that closed it."""
    said = [one for one in found.days if one.published is not None]
    money, asked = region.current().money, found.asked.measure

    def closes(step: Measure) -> bool:
        return asked in (step.id, step.of)

    measures = money.measures if money else {}
    measure = next((one for one in measures.values() if asked in one.plan_measures), None)
    plans = region.current().plans.values()
    return {
        "asked": found.asked,
        "days": found.days,
        "said": said,
        "cost": found.cost,
        "chart": chart,
        "measure": measure,
        "plan": next((one for one in plans if any(closes(step) for step in one.measures)), None),
        "may_see_money": may("money.read", actor, actor.programme),
        "may_forecast": may("figures.read", actor, actor.programme),
    }


def _published(found: Overview) -> list[dict[str, Any]]:
    """What is published of complaints and supervision of all homes together, as far as it was known that day."""
    figures = region.current().figures
    told = []
    for name in ("complaints", "heightened-supervision"):
        series = figures.series(f"{found.rules.programme.id}.{name}", until=found.on)
        if series.height:
            told.append({"name": name, "rows": series.to_dicts()})
    return told
