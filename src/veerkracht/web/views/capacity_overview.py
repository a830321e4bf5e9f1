"""Capacity: how many places are recognised, open, closed and why, staffed, taken and free, and what is expected."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import words as names_of
from veerkracht.register.supply.queries import by_area as queries
from veerkracht.web import charts, words
from veerkracht.web import place_choices as choices
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views.today_charts import register_source
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    programme, level = choices.asked_programme(request), choices.asked_level(request)
    on, days, levels = choices.asked_day(request), choices.asked_days(request), choices.level_names()
    is_today = on == clock.today()
    # What comes free is reckoned from what is there today.
    ahead = on + timedelta(days=days) if is_today else None
    found = queries.by_area(actor, programme, on, level, ahead=ahead)
    after = request.GET.get("after", "")
    try:
        services = queries.service_page(actor, programme, ahead=ahead, after=after, on=on)
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    chart = _chart(found, levels.get(level, ""), is_today) if found else None
    if chart and (file := charts.download(request, [chart])):
        return file
    context: dict[str, Any] = {
        "found": found,
        "whole": queries.whole(found),
        "services": services,
        "chart": chart,
        "is_first": "after" not in request.GET,
        "programme": programme,
        "programmes": choices.programme_names(),
        "level": level,
        "on": on,
        "is_today": is_today,
        "today": clock.today(),
        "levels": levels.items(),
        "days": days,
        "horizons": choices.horizons(),
        "ahead": ahead,
        "reasons": {id: names_of.reason_name(id) for one in found for id in one.closed},
    }
    return render(request, "web/place_capacity.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    rows = queries.exported(actor, choices.asked_programme(request), choices.asked_day(request))
    return csv_file("capacity", queries.HEADS, rows)


def _chart(found: list[queries.AreaCapacity], label: str, is_today: bool) -> charts.Chart:
    """The places of each area, one beside the other by what they are; what is held is known of today only."""
    items = []
    for one in found:
        closed = sum(one.closed.values())
        parts = (
            (_("Taken"), one.occupied),
            *([(_("Held"), one.held)] if is_today else []),
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
