"""The crisis desk: a call and its search in one page, the matches, and what is done with one search."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from veerkracht.register import clock
from veerkracht.register.crisis import access, actions
from veerkracht.register.crisis.models import Search
from veerkracht.register.crisis.queries.desk import call_backs, duty, search_view
from veerkracht.register.crisis.queries.families import same_family_elsewhere
from veerkracht.register.crisis.queries.matches import matches
from veerkracht.register.crisis.rules import rules
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.shelter.queries.stays import stay_after
from veerkracht.register.supply.access import get_service
from veerkracht.web import desk_words, words
from veerkracht.web.forms.desk import CallBackForm, SearchForm, choices
from veerkracht.web.forms.doing import tell
from veerkracht.web.numbers import posted
from veerkracht.web.who import signed_in


@never_cache
@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who needs what, from where; POST writes the call down and searches."""
    access.require_desk("search.place", actor)
    form = SearchForm(rules(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _begin(request, actor)
            call = actions.take_call(form.told(), by=actor)
            made = actions.search(call, form.need(), by=actor, reference=form.search_reference)
        except Invalid as fault:
            tell(form, fault)
        else:
            return HttpResponseRedirect(reverse("desk-search", args=[made.number]))
    form.focus_on_fault()
    context = {
        "form": form,
        "areas": sorted(names().values()),
        "shift": duty(actor),
        "shifts": _shifts(),
        "call_backs": call_backs(actor)[:5],
    }
    return render(request, "web/desk.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, actor: Actor) -> None:
    """Begin the shift that is asked for together with a search; nothing for who is on duty already."""
    kind = request.POST.get("begin", "")
    if kind and duty(actor) is None:
        try:
            actions.start_shift(by=actor, kind=kind)
        except Invalid as fault:
            # Above the form: its own field by that name is about the help.
            raise Invalid(fault.text, "shift") from None


@signed_in
def shift(request: HttpRequest, actor: Actor, verb: str) -> HttpResponse:
    """Begin or end one's shift."""
    if request.method != "POST" or verb not in ("start", "end"):
        raise Refused()
    try:
        if verb == "start":
            actions.start_shift(by=actor, kind=request.POST.get("kind", ""))
            messages.success(request, _("Your shift has begun."))
        else:
            actions.end_shift(by=actor)
            messages.success(request, _("Your shift has ended."))
    except Invalid as fault:
        messages.error(request, str(fault))
    return HttpResponseRedirect(reverse("desk"))


@never_cache
@signed_in
def search(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """One search: the places that fit, or the one that is held or found."""
    return _show(request, actor, number)


@never_cache
@signed_in
def change(request: HttpRequest, actor: Actor, number: str, verb: str) -> HttpResponse:
    """What is done with a search, with the version that the reader saw."""
    if request.method != "POST" or verb not in _VERBS:
        raise Refused()
    found = access.get_search(actor, number)
    try:
        said = _VERBS[verb](request, actor, found)
    except (Invalid, Conflict) as fault:
        return _show(request, actor, number, fault, status=409 if isinstance(fault, Conflict) else 422)
    messages.success(request, said.words)
    return HttpResponseRedirect(reverse("desk-search", args=[said.number]))


class _Done:
    """What is said when it is done, and which search is shown then."""

    def __init__(self, words: str, search: Search):
        self.words, self.number = words, search.number


def _hold(request: HttpRequest, actor: Actor, found: Search) -> _Done:
    service = get_service(actor, posted(request, "service"))
    actions.hold_for(found, service, by=actor, version=posted(request, "version"))
    return _Done(_("The place is held. Call the service now, and confirm."), found)


def _confirm(request: HttpRequest, actor: Actor, found: Search) -> _Done:
    transport, version = request.POST.get("transport", ""), posted(request, "version")
    actions.confirm(found, by=actor, transport=transport, version=version)
    return _Done(_("They can come. The place is theirs."), found)


def _release(request: HttpRequest, actor: Actor, found: Search) -> _Done:
    actions.release(found, by=actor, version=posted(request, "version"))
    return _Done(_("The place is given back. Take the next one."), found)


def _refuse(request: HttpRequest, actor: Actor, found: Search) -> _Done:
    service = get_service(actor, posted(request, "service"))
    actions.refuse(found, service, by=actor, reason=request.POST.get("reason", ""), **_note(request))
    return _Done(_("Noted. Take the next one."), found)


def _none(request: HttpRequest, actor: Actor, found: Search) -> _Done:
    reason, fallback = request.POST.get("reason", ""), request.POST.get("fallback", "")
    actions.none_found(found, by=actor, reason=reason, fallback=fallback, **_note(request))
    return _Done(_("Noted: no place was found. It counts."), found)


def _end(request: HttpRequest, actor: Actor, found: Search) -> _Done:
    actions.end_search(found, by=actor, version=posted(request, "version"), **_note(request))
    return _Done(_("The search has ended."), found)


def _again(request: HttpRequest, actor: Actor, found: Search) -> _Done:
    return _Done(_("A new search for the same family."), actions.search_again(found, by=actor))


_VERBS: dict[str, Callable[[HttpRequest, Actor, Search], _Done]] = {
    "hold": _hold,
    "confirm": _confirm,
    "release": _release,
    "refuse": _refuse,
    "none": _none,
    "end": _end,
    "again": _again,
}


def _show(
    request: HttpRequest,
    actor: Actor,
    number: str,
    fault: Invalid | Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    view = search_view(actor, number)
    crisis = rules()
    is_open = view.state == Search.State.OPEN
    listed = ("refusal", "none_reason", "fallback", "transport")
    context: dict[str, Any] = {
        "view": view,
        "search": view.search,
        "matches": matches(actor, view.search) if is_open else None,
        "elsewhere": same_family_elsewhere(actor, view.search),
        "fault": fault,
        "asks_to_be_sure": fault is not None and getattr(fault, "field", "") == "note",
        "posted": request.POST,
        "stay": stay_after(actor, view.search) if view.state == Search.State.PLACED else None,
        "back": _call_back_form() if view.none_found else None,
        "shift": duty(actor),
        "area_names": names(),
        "kind": words.said(crisis.kinds[view.search.kind].name),
        "zone": words.said(crisis.zones[view.search.zone].name),
        "named": desk_words.named(crisis),
        "steps": desk_words.STEPS,
        "states": desk_words.STATES,
        **{name: choices(crisis, name) for name in listed},
    }
    return render(request, "web/desk_search.html", context, status=status)


def _call_back_form() -> CallBackForm:
    """In haste the number is what is typed first; how soon stands there already."""
    form = CallBackForm()
    form.fields["how"].widget.attrs["autofocus"] = True
    return form


def _shifts() -> list[tuple[str, str]]:
    """The shifts that can be started now."""
    crisis, now, zone = rules(), clock.now(), desk_words.time_zone()
    return [(one.id, words.said(one.name)) for one in crisis.shifts.values() if one.ends(now, zone)]


def _note(request: HttpRequest) -> dict[str, Any]:
    return {"note": request.POST.get("note", ""), "is_sure": "is_sure" in request.POST}
