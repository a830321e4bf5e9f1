"""Noting a complaint or heightened supervision of a home, putting it right, and taking it away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from veerkracht.region.signals import SignalKind
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.quality import actions
from veerkracht.register.quality.measured import definitions
from veerkracht.register.quality.signals import get_signal
from veerkracht.register.supply.access import get_service
from veerkracht.register.supply.models import Service
from veerkracht.web.forms.doing import done
from veerkracht.web.forms.quality import WithdrawalForm
from veerkracht.web.forms.signals import SignalCorrectionForm, SignalForm, as_filled
from veerkracht.web.who import signed_in

# What an action calls a field, and how the form does.
_FIELDS = {"from": "begins"}


@signed_in
def note(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    service = get_service(actor, id)
    require("signal.record", actor, service.programme)
    form = SignalForm(kinds_of(service.programme), request.POST or None)
    if done(form, lambda: actions.note_signal(service, by=actor, noted=form.noted()), _FIELDS):
        messages.success(request, _("It is noted."))
        return redirect("intensity-home", service.pk)
    return _form(request, form, service, _("Note a complaint or supervision"), _("Note it"))


@signed_in
def correct(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    signal = get_signal(actor, id)
    form = SignalCorrectionForm(
        kinds_of(signal.service.programme), request.POST or None, initial=as_filled(signal)
    )

    def act() -> Any:
        return actions.correct_signal(signal, by=actor, noted=form.noted(), why=form.cleaned_data["why"])

    if done(form, act, _FIELDS):
        messages.success(request, _("It is corrected; what it said before stays on record."))
        return redirect("intensity-home", signal.service_id)
    return _form(request, form, signal.service, _("Correct what was noted"), _("Correct"))


@signed_in
def withdraw(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    signal = get_signal(actor, id)
    form = WithdrawalForm(request.POST or None)
    if done(form, lambda: actions.withdraw_signal(signal, by=actor, why=form.cleaned_data["why"]), _FIELDS):
        messages.success(request, _("It is withdrawn; what it said stays on record."))
        return redirect("intensity-home", signal.service_id)
    return _form(request, form, signal.service, _("Withdraw what was noted"), _("Withdraw"))


def kinds_of(programme: str) -> list[SignalKind]:
    """The kinds of signals that the region knows for a help."""
    quality = definitions()
    known = quality.signals.values() if quality else ()
    return [one for one in known if one.programme == programme]


def _form(request: HttpRequest, form: forms.Form, service: Service, title: str, button: str) -> HttpResponse:
    context = {"form": form, "service": service, "title": title, "button": button}
    return render(request, "web/signal_form.html", context, status=422 if form.errors else 200)
