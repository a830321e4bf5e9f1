"""Places: which are free now, and holding one for somebody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register.care.access import get_request, may, require
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import access, actions
from veerkracht.register.supply.queries.places import places
from veerkracht.web import words
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.places import HoldForm
from veerkracht.web.numbers import posted
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    return _show(request, actor)


@signed_in
def hold(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The form to hold one place; POST holds it."""
    unit = access.get_unit(actor, id)
    require("place.hold", actor, unit.service.programme)
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            number = form.cleaned_data["request"]
            asked = get_request(actor, number, purpose=_("Holding a place")) if number else None
            actions.hold_place(unit, by=actor, request=asked, **form.asked())
        except Refused as fault:
            form.add_error("request", str(fault))
        except Invalid as fault:
            tell(form, fault)
        else:
            messages.success(request, _("The place is held."))
            return HttpResponseRedirect(reverse("places"))
    context = {"unit": unit, "service": unit.service, "form": form}
    return render(request, "web/place_hold.html", context, status=422 if form.errors else 200)


@signed_in
def change(request: HttpRequest, actor: Actor, id: int, verb: str) -> HttpResponse:
    """Confirm or release a hold, with the version that the reader saw."""
    verbs = {"confirm": actions.confirm_hold, "release": actions.release_hold}
    if request.method != "POST" or verb not in verbs:
        raise Refused()
    version = posted(request, "version")
    try:
        verbs[verb](access.get_hold(actor, id), by=actor, version=version)
    except (Conflict, Invalid) as fault:
        return _show(request, actor, fault=str(fault), status=409 if isinstance(fault, Conflict) else 422)
    done = {"confirm": _("The place is confirmed."), "release": _("The place is free again.")}
    messages.success(request, done[verb])
    return HttpResponseRedirect(reverse("places"))


@signed_in
def confirm_all(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The organisation says that its places stand here as they are."""
    service = access.get_service(actor, id)
    if request.method != "POST":
        raise Refused()
    actions.confirm_places(service, by=actor)
    messages.success(request, _("Noted: the places of this service stand here as they are."))
    return HttpResponseRedirect(reverse("places"))


def _show(request: HttpRequest, actor: Actor, fault: str = "", status: int = 200) -> HttpResponse:
    try:
        found = places(actor, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    context: dict[str, Any] = {
        "found": found,
        "fault": fault,
        "is_first": "after" not in request.GET,
        "may_manage": may("place.manage", actor, actor.programme),
        "programmes": {id: words.said(name) for id, name in region.current().kinds_of_help.items()},
    }
    return render(request, "web/places.html", context, status=status)
