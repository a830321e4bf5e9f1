"""Try a rule: what a draft of the rules would do to the real list. Nothing is kept, nothing is published."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from veerkracht.register import clock
from veerkracht.register.care.access import may, require
from veerkracht.register.care.queries.protected import free_cents
from veerkracht.register.care.queries.trial import try_rule
from veerkracht.register.care.queries.trial_results import Trial
from veerkracht.register.care.queries.underway import Underway, turns_soon
from veerkracht.register.errors import Refused, text_of
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Programme
from veerkracht.web import charts, examples
from veerkracht.web.forms.try_ import TryForm
from veerkracht.web.programmes import chosen, names_of
from veerkracht.web.views import try_charts
from veerkracht.web.who import signed_in
from veerkracht.web.words import said

_NOT_FIELDS = ("programme", "download")


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The rules in force as a form; and once something in it is changed, who wins and who loses."""
    programme = chosen(request, actor)
    require("round.dry-run", actor, programme.id)
    form = _form(request, actor, programme)
    trial = _tried(actor, programme, form)
    drawings = try_charts.all_of(trial) if trial else {}
    if file := charts.download(request, drawings.values()):
        return file
    context = {
        "programme": programme,
        "form": form,
        "trial": trial,
        "examples": examples.of(programme, clock.today(), form.initial["money"]),
        "turns_address": reverse("try-turns", query=request.GET),
        "may_list": may("request.list", actor, programme.id),
        **drawings,
        **names_of(programme),
    }
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    name = "web/parts/try_answer.html" if is_part else "web/try.html"
    # What htmx puts into the page must arrive as 200; its faults are words inside it.
    return render(request, name, context, status=422 if form.errors and not is_part else 200)


def _form(request: HttpRequest, actor: Actor, programme: Programme) -> TryForm:
    asked = {name: value for name, value in request.GET.items() if name not in _NOT_FIELDS}
    return TryForm(asked, programme, clock.today(), free_cents(actor, programme))


def _tried(actor: Actor, programme: Programme, form: TryForm) -> Trial | None:
    """The trial that a form asks for; None, with the reason in the form, when there can be none."""
    if not form.is_valid():
        return None
    try:
        asked = form.cleaned_data
        return try_rule(actor, programme.id, form.draft(), asked["on"], asked["money"])
    except Refused:
        raise
    except Fault as fault:
        form.add_error(None, said(text_of(fault)))
        return None


@signed_in
def turns(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the draft does to the expected turns; a page of its own, and a part that the other fetches."""
    programme = chosen(request, actor)
    require("round.dry-run", actor, programme.id)
    form = _form(request, actor, programme)
    told: dict[str, Any] = {}
    if form.is_valid():
        try:
            asked = form.cleaned_data
            found = turns_soon(actor, programme.id, form.draft(), asked["on"], plan=asked["plan"])
            told = {"underway": found} if isinstance(found, Underway) else {"turns": found}
        except Refused:
            raise
        except Fault as fault:
            form.add_error(None, said(text_of(fault)))
    context = {"programme": programme, "form": form, "back": reverse("try", query=request.GET), **told}
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    name = "web/parts/try_turns.html" if is_part else "web/try_turns.html"
    return render(request, name, context, status=422 if form.errors and not is_part else 200)
