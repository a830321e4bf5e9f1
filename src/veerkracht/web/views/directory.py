"""The public directory: who gives what, where, for whom and with what room; for everybody, without signing in."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from veerkracht import region
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people import areas
from veerkracht.register.supply import directory_json
from veerkracht.register.supply.linked_data import graph
from veerkracht.register.supply.queries import directory as queries
from veerkracht.web import words
from veerkracht.web.spreadsheets import csv_file

# Free places change by the minute; nobody needs them newer than this from here.
_KEEP_SECONDS = 60
_KEEP_SCHEMA_SECONDS = 24 * 60 * 60
_HEADS = (
    "id",
    "name",
    "organisation",
    "enterprise_number",
    "programme",
    "kind",
    "area",
    "address",
    "rooms",
    "free",
    "free_at",
    "confirmed_on",
    "expires_on",
)


def page(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    try:
        found = queries.directory(asked, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    places = region.current().places
    context: dict[str, Any] = {
        "found": found,
        "asked": asked,
        "is_first": "after" not in request.GET,
        "programmes": {id: words.said(name) for id, name in region.current().kinds_of_help.items()},
        "provinces": [pair for pair in areas.choices("province") if pair[0]],
        "municipalities": areas.choices("municipality"),
        "freshness": places.freshness if places else None,
    }
    return render(request, "web/directory.html", context)


def one(request: HttpRequest, id: int) -> HttpResponse:
    found, homes = queries.entry(id), region.current().residence
    is_home = homes is not None and found.programme in homes.programmes
    return render(request, "web/directory_entry.html", {"entry": found, "is_home": is_home})


def file(request: HttpRequest, form: str) -> HttpResponse:
    """All that is asked for, as CSV, JSON or linked data."""
    try:
        found = queries.all_entries(_asked(request))
    except Invalid as no_such_area:
        raise Refused() from no_such_area
    made = {"csv": _csv, "json": _json, "jsonld": _linked}
    if form not in made:
        raise Refused()
    response = made[form](request, found)
    patch_cache_control(response, public=True, max_age=_KEEP_SECONDS)
    return response


def schema(_request: HttpRequest) -> HttpResponse:
    """The schema that the JSON holds to: always at this address."""
    response = HttpResponse(directory_json.SCHEMA.read_bytes(), content_type="application/schema+json")
    patch_cache_control(response, public=True, max_age=_KEEP_SCHEMA_SECONDS)
    return response


def _asked(request: HttpRequest) -> queries.Asked:
    """What the form asks; a municipality goes before a province."""
    programme = request.GET.get("programme", "")
    level = "municipality" if request.GET.get("area") or not request.GET.get("province") else "province"
    return queries.Asked(
        programme=programme if programme in region.current().kinds_of_help else "",
        level=level,
        area=(request.GET.get("area") or request.GET.get("province", ""))[:60],
        name=request.GET.get("name", "").strip()[:100],
    )


def _csv(_request: HttpRequest, found: Sequence[queries.Entry]) -> HttpResponse:
    return csv_file("directory", _HEADS, map(_row, found))


def _row(entry: queries.Entry) -> list[object]:
    told = {
        "kind": words.said(entry.kind),
        "rooms": "; ".join(f"{words.said(room.kind)}: {room.units}" for room in entry.rooms),
        "free_at": entry.free_at.isoformat(timespec="seconds") if entry.free is not None else None,
    }
    return [told.get(head, getattr(entry, head, None)) for head in _HEADS]


def _json(request: HttpRequest, found: Sequence[queries.Entry]) -> HttpResponse:
    response = JsonResponse(directory_json.document(found))
    # By which a program that knows nothing of us finds what the document says.
    response["Link"] = f'<{request.build_absolute_uri(reverse("directory-schema"))}>; rel="describedby"'
    return response


def _linked(request: HttpRequest, found: Sequence[queries.Entry]) -> HttpResponse:
    address = request.build_absolute_uri(reverse("directory"))
    return HttpResponse(
        json.dumps(graph(found, address), ensure_ascii=False),
        content_type="application/ld+json; charset=utf-8",
    )
