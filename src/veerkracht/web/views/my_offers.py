"""The places offered to me: accept or decline one, and read what each answer does."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from veerkracht.register.errors import Refused
from veerkracht.register.offers import access
from veerkracht.register.offers.queries.my import MyOffer, my_offers, my_passings
from veerkracht.register.people.actors import Actor
from veerkracht.web import my_pages, offer_words
from veerkracht.web.forms.offers import Accept, DeclineForm, VerbForm
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """`person`: the number of whom the reader speaks for; "" for themself. POST answers one."""
    whose = my_pages.about(actor, person)
    found, filled = my_offers(actor, person), None
    if request.method == "POST":
        filled = _filled(request, actor, found)
        if filled.is_valid() and done(filled):
            messages.success(request, filled.done)
            return HttpResponseRedirect(whose.address("my-offers"))
        if faults := filled.non_field_errors():
            # The page no longer has this form when the offer was answered or its term passed meanwhile.
            messages.error(request, faults[0])
            return HttpResponseRedirect(whose.address("my-offers"))
    context = {
        "running": [
            (one, [] if whose.only_looks else _forms(actor, one, filled)) for one in found if one.offer.runs
        ],
        "accepted": [one for one in found if one.offer.state == "accepted"],
        "past": [one for one in found if not one.offer.runs and one.offer.state != "accepted"],
        "passings": my_passings(actor, person),
        "homes_address": whose.address("my-homes"),
        **offer_words.names(),
        **my_pages.context(actor, whose, "my-offers"),
    }
    return render(request, "web/my_offers.html", context, status=422 if filled else 200)


def _filled(request: HttpRequest, actor: Actor, found: list[MyOffer]) -> VerbForm:
    """The form that was sent, for an offer that can still be answered."""
    id, verb = request.POST.get("id", ""), request.POST.get("verb", "")
    mine = next((one for one in found if str(one.offer.id) == id), None)
    if mine is None or verb not in (Accept.verb, DeclineForm.verb):
        raise Refused()
    return _form(request.POST, actor, mine, verb)


def _form(data: Any, actor: Actor, mine: MyOffer, verb: str) -> VerbForm:
    offer = access.get_offer(actor, mine.offer.id)
    if verb == Accept.verb:
        return Accept(data, actor, offer)
    return DeclineForm(data, actor, offer, mine.declines)


def _forms(actor: Actor, mine: MyOffer, filled: VerbForm | None) -> list[VerbForm]:
    made = [_form(None, actor, mine, verb) for verb in (Accept.verb, DeclineForm.verb)]
    is_here = filled is not None and filled.thing.pk == mine.offer.id
    return [filled if is_here and filled and filled.verb == one.verb else one for one in made]
