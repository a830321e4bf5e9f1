"""Open figures: who waits and who is helped, for everybody, without signing in."""

import csv
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from veerkracht.register.errors import Refused
from veerkracht.register.paging import whole
from veerkracht.register.published import queries
from veerkracht.web import open_tables
from veerkracht.web.spreadsheets import harmless
from veerkracht.web.words import said

# What is published doesn't change; that there is a later version may.
_KEEP_SECONDS = 3600


def index(request: HttpRequest) -> HttpResponse:
    """The latest figures of every programme, and all earlier ones."""
    by_programme: dict[str, list[queries.ReleaseRow]] = {}
    for one in queries.releases():
        by_programme.setdefault(one.programme.id, []).append(one)
    return render(request, "web/open.html", {"programmes": list(by_programme.values())})


def page(request: HttpRequest, programme: str, day: str) -> HttpResponse:
    """What was published about a day, in its latest version or the one asked for."""
    version = request.GET.get("version", "")
    view = queries.release(programme, _day(day), whole(version))
    provinces = open_tables.provinces(view)
    chosen = request.GET.get("province", "")
    if chosen and chosen not in dict(provinces):
        raise Refused()
    context = {
        "view": view,
        "tables": open_tables.tables(view, chosen),
        "provinces": provinces,
        "chosen": chosen,
        "addresses": {form: _address(view, form) for form in ("csv", "json")},
    }
    return render(request, "web/open_release.html", context)


def file(request: HttpRequest, programme: str, day: str, version: int, form: str) -> HttpResponse:
    """All numbers of a version: the same ones as on the page, under an address that stays."""
    view = queries.release(programme, _day(day), version)
    response = _csv(view) if form == "csv" else _json(view)
    patch_cache_control(response, public=True, max_age=_KEEP_SECONDS)
    return response


def latest(request: HttpRequest, programme: str, form: str) -> HttpResponse:
    """Leads to the latest version of the latest day."""
    return HttpResponseRedirect(_address(queries.release(programme), form))


def _address(view: queries.ReleaseView, form: str) -> str:
    return reverse("open-file", args=[view.programme.id, view.on.isoformat(), view.version, form])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused() from None


def _csv(view: queries.ReleaseView) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = f"{view.programme.id}-{view.on}-v{view.version}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    rows = list(open_tables.cells(view))
    protection = {"protection": view.method}
    writer = csv.DictWriter(response, [*rows[0], *protection])
    writer.writeheader()
    writer.writerows(
        {
            name: harmless(cell) if isinstance(cell, str) else cell
            for name, cell in {**row, **protection}.items()
        }
        for row in rows
    )
    return response


def _json(view: queries.ReleaseView) -> HttpResponse:
    return JsonResponse(
        {
            "programme": view.programme.id,
            "name": said(view.programme.name),
            "on": view.on,
            "version": view.version,
            "published_at": view.published_at,
            "protection": {
                "method": view.method,
                "threshold": view.threshold,
                "base": view.base,
                "why": said(view.choice.why),
            },
            "cells": list(open_tables.cells(view)),
        }
    )
