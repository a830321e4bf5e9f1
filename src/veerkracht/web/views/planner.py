"""The planner's page: the homes of the region on a map and by area, how full they are, and what is expected free."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from veerkracht.register.residence.queries import PlannedArea, planner
from veerkracht.register.supply import words as names_of
from veerkracht.web import charts
from veerkracht.web import place_choices as choices
from veerkracht.web.views.today_charts import A_CITY, areas_source, hexagon_places, register_source
from veerkracht.web.who import signed_in


@dataclass(frozen=True)
class Shown:
    """What the map shows: its name, its unit, the value of an area with so many inhabitants, and what is counted."""

    name: str
    unit: str
    value: Callable[[PlannedArea, int], float | None]
    count_name: str
    count: Callable[[PlannedArea], int]


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    level, days, on = choices.asked_level(request), choices.asked_days(request), choices.asked_day(request)
    is_today = on == clock.today()
    # What comes free is reckoned from what is there today.
    ahead = on + timedelta(days=days) if is_today else None
    shows = _shows()
    show = choices.one_of(request.GET.get("show"), tuple(shows))
    try:
        plan = planner(actor, ahead=ahead, level=level, on=on)
    except Invalid as no_homes:
        # A region without homes has no such page.
        raise Refused() from no_homes
    chart = _map(plan.municipalities, shows[show]) if plan.rows else None
    if chart and (file := charts.download(request, [chart])):
        return file
    context: dict[str, Any] = {
        "plan": plan,
        "is_today": is_today,
        "today": clock.today(),
        "chart": chart,
        "level": level,
        "levels": choices.level_names().items(),
        "show": show,
        "shows": [(id, one.name) for id, one in shows.items()],
        "days": days,
        "horizons": choices.horizons(),
        "reasons": {id: names_of.reason_name(id) for id in plan.whole.places.closed},
    }
    return render(request, "web/planner.html", context)


def _shows() -> dict[str, Shown]:
    per_thousand, percent = _("per 1,000 inhabitants"), _("per 100 places")
    return {
        "occupied": Shown(
            _("Occupied, of the open places"),
            percent,
            lambda one, _people: _percent(one.on_day.of_open),
            _("Residents"),
            lambda one: one.on_day.occupied,
        ),
        "free": Shown(
            _("Free places"),
            per_thousand,
            lambda one, people: _rate(one.places.free, people),
            _("Free places"),
            lambda one: one.places.free,
        ),
        "open": Shown(
            _("Open places"),
            per_thousand,
            lambda one, people: _rate(one.on_day.open, people),
            _("Open places"),
            lambda one: one.on_day.open,
        ),
        "recognised": Shown(
            _("Recognised places"),
            per_thousand,
            lambda one, people: _rate(one.places.recognised, people),
            _("Recognised places"),
            lambda one: one.places.recognised,
        ),
        "closed": Shown(
            _("Closed, of all places"),
            percent,
            lambda one, _people: _percent(_closed(one) / one.places.places) if one.places.places else None,
            _("Closed places"),
            _closed,
        ),
    }


def _closed(one: PlannedArea) -> int:
    return sum(one.places.closed.values())


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _rate(count: int, people: int) -> float | None:
    return round(1000 * count / people, 1) if people else None


def _map(found: Mapping[str, PlannedArea], shown: Shown) -> charts.Chart:
    """One hexagon a municipality; one without a home is empty."""
    places = hexagon_places(region.current().areas)
    rows = areas.table().select("code", "name", "inhabitants").iter_rows()
    drawn = [
        charts.Hexagon(
            code=code,
            name=name,
            column=places[code][0],
            row=places[code][1],
            value=shown.value(found[code], people or 0) if code in found else None,
            count=shown.count(found[code]) if code in found else 0,
            label=name[:3] if (people or 0) >= A_CITY else "",
        )
        for code, name, people in rows
        if code in places
    ]
    note = _("%(what)s, %(unit)s. Each hexagon is a municipality; one without a home is empty.")
    return charts.hexmap(
        id="homes-by-area",
        title=_("Homes on the map"),
        words=note % {"what": shown.name, "unit": shown.unit},
        areas=drawn,
        value_label=f"{shown.name}, {shown.unit}",
        count_label=shown.count_name,
        area_label=_("Municipality"),
        note=note % {"what": shown.name, "unit": shown.unit},
        width=720,
        sources=[register_source(), *areas_source()],
    )
