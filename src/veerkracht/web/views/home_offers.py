"""Offering a vacancy to who is next, and what becomes of an offer, for the home."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.offers import access, actions
from veerkracht.register.offers.models import Offer, Vacancy
from veerkracht.register.offers.queries.one import OfferPage, offer_letter, offer_page
from veerkracht.register.offers.queries.proposal import proposal
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.web import letters, offer_words
from veerkracht.web.forms import offers as forms
from veerkracht.web.forms.offers import OfferForm, VerbForm
from veerkracht.web.views.sharing import done
from veerkracht.web.who import signed_in

_OF_OFFER = {one.verb for one in (forms.Accept, forms.DeclineForm, forms.Withdraw, forms.Admit)}
_OF_VACANCY: dict[str, type[VerbForm]] = {one.verb: one for one in (forms.Move, forms.WithdrawVacancy)}


@signed_in
def vacancy(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Who is next for a vacancy; POST offers it, moves it or takes it back."""
    found = access.get_vacancy(actor, id)
    if request.method == "POST" and request.POST.get("verb") in _OF_VACANCY:
        filled = _OF_VACANCY[request.POST["verb"]](request.POST, actor, found)
        if filled.is_valid() and done(filled):
            messages.success(request, filled.done)
            return HttpResponseRedirect(reverse("home-day-of", args=[found.unit.service_id]))
        context = {"vacancy": found, "forms": _forms_of(actor, found, filled)}
        return render(request, "web/home_vacancy.html", context, status=422)
    asked = request.POST if request.method == "POST" else request.GET
    others = tuple(one for one in map(whole, asked.getlist("with")) if one is not None)
    try:
        shown = proposal(actor, found, others)
    except Invalid as no_rules:
        context = {"vacancy": found, "forms": _forms_of(actor, found), "fault": str(no_rules)}
        return render(request, "web/home_vacancy.html", context)
    form = OfferForm(request.POST if request.method == "POST" else None, shown)
    if form.is_bound and form.is_valid():
        together = [found, *(one for one in shown.together if one.pk in others)]
        try:
            offer = actions.make_offer(together, by=actor, choice=form.choice())
        except (Conflict, Invalid) as fault:
            form.add_error(None, str(fault))
        else:
            return _offered(request, actor, offer)
    context = {
        "vacancy": found,
        "found": shown,
        "form": form,
        "rows": form.rows(),
        "others": others,
        "reasons": forms.passing_choices(shown.passings),
        "forms": _forms_of(actor, found),
    }
    return render(request, "web/home_vacancy.html", context, status=422 if form.errors else 200)


def _offered(request: HttpRequest, actor: Actor, made: Offer) -> HttpResponse:
    """On to the offer, or to the day for who may not see for whom it is."""
    if offer_page(actor, made).offer.shielded:
        messages.success(request, _("The place is offered and held. Who may see this file is told."))
        return HttpResponseRedirect(reverse("home-day-of", args=[made.service_id]))
    messages.success(request, _("The place is offered. Send the letter, or call them."))
    return HttpResponseRedirect(reverse("home-day-offer", args=[made.pk]))


@signed_in
def offer(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """An offer with all that happened to it; POST records what is answered or what became of it."""
    found = access.get_offer(actor, id)
    if actor.person:
        raise Refused()
    shown, filled = offer_page(actor, found), None
    if request.method == "POST":
        filled = next((one for one in _forms(request.POST, actor, found, shown) if _is(one, request)), None)
        if filled is None:
            raise _no_such_form(request, found, shown.may_change)
        if filled.is_valid() and done(filled):
            messages.success(request, filled.done)
            return HttpResponseRedirect(reverse("home-day-offer", args=[id]))
    context = {
        "page": shown,
        "offer": shown.offer,
        "forms": [
            filled if filled and one.verb == filled.verb else one for one in _forms(None, actor, found, shown)
        ],
        **offer_words.names(),
    }
    return render(request, "web/home_offer.html", context, status=422 if filled else 200)


@signed_in
def letter(request: HttpRequest, actor: Actor, id: int, form: str) -> HttpResponse:
    """The letter about an offer, in the language of whom it is for: as a page, or as PDF."""
    if form not in ("html", "pdf"):
        raise Refused()
    text = letters.write_offer(offer_letter(actor, access.get_offer(actor, id)))
    if form == "pdf":
        answer = HttpResponse(letters.as_pdf(text), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="offer-{id}.pdf"'
        return answer
    back = reverse("my-offers") if actor.person else reverse("home-day-offer", args=[id])
    context = {"letter": text, "back": back, "pdf": reverse("home-day-letter", args=[id, "pdf"])}
    return render(request, "web/letter.html", {**context, "back_words": _("Back to the offer")})


def _no_such_form(request: HttpRequest, found: Offer, may_change: bool) -> Conflict | Refused:
    """Why a form that was sent is no longer on the page: the offer was answered meanwhile, as after a second press."""
    if may_change and found.state != "made" and request.POST.get("verb") in _OF_OFFER:
        return Conflict(actions.answered_text(found))
    return Refused()


def _is(form: VerbForm, request: HttpRequest) -> bool:
    return form.verb == request.POST.get("verb")


def _forms(data: Any, actor: Actor, found: Any, shown: OfferPage) -> list[VerbForm]:
    """What can be done with an offer as it stands."""
    if not shown.may_change:
        return []
    if shown.offer.state == "made":
        answers = [
            forms.Accept(data, actor, found),
            forms.DeclineForm(data, actor, found, shown.declines),
        ]
        return [*answers, forms.Withdraw(data, actor, found)]
    if shown.offer.state == "accepted":
        return [forms.Admit(data, actor, found), forms.Withdraw(data, actor, found)]
    return []


def _forms_of(actor: Actor, found: Vacancy, filled: VerbForm | None = None) -> list[VerbForm]:
    """What else can be done with a vacancy."""
    return [
        filled if filled and filled.verb == verb else kind(None, actor, found)
        for verb, kind in _OF_VACANCY.items()
    ]
