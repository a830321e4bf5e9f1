"""What is left of the money, where it goes and how it went through the years."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.spending.areas import ByArea, by_area
from veerkracht.register.spending.books import budget_years, weights
from veerkracht.register.spending.grants import AreaGrants, Grants, grants_by_area
from veerkracht.register.spending.left import WhatIsLeft
from veerkracht.register.spending.left import left as what_is_left
from veerkracht.register.spending.through_time import through_time
from veerkracht.web import charts
from veerkracht.web.forms.money_filters import YearForm
from veerkracht.web.money_words import euros
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views.money_charts import area_chart, booked_charts, grants_chart, path_charts
from veerkracht.web.who import signed_in
from veerkracht.web.words import said


@signed_in
def left(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What may still be committed and paid, and until when; and what is promised of the years to come."""
    require("money.read", actor, actor.programme)
    form = YearForm(request.GET, budget_years(), clock.today().year)
    found = what_is_left(actor, form.year_asked)
    if request.GET.get("download") == "left":
        return _left_file(found)
    kinds = [(new, [row for row in found.rows if row.new_money is new]) for new in (True, False)]
    context = {"form": form, "found": found, "kinds": kinds, "weights": weights()}
    return render(request, "web/money_left.html", context)


def _left_file(found: WhatIsLeft) -> HttpResponse:
    heads = (
        "measure",
        "name",
        "new_money",
        "budget_year",
        "until",
        "voted_vak",
        "committed",
        "left_to_commit",
    )
    more = ("voted_vek", "requested", "paid", "left_to_pay", "open_commitments", "weighs_a_year")
    lines = (
        (
            row.measure.id,
            said(row.measure.name),
            row.new_money,
            found.year,
            found.until,
            *map(euros, (row.booked.voted_commitment, row.booked.committed, row.to_commit)),
            *map(euros, (row.booked.voted_payment, row.booked.requested, row.booked.paid, row.to_pay)),
            *map(euros, (row.open_commitments, row.weighs)),
        )
        for row in found.rows
    )
    return csv_file(f"money-left-{found.year}", (*heads, *more), lines)


@signed_in
def areas(request: HttpRequest, actor: Actor) -> HttpResponse:
    """By municipality and by inhabitant: what the books commit there, and apart from it the grants of sources."""
    require("money.read", actor, actor.programme)
    form = YearForm(request.GET, budget_years(), clock.today().year)
    found, granted = by_area(actor, form.year_asked), grants_by_area(actor)
    grants = Grants(tuple(grant for area in granted for grant in area.grants.all))
    drawing, grants_drawing = area_chart(found), grants_chart(granted)
    if file := charts.download(request, [drawing, grants_drawing]):
        return file
    if request.GET.get("download") == "areas":
        return _areas_file(found)
    if request.GET.get("download") == "grants":
        return _grants_file(granted)
    rows = sorted((one for one in found.areas if one.committed), key=lambda one: -(one.per_inhabitant or 0))
    context = {
        "form": form,
        "found": found,
        "rows": rows,
        "chart": drawing,
        "grants": grants,
        "grants_chart": grants_drawing,
        "grant_rows": sorted(grants.all, key=lambda one: -(one.per_inhabitant or 0)),
    }
    return render(request, "web/money_areas.html", context)


def _areas_file(found: ByArea) -> HttpResponse:
    heads = ("budget_year", "area", "name", "province", "inhabitants", "committed", "paid")
    lines = (
        (
            found.year,
            one.code or None,
            one.name or "not tied to one municipality",
            one.province or None,
            one.inhabitants,
            euros(one.committed),
            euros(one.paid),
        )
        for one in (*found.areas, found.elsewhere)
    )
    return csv_file(f"money-areas-{found.year}", heads, lines)


def _grants_file(found: Iterable[AreaGrants]) -> HttpResponse:
    """A line a grant, of all years; a file of its own, because no book adds it to what was committed."""
    place = ("area", "name", "province", "inhabitants", "measure", "measure_name", "recipient", "what_for")
    heads = (*place, "decided_on", "until", "granted_as_published", "per_inhabitant", "source", "source_url")
    lines = (
        (
            area.code,
            area.name,
            area.province or None,
            area.inhabitants,
            one.measure.id,
            said(one.measure.name),
            said(one.grant.recipient),
            said(one.grant.text) or None,
            one.grant.on,
            one.grant.until,
            euros(one.grant.cents),
            euros(None if one.per_inhabitant is None else round(one.per_inhabitant)),
            *((one.grant.source.title, one.grant.source.url) if one.grant.source else (None, None)),
        )
        for area in found
        for one in area.grants.all
    )
    return csv_file("money-grants", heads, lines)


@signed_in
def time(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Announced, voted, committed and paid year after year, each kind of money apart."""
    found = through_time(actor)
    booked, paths = booked_charts(found), path_charts(found)
    if file := charts.download(request, [*booked, *paths]):
        return file
    return render(request, "web/money_time.html", {"booked": booked, "paths": paths})
