"""Stays in crisis: whose norm is nearly over, and one stay with all that can be done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.cases.queries.choices import members_named
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter.access import get_guests
from veerkracht.register.shelter.actions import consents, consulting, counselling, handing_over, stays
from veerkracht.register.shelter.queries.one_stay import StayView, stay
from veerkracht.register.shelter.queries.stays import ENDED, RUNNING
from veerkracht.register.shelter.queries.stays import stays as listed
from veerkracht.web import shelter_words
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.sharing import meeting_of
from veerkracht.web.forms.shelter import (
    AskCounsellingForm,
    ConsentForm,
    ConsultForm,
    EndForm,
    ExtendForm,
    GroundForm,
    HandOverForm,
)
from veerkracht.web.numbers import posted
from veerkracht.web.who import signed_in

# What a form brought, done to a stay; the words with which it is said.
Doing = Callable[[StayView, Actor, dict[str, Any], int], str]


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    state = ENDED if request.GET.get("state") == ENDED else RUNNING
    try:
        found = listed(actor, state=state, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    context = {
        "found": found,
        "state": state,
        "is_first": "after" not in request.GET,
        **shelter_words.names(),
    }
    return render(request, "web/desk_stays.html", context)


@signed_in
def one(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """One stay; POST does one thing about it, on the version that the reader saw."""
    view = stay(actor, id)
    if request.method != "POST":
        return _show(request, view)
    verb, version = request.POST.get("verb", ""), posted(request, "version")
    if verb not in _VERBS:
        raise Refused()
    form = _form(verb, view, request.POST)
    if not form.is_valid():
        return _show(request, view, verb=verb, form=form, status=422)
    try:
        done = _VERBS[verb](view, actor, form.cleaned_data, version)
    except Invalid as fault:
        tell(form, fault, {"fields": "fields_"})
        return _show(request, view, verb=verb, form=form, status=422)
    except Conflict as fault:
        return _show(request, stay(actor, id), fault=str(fault), status=409)
    messages.success(request, done)
    return HttpResponseRedirect(reverse("desk-stay", args=[id]))


def _consent(view: StayView, by: Actor, said: dict[str, Any], version: int) -> str:
    guest = get_guests(by, view.row, [said["guest"]])[0]
    consents.record_consent(
        guest, by=by, voice=said["voice"], agreed=said["agreed"], how=said["how"], version=version
    )
    return _("Noted.")


def _ground(view: StayView, by: Actor, said: dict[str, Any], version: int) -> str:
    consents.rest_on(view.row, by=by, ground=said["ground"], version=version)
    return _("Noted: no consent is asked any more.")


def _extend(view: StayView, by: Actor, said: dict[str, Any], version: int) -> str:
    stays.extend(view.row, by=by, days=said["days"], why=said["why"], version=version)
    return _("The stay is extended.")


def _end(view: StayView, by: Actor, said: dict[str, Any], version: int) -> str:
    stays.end_stay(view.row, by=by, reason=said["reason"], version=version)
    return _("The stay has ended; the place is free again.")


def _hand_over(view: StayView, by: Actor, said: dict[str, Any], version: int) -> str:
    chosen = get_guests(by, view.row, said["guests"])
    asked = handing_over.hand_over(
        view.row, by=by, programme=said["programme"], guests=chosen, version=version
    )
    return _("Asked for %(count)d: %(numbers)s.") % {
        "count": len(asked),
        "numbers": ", ".join(one.number for one in asked),
    }


def _counselling(view: StayView, by: Actor, said: dict[str, Any], version: int) -> str:
    counselling.ask_counselling(view.row.search, by=by, module=said["module"], service=said["service"])
    return _("Counselling is asked for.")


def _consult(view: StayView, by: Actor, said: dict[str, Any], version: int) -> str:
    guest, members = (
        get_guests(by, view.row, [said["guest"]])[0],
        members_named(said["members"], said["programme"]),
    )
    consulting.consult(guest, meeting_of(said, said["programme"]), by=by, members=members, version=version)
    return _("The consultation is open; its participants were told.")


_VERBS: dict[str, Doing] = {
    "consent": _consent,
    "ground": _ground,
    "extend": _extend,
    "end": _end,
    "hand-over": _hand_over,
    "counselling": _counselling,
    "consult": _consult,
}


def _form(verb: str, view: StayView, data: Any = None) -> Any:
    if verb == "consent":
        return ConsentForm(data)
    if verb == "extend":
        return ExtendForm(data, initial={"days": view.extend_days})
    if verb == "counselling":
        return AskCounsellingForm(data, modules=shelter_words.names()["modules"])
    of_stay = {"ground": GroundForm, "end": EndForm, "hand-over": HandOverForm, "consult": ConsultForm}
    return of_stay[verb](data, view=view)


def _show(
    request: HttpRequest,
    view: StayView,
    *,
    verb: str = "",
    form: Any = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    forms = {one.replace("-", "_"): form if one == verb else _form(one, view) for one in _VERBS}
    if form is not None and not fault:
        fault = next((str(error) for errors in form.errors.values() for error in errors), "")
    context = {"view": view, "forms": forms, "fault": fault, **shelter_words.names()}
    return render(request, "web/desk_stay.html", context, status=status)
