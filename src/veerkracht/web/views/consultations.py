"""A case consultation, for who takes part in it: who does, and what was said, shared and agreed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from veerkracht.register.care.queries.of_cases import latest_requests
from veerkracht.register.cases.queries.consultations import ConsultationView, get_consultation
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.web import sharing_words
from veerkracht.web.forms import shared as forms
from veerkracht.web.forms.shared import ConsultationForm
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    view = get_consultation(actor, id)
    filled = _filled(request, actor, view) if request.method == "POST" else None
    if filled is not None and filled.is_valid() and done(filled):
        messages.success(request, filled.done)
        over = isinstance(filled, forms.Close | forms.Leave)
        return HttpResponseRedirect(reverse("shared") if over else request.path)
    key = (view.person.pk, view.programme)
    context = {
        "view": view,
        "request_of": latest_requests(actor, [key])[key],
        "offered": [form for kind in forms.CONSULTATION for form in _offer(kind, actor, view, filled)],
        "leaving": _leaving(actor, view),
        **sharing_words.names(),
    }
    response = render(request, "web/consultation.html", context, status=422 if filled else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def _filled(request: HttpRequest, actor: Actor, view: ConsultationView) -> ConsultationForm:
    verb, id = request.POST.get("verb", ""), request.POST.get("id", "")
    kinds = {kind.verb: kind for kind in forms.CONSULTATION}
    if verb not in kinds or (kinds[verb].leads and not view.may_lead):
        raise Refused()
    return kinds[verb](request.POST, actor, view, id)


def _offer(
    kind: type[ConsultationForm], actor: Actor, view: ConsultationView, filled: Any
) -> list[ConsultationForm]:
    """The forms about the consultation as a whole; that somebody leaves stands beside their name."""
    if kind is forms.Leave or (kind.leads and not view.may_lead):
        return []
    return [filled if isinstance(filled, kind) else kind(None, actor, view)]


def _leaving(actor: Actor, view: ConsultationView) -> dict[int, forms.Leave | None]:
    """The form to take each member off: everybody by who leads, oneself by oneself; None for the others."""
    return {
        member.id: forms.Leave(None, actor, view, str(member.id)) if view.may_lead or member.is_me else None
        for member in view.members
    }
