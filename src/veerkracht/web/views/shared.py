"""What others share with one's organisation and what waits for an answer; and the cases one works on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from veerkracht.register.care.access import may
from veerkracht.register.care.queries.of_cases import latest_requests
from veerkracht.register.cases.queries.shared import Shared, shared_with
from veerkracht.register.cases.queries.workload import my_cases
from veerkracht.register.errors import Refused
from veerkracht.register.lists.access import may_ask_for_others
from veerkracht.register.people.actors import Actor
from veerkracht.web import labels, sharing_words
from veerkracht.web.forms import shared as forms
from veerkracht.web.forms.shared import SharedForm
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All of it; POST answers a referral or looks into an emergency access."""
    after = request.GET.get("after", "")
    filled = _filled(request, actor) if request.method == "POST" else None
    if filled is not None and filled.is_valid() and done(filled):
        messages.success(request, filled.done)
        return HttpResponseRedirect(request.path)
    found = shared_with(actor, after)
    context = {
        "found": found,
        "parts": _forms(actor, found, filled),
        "requests": latest_requests(actor, found.people),
        "is_first": not after,
        "may_open_emergency": may("emergency.open", actor, actor.programme),
        **sharing_words.names(),
    }
    response = render(request, "web/shared.html", context, status=422 if filled else 200)
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The cases one works on, by name."""
    after = request.GET.get("after", "")
    found = my_cases(actor, after)
    context = {
        "found": found,
        "requests": latest_requests(actor, (row.about.key for row in found.rows)),
        "is_first": not after,
        "may_ask_homes": may_ask_for_others(actor),
        "states": labels.STATES,
        "state_looks": labels.STATE_TAGS,
        **sharing_words.names(),
    }
    return render(request, "web/my_cases.html", context)


def _filled(request: HttpRequest, actor: Actor) -> SharedForm:
    verb, id = request.POST.get("verb", ""), request.POST.get("id", "")
    kinds = {kind.verb: kind for kind in forms.SHARED}
    if verb not in kinds:
        raise Refused()
    return kinds[verb](request.POST, actor, id)


def _forms(actor: Actor, found: Shared, filled: SharedForm | None) -> dict[str, list[SharedForm]]:
    """The forms for each referral and emergency access, by "kind-id"."""

    def of(kind: type[SharedForm], id: int) -> SharedForm:
        is_filled = isinstance(filled, kind) and filled.id == str(id)
        return filled if is_filled and filled else kind(None, actor, str(id))

    offered: dict[str, list[Any]] = {}
    for referral in (*found.received, *found.sent):
        waits = referral in found.received and referral.state == "sent"
        kinds = [forms.Accept, forms.Decline] if waits else [forms.End] if referral.may_end else []
        offered[referral.key] = [of(kind, referral.id) for kind in kinds]
    for access in found.emergencies:
        offered[access.key] = [of(forms.LookInto, access.id)]
    return offered
