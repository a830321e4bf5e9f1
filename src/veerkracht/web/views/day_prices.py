"""What a day in a home costs and cost; a new price, and one that was written down wrongly, for who works there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence import access, actions
from veerkracht.register.residence.queries import PricePage, price_page
from veerkracht.register.residence.rules import rules
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.register.supply.words import kind_name
from veerkracht.web.forms.prices import CorrectionForm, PriceForm
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The prices of a home; POST records a new one, or corrects the last of its kind."""
    try:
        found = price_page(actor, id)
    except Invalid as no_rules:
        # A region that says nothing of stays has no prices.
        raise Refused() from no_rules
    sent = _sent(request, found)
    if sent is not None and sent.is_valid() and _done(actor, found, sent):
        messages.success(request, _("The price is recorded."))
        return HttpResponseRedirect(reverse("home-prices", args=[id]))
    return render(request, "web/home_prices.html", _context(found, sent), status=422 if sent else 200)


def _sent(request: HttpRequest, found: PricePage) -> PriceForm | None:
    """The form that was sent. Raises `Refused` for what this page does not offer."""
    if request.method != "POST":
        return None
    if not found.may_set:
        raise Refused()
    if request.POST.get("verb") == PriceForm.verb:
        return PriceForm(request.POST, found)
    forms = (CorrectionForm(request.POST, found, one) for one in found.prices if one.is_last)
    form = next((one for one in forms if str(one.price.id) == request.POST.get("id")), None)
    if form is None:
        raise Refused()
    return form


def _done(actor: Actor, found: PricePage, form: PriceForm) -> bool:
    try:
        if isinstance(form, CorrectionForm):
            price = access.get_price(actor, form.price.id)
            if price.version != form.cleaned_data["version"]:
                raise Conflict(CHANGED_MEANWHILE)
            said = form.said(price.unit_kind)
            actions.correct_price(price, by=actor, said=said, why=form.cleaned_data["why"])
        else:
            from_date = form.cleaned_data["from_date"]
            actions.set_price(found.home, by=actor, said=form.said(), from_date=from_date)
    except Invalid as fault:
        form.blame(fault.field, str(fault))
    except Conflict as fault:
        form.add_error(None, str(fault))
    else:
        return True
    return False


def _context(found: PricePage, sent: PriceForm | None) -> dict[str, Any]:
    known, new = rules(), sent if sent and sent.verb == PriceForm.verb else None
    corrections = [
        sent
        if isinstance(sent, CorrectionForm) and sent.price.id == one.id
        else CorrectionForm(None, found, one)
        for one in found.prices
        if one.is_last
    ]
    return {
        "found": found,
        "home": found.home,
        "passings": [(one.on, float(one.share)) for one in reversed(found.passings)],
        "shown": sorted(found.prices, key=lambda one: (one.from_date, one.id), reverse=True),
        "grounds": {id: one.name for id, one in known.grounds.items()},
        "parts": {id: one.name for id, one in known.parts.items()},
        "kinds": {one.unit_kind: kind_name(one.unit_kind) for one in found.prices},
        "form": (new or PriceForm(None, found)) if found.may_set else None,
        "corrections": corrections if found.may_set else [],
    }
