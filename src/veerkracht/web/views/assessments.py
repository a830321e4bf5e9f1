"""Assessments: of one person, as a tab of a file or by the number of the person; recording, correcting, withdrawing
them; and which expire.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from veerkracht.region.assessments import Instrument
from veerkracht.register import clock
from veerkracht.register.assessments import access, actions
from veerkracht.register.assessments.queries import duties, expiring, missing, told
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.care.access import case_of, get_request
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.residence.access import stay_of
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms.assessments import AssessmentForm, CorrectionForm, WithdrawalForm, as_filled
from veerkracht.web.forms.doing import done
from veerkracht.web.who import signed_in

_SOON = 60
_CHOICES = (30, 60, 90, 180)


@signed_in
def of_file(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The assessments of the person of a request, beside the rest of the file."""
    asked = get_request(actor, number)
    context = {"asked": asked, "tabs": tabs(actor, case_of(asked), number, "file-assessments")}
    return _page(request, actor, asked, asked.person, context)


@signed_in
def of_person(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The assessments of somebody whose home or team one is."""
    person = access.get_person(actor, number)
    return _page(request, actor, person, person, {"stay": stay_of(actor, person)})


@signed_in
def soon(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Which results expire, or did; or who should have been measured and was not, by one duty of the region."""
    duty = request.GET.get("duty", "")
    if duty:
        return _without(request, actor, duty)
    given = request.GET.get("days", "")
    days = int(given) if given in map(str, _CHOICES) else _SOON
    try:
        page = expiring(actor, days, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    context = {"page": page, "days": days, **_lists(request)}
    return render(request, "web/assessments_soon.html", context)


def _without(request: HttpRequest, actor: Actor, duty: str) -> HttpResponse:
    try:
        page = missing(actor, duty, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    return render(request, "web/assessments_missing.html", {"page": page, **_lists(request)})


def _lists(request: HttpRequest) -> dict[str, Any]:
    """What both lists need: how far ahead one can look, the duties, and whether this is the first page."""
    return {"choices": _CHOICES, "duties": duties(), "is_first": "after" not in request.GET}


@signed_in
def correct(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The form to put a result right: a newer one with its reason."""
    found = access.get_assessment(actor, id)
    instrument = definitions().instruments.get(found.instrument)
    if instrument is None:
        raise Refused()
    form = CorrectionForm(instrument, request.POST or None, initial=as_filled(found))

    def act() -> Any:
        why = form.cleaned_data["why"]
        return actions.correct_assessment(found, by=actor, measured=form.measured(), why=why)

    if done(form, act):
        messages.success(request, _("The assessment is corrected; what it said before stays on record."))
        return redirect("assessments-person", found.person.number)
    return _form(request, form, _("Correct an assessment"), _("Correct"), found.person)


@signed_in
def withdraw(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The form to take a result away that should not be there."""
    found = access.get_assessment(actor, id)
    form = WithdrawalForm(request.POST or None)
    if done(form, lambda: actions.withdraw_assessment(found, by=actor, why=form.cleaned_data["why"])):
        messages.success(request, _("The assessment is withdrawn; what it said stays on record."))
        return redirect("assessments-person", found.person.number)
    return _form(request, form, _("Withdraw an assessment"), _("Withdraw"), found.person)


def _page(
    request: HttpRequest, actor: Actor, matter: Any, person: Person, context: dict[str, Any]
) -> HttpResponse:
    """What was measured, and the form for one more; POST records it."""
    view = told(actor, matter)
    instrument = _instrument(request)
    form = (
        AssessmentForm(instrument, request.POST or None, initial={"on": clock.today()})
        if instrument
        else None
    )

    def act() -> Any:
        return actions.record_assessment(person, by=actor, measured=form.measured())

    if form is not None and done(form, act):
        messages.success(request, _("The assessment is recorded."))
        return redirect(request.path)
    context |= {
        "person": person,
        "view": view,
        "instruments": definitions().instruments.values(),
        "instrument": instrument,
        "form": form if view.may_record else None,
    }
    return render(request, "web/assessments.html", context, status=422 if form and form.errors else 200)


def _instrument(request: HttpRequest) -> Instrument | None:
    """The one whose form is shown: that was asked for, or the first."""
    known = definitions().instruments
    return known.get(request.GET.get("instrument", "")) or next(iter(known.values()), None)


def _form(request: HttpRequest, form: forms.Form, title: str, button: str, person: Person) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "person": person}
    return render(request, "web/assessment_form.html", context, status=422 if form.errors else 200)
