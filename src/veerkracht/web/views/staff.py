"""Staff: who works in care and welfare, as organisations report it and, beside that, as it is published."""

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.staff.checks import professions, sectors
from veerkracht.register.staff.queries import exporting
from veerkracht.register.staff.queries.overview import Asked, organisations, overview
from veerkracht.rulebook.types import Parameter
from veerkracht.web import charts, words
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views import staff_charts
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    asked = _asked(request)
    seen = overview(actor, asked)
    try:
        found = organisations(actor, asked, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    drawn = {
        "through_time": staff_charts.through_time(seen.through_time),
        "leavers": staff_charts.leavers(seen),
        "published": staff_charts.published(seen.on),
    }
    every = [one for one in (drawn["through_time"], drawn["leavers"], *drawn["published"]) if one]
    if file := charts.download(request, every):
        return file
    context: dict[str, Any] = {
        **drawn,
        "seen": seen,
        "found": found,
        "asked": asked,
        "is_first": "after" not in request.GET,
        "choices": _choices(),
        "labels": dict(_choices()["profession"]),
        "assumed": _assumed(),
        "may_record": actor.organisation_id is not None and may("staff.record", actor, actor.programme),
        "kinds": exporting.KINDS,
    }
    return render(request, "web/staff.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """What one may know, in the form in which it is taken in."""
    if kind not in exporting.KINDS:
        raise Refused()
    found = exporting.KINDS[kind]
    return csv_file(f"staff-{kind}", found.columns, exporting.rows(actor, found))


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for; a word that the region doesn't know asks for nothing."""
    given = {name: request.GET.get(name, "") for name in ("sector", "profession", "province")}
    return Asked(**{name: value if value in dict(_choices()[name]) else "" for name, value in given.items()})


def _choices() -> dict[str, list[tuple[str, str]]]:
    provinces = areas.table().select(pl.col("province_name").unique().sort())["province_name"]
    return {
        "sector": [(one.id, words.said(one.name)) for one in sectors()],
        "profession": [(one.id, words.said(one.name)) for one in professions()],
        "province": [(name, name) for name in provinces],
    }


def _assumed() -> list[tuple[str, Parameter]]:
    """What the region's staff file takes for each sector today, with its range."""
    staff, today = region.current().staff, clock.today()
    if staff is None:
        return []
    names = {f"fte.{one.id}": words.said(one.name) for one in staff.sectors}
    return [(names[one.id], one) for one in staff.parameters if one.id in names and one.holds(today)]
