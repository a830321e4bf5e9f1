"""Open and staffed: which recognised places are open, and for which of those there is staff."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.staff.queries.places import (
    HEADS,
    StaffedPage,
    exported,
    missing,
    staffed_places,
)
from veerkracht.register.supply.staffing import norms_of
from veerkracht.web import charts, words
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views.today_charts import register_source
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    programme = _asked(request)
    try:
        found = staffed_places(actor, programme, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    chart = _chart(found) if found.by_region else None
    if chart and (file := charts.download(request, [chart])):
        return file
    kinds = region.current().kinds_of_help
    context: dict[str, Any] = {
        "found": found,
        "chart": chart,
        "is_first": "after" not in request.GET,
        "area_names": names(),
        "asked": programme,
        "programmes": {id: words.said(name) for id, name in kinds.items()},
        "norms": [
            (words.said(name), norms_of(id, clock.today()))
            for id, name in kinds.items()
            if norms_of(id, clock.today())
        ],
        "missing": {one.service.pk: missing(one.places) for one in found.rows},
    }
    return render(request, "web/staffed_places.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    return csv_file("staffed-places", HEADS, exported(actor, _asked(request)))


def _asked(request: HttpRequest) -> str:
    programme = request.GET.get("programme", "")
    return programme if programme in region.current().kinds_of_help else ""


def _chart(found: StaffedPage) -> charts.Chart:
    """Open places by region: with staff, without, and those of which it is not known."""
    items = []
    for total in found.by_region:
        parts = (
            (_("With staff"), total.staffed),
            (_("Without staff"), total.open - total.staffed - total.unknown),
            (_("Not known"), total.unknown),
        )
        items += [charts.Bar(total.region, value, part) for part, value in parts]
    return charts.bars(
        id="staffed",
        title=_("Open places, with and without staff"),
        words="; ".join(f"{one.name}, {one.part}: {words.number(one.value)}" for one in items),
        items=items,
        label=_("Region"),
        part_label=_("Staff"),
        value_label=_("Open places"),
        sources=[register_source()],
    )
