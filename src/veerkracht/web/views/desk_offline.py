"""The desk when the network drops: what a browser may keep, and what is done afterwards with what was noted.

Only the page of this module is kept on the device, and it says nothing of anybody. Why so is in docs/offline.md.
"""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language

from veerkracht.register.crisis.rules import rules
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people import areas, letterbox
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.shelter.actions import reconcile as done_afterwards
from veerkracht.register.shelter.queries.kept import KeptService, kept_places
from veerkracht.web.context import SHEETS
from veerkracht.web.who import signed_in
from veerkracht.web.words import said

# What the kept page is made of; nothing else of the site is kept.
_FILES = (
    *SHEETS,
    "web/css/desk.css",
    "web/css/leaving.css",
    "web/js/leaving.js",
    "web/js/desk-notes.js",
    "web/js/desk-kept.js",
    "web/fonts/source-sans-3-latin-wght-normal.woff2",
    "web/logo.svg",
)
LARGEST = 1_500_000
# How long a page may take before the kept one takes its place: somebody is on the telephone.
PATIENCE = timedelta(seconds=5)


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page that is kept: the same for everybody, with the region's words and no name."""
    require("call.take", actor, actor.programme)
    desk = rules()
    words = {
        name: [(one.id, said(one.name)) for one in desk.choices[name].values()]
        for name in ("channel", "caller", "topic")
    }
    context = {
        **words,
        "kinds": [(one.id, said(one.name)) for one in desk.kinds.values()],
        "zones": [(one.id, said(one.name)) for one in desk.zones.values()],
        "areas": areas.choices("municipality"),
    }
    return render(request, "web/desk_kept.html", context)


@signed_in
def worker(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The script that answers when the network does not; it names the files that it keeps, and changes with them."""
    require("call.take", actor, actor.programme)
    scope = reverse("desk")
    kept = {
        "name": f"desk-{get_language()}-{_version()}",
        "page": reverse("desk-offline"),
        "places": reverse("desk-offline-kept"),
        "files": [static(name) for name in _FILES],
        "patience": PATIENCE // timedelta(milliseconds=1),
    }
    script = render(
        request,
        "web/desk_worker.js",
        {"kept": json.dumps(kept)},
        content_type="text/javascript; charset=utf-8",
    )
    # It stands deeper than the pages that it answers for.
    script["Service-Worker-Allowed"] = scope
    return script


@signed_in
def kept(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The places that are free now, for when they can't be asked any more; and with what a note is sealed."""
    found = kept_places(actor)
    return JsonResponse(
        {
            "at": found.at.isoformat(),
            "user": found.user,
            "box": letterbox.public_half(),
            "services": [_service(one) for one in found.services],
        }
    )


@signed_in
def reconcile(request: HttpRequest, actor: Actor) -> HttpResponse:
    """GET: whether somebody is there, and the token for POST, which does what was noted and tells what came of it."""
    require("call.take", actor, actor.programme)
    if request.method != "POST":
        return JsonResponse({"user": actor.user_id, "token": get_token(request)})
    letters = _letters(request)
    try:
        outcomes = done_afterwards(letters, by=actor)
    except Invalid as fault:
        return JsonResponse({"fault": str(fault)}, status=422)
    rows = [
        {"key": one.key, "outcome": one.outcome, "said": said(one.said), "call": one.number}
        for one in outcomes
    ]
    return JsonResponse({"outcomes": rows})


def _letters(request: HttpRequest) -> list[str]:
    """What was sent. Raises `Refused` for what no page of ours sends."""
    if len(request.body) > LARGEST:
        raise Refused()
    try:
        found = json.loads(request.body)["letters"]
    except (ValueError, KeyError, TypeError):
        raise Refused() from None
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Refused()
    return found


def _service(one: KeptService) -> dict[str, Any]:
    return {
        "service": one.service,
        "name": one.name,
        "zone": one.zone,
        "kinds": one.kinds,
        "sleeps": one.sleeps,
        "adults": one.adults,
        "ages": [one.from_age, one.to_age],
        "pets": one.pets,
        "stepFree": one.step_free,
        "toldAt": one.told_at.isoformat(),
    }


def _version() -> str:
    """By the files' own content, so that a new one is fetched and an old one is not kept for ever."""
    digest = hashlib.sha256()
    for name in _FILES:
        found = finders.find(name)
        if isinstance(found, str):
            digest.update(Path(found).read_bytes())
    return digest.hexdigest()[:12]
