"""Who lives in a home, and one stay: what happened, what it costs, and what can be recorded of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import actions
from veerkracht.register.residence.queries import residents
from veerkracht.register.residence.queries.one import OneStay, one_stay
from veerkracht.register.supply.access import get_service, get_unit
from veerkracht.rulebook.types import Text
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.residents import FORMS, HappenedForm
from veerkracht.web.stay_words import HAPPENED
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    home = get_service(actor, id)
    name, after = request.GET.get("name", "").strip()[:100], request.GET.get("after", "")
    try:
        found = residents(actor, home, name=name, after=after)
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    context = {
        "home": home,
        "found": found,
        "name": name,
        "is_first": not after,
        "categories": _categories(home.programme),
    }
    return render(request, "web/home_residents.html", context)


@signed_in
def stay(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    return _show(request, one_stay(actor, id))


@signed_in
def change(request: HttpRequest, actor: Actor, id: int, verb: str) -> HttpResponse:
    """Record what happened, with the version that the reader saw."""
    if request.method != "POST" or verb not in FORMS:
        raise Refused()
    found = one_stay(actor, id)
    form = FORMS[verb](request.POST, found)
    if not form.is_valid():
        return _show(request, found, verb, form, status=422)
    try:
        _record(actor, found, verb, form.asked())
    except Invalid as fault:
        tell(form, fault)
        return _show(request, found, verb, form, status=422)
    except Conflict as fault:
        form.add_error(None, str(fault))
        return _show(request, found, verb, form, status=409)
    messages.success(request, _("Noted."))
    return HttpResponseRedirect(reverse("home-resident", args=[id]))


def _categories(programme: str) -> dict[str, Text]:
    return {one.id: one.name for one in region.current().programme(programme).care_categories}


def _record(actor: Actor, found: OneStay, verb: str, asked: dict[str, Any]) -> None:
    verbs = {
        "leave": actions.leave_for,
        "return": actions.come_back,
        "move": actions.move_ward,
        "end": actions.end_stay,
        "pay": actions.start_contribution,
        "paid": actions.end_contribution,
    }
    if "unit" in asked:
        asked["unit"] = get_unit(actor, asked["unit"])
    thing = asked.pop("contribution", found.residence)
    verbs[verb](thing, by=actor, **asked)


def _show(
    request: HttpRequest, found: OneStay, verb: str = "", form: HappenedForm | None = None, status: int = 200
) -> HttpResponse:
    forms = {name: kind(None, found) for name, kind in FORMS.items()}
    if form is not None:
        forms[verb] = form
    heads = {
        "leave": _("Away for a while"),
        "return": _("Back again"),
        "move": _("To another place here"),
        "end": _("The stay ends"),
        "pay": _("Something is paid beside it"),
        "paid": _("Something is no longer paid"),
    }
    shown = _offered(found)
    context = {
        "found": found,
        "residence": found.residence,
        "categories": _categories(found.residence.service.programme),
        "forms": [(name, heads[name], forms[name], name == verb) for name in shown if name not in _OF_PRICE],
        "price_forms": [
            (name, heads[name], forms[name], name == verb) for name in shown if name in _OF_PRICE
        ],
        "happened_words": HAPPENED,
    }
    return render(request, "web/resident.html", context, status=status)


# What is said beside the bill, and not beside the stay.
_OF_PRICE = ("pay", "paid")


def _offered(found: OneStay) -> list[str]:
    """What can be recorded now."""
    offered = []
    if found.may_change:
        offered.append("return" if found.residence.away_since else "leave")
        offered += ["move"] if found.free else []
    if found.may_end:
        offered.append("end")
    if found.may_price:
        offered += ["pay", *(["paid"] if found.going_on else [])]
    return offered
