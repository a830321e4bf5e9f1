"""The calls of one's own desk: the list, one call, advice, who it is about, and whom to call back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from veerkracht.register.crisis import access, actions
from veerkracht.register.crisis.queries.desk import call_backs, call_page, call_view, duty
from veerkracht.register.crisis.rules import rules
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.web import desk_words
from veerkracht.web.forms.desk import CallBackForm, CallForm, PeopleForms, choices
from veerkracht.web.forms.doing import tell
from veerkracht.web.numbers import posted
from veerkracht.web.who import signed_in


@never_cache
@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The call-back list and the calls, last first."""
    try:
        found = call_page(actor, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    context = {
        "found": found,
        "call_backs": call_backs(actor),
        "is_first": "after" not in request.GET,
        "answers": choices(rules(), "call_back_answer"),
        **_words(),
    }
    return render(request, "web/desk_calls.html", context)


@never_cache
@signed_in
def advise(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A call that only asks for advice; POST writes both down."""
    access.require_desk("call.take", actor)
    form = CallForm(rules(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("advice", "note", "is_sure")}
        try:
            call = actions.take_call(form.told(), by=actor)
            actions.consult(call, by=actor, **given)
        except (Invalid, Conflict) as fault:
            tell(form, fault)
        else:
            messages.success(request, _("The advice is noted."))
            return HttpResponseRedirect(reverse("desk-calls"))
    context = {"form": form, "areas": sorted(names().values()), "shift": duty(actor)}
    return render(request, "web/desk_advice.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
def one(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    return _show(request, actor, number)


@never_cache
@signed_in
def identify(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Say who a call is about."""
    call = access.get_call(actor, number)
    if request.method != "POST":
        raise Refused()
    people = PeopleForms(request.POST)
    if not people.is_valid():
        return _show(request, actor, number, people=people, status=422)
    found = [form.identity() for form in people.forms if form.has_changed() and form.cleaned_data]
    try:
        actions.identify(call, found, by=actor)
    except (Invalid, Conflict) as fault:
        return _show(request, actor, number, people=people, fault=fault, status=_status(fault))
    messages.success(request, _("Noted who it is about. Names are kept sealed."))
    return HttpResponseRedirect(reverse("desk-call", args=[number]))


@never_cache
@signed_in
def call_back(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Promise to call somebody back."""
    call = access.get_call(actor, number)
    if request.method != "POST":
        raise Refused()
    form = CallBackForm(request.POST)
    if form.is_valid():
        try:
            actions.promise_call_back(call, by=actor, **form.cleaned_data)
        except Invalid as fault:
            tell(form, fault)
        else:
            messages.success(request, _("They stand on the call-back list."))
            return HttpResponseRedirect(reverse("desk-call", args=[number]))
    return _show(request, actor, number, back=form, status=422)


@signed_in
def called_back(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Write down what came of calling somebody back."""
    found = access.get_call_back(actor, id)
    if request.method != "POST":
        raise Refused()
    version = posted(request, "version")
    try:
        actions.called_back(found, by=actor, answer=request.POST.get("answer", ""), version=version)
    except (Invalid, Conflict) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Noted."))
    return HttpResponseRedirect(reverse("desk-calls"))


def _show(
    request: HttpRequest,
    actor: Actor,
    number: str,
    *,
    status: int = 200,
    fault: Invalid | Conflict | None = None,
    **forms: Any,
) -> HttpResponse:
    view = call_view(actor, number)
    context = {
        "view": view,
        "call": view.call,
        "people": forms.get("people") or PeopleForms(),
        "back": forms.get("back") or CallBackForm(),
        "fault": fault,
        **_words(),
    }
    return render(request, "web/desk_call.html", context, status=status)


def _words() -> dict[str, Any]:
    crisis = rules()
    return {"named": desk_words.named(crisis), "states": desk_words.STATES, "area_names": names()}


def _status(fault: Invalid | Conflict) -> int:
    return 409 if isinstance(fault, Conflict) else 422
