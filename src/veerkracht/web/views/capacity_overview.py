"""Capacity: how many places are recognised, open, closed and why, staffed, taken and free, and what is expected."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import words as names_of
from veerkracht.register.supply.queries import by_area as queries
from veerkracht.web import charts, words
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views.today_charts import register_source
from veerkracht.web.who import signed_in

_LEVELS = ("province", "region", "zone")
# How many days ahead one may look; the first unless it is said.
_AHEAD = (90, 30, 180, 365)


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    programme, level = asked_programme(request), _one_of(request.GET.get("level"), _LEVELS)
    days = int(_one_of(request.GET.get("days"), tuple(map(str, _AHEAD))))
    ahead = clock.today() + timedelta(days=days)
    found = queries.by_area(actor, programme, level=level, ahead=ahead)
    try:
        services = queries.service_page(actor, programme, ahead=ahead, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    chart = _chart(found, _level_names()[level]) if found else None
    if chart and (file := charts.download(request, [chart])):
        return file
    context: dict[str, Any] = {
        "found": found,
        "whole": queries.whole(found),
        "services": services,
        "chart": chart,
        "is_first": "after" not in request.GET,
        "programme": programme,
        "programmes": programme_names(),
        "level": level,
        "levels": [(id, _level_names()[id]) for id in _LEVELS if any(code for code, _n in areas.choices(id))],
        "days": days,
        "horizons": [(count, words.duration(count)) for count in sorted(_AHEAD)],
        "ahead": ahead,
        "reasons": {id: names_of.reason_name(id) for one in found for id in one.closed},
    }
    return render(request, "web/place_capacity.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    return csv_file("capacity", queries.HEADS, queries.exported(actor, asked_programme(request)))


def asked_programme(request: HttpRequest) -> str:
    programme = request.GET.get("programme", "")
    return programme if programme in region.current().kinds_of_help else ""


def programme_names() -> dict[str, str]:
    return {id: words.said(name) for id, name in region.current().kinds_of_help.items()}


def _level_names() -> dict[str, str]:
    return {"province": _("Province"), "region": _("Region"), "zone": _("Primary-care zone")}


def _one_of(value: str | None, options: tuple[str, ...]) -> str:
    return value if value in options else options[0]


def _chart(found: list[queries.AreaCapacity], label: str) -> charts.Chart:
    """The places of each area, one beside the other by what they are."""
    items = []
    for one in found:
        closed = sum(one.closed.values())
        parts = (
            (_("Taken"), one.occupied),
            (_("Held"), one.held),
            (_("Free"), one.free),
            (_("Closed"), closed),
        )
        items += [charts.Bar(one.name, value, part) for part, value in parts]
    return charts.bars(
        id="capacity",
        title=_("Places by area"),
        words="; ".join(f"{one.name}, {one.part}: {words.number(one.value)}" for one in items),
        items=items,
        label=label,
        part_label=_("State"),
        value_label=_("Places"),
        sources=[register_source()],
    )
