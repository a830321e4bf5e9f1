"""Who speaks for a person: a page beside the file, and a code with which they sign in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from veerkracht.register import clock
from veerkracht.register.care.access import case_of, get_request, may
from veerkracht.register.care.actions.codes import give_code, give_own_code
from veerkracht.register.cases.protection import end_representation, record_representation
from veerkracht.register.cases.protection.representatives import get_representation, representatives_of
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions.matrix import matrix
from veerkracht.web import labels
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.file_parts import EndRepresentationForm, RepresentationForm
from veerkracht.web.who import signed_in
from veerkracht.web.words import said


@signed_in
def page(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """Who speaks for a person; POST records somebody."""
    form = RepresentationForm(request.POST if request.method == "POST" else None)
    return _show(request, actor, number, form)


@require_POST
@signed_in
def end(request: HttpRequest, actor: Actor, number: str, id: int) -> HttpResponse:
    found = get_representation(actor, case_of(get_request(actor, number)), id)
    form = EndRepresentationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Fill in the last day."))
        return _back(number)
    try:
        end_representation(found, by=actor, on=form.cleaned_data["on"])
    except Invalid as invalid:
        messages.error(request, str(invalid))
    else:
        messages.success(request, _("It was written down until when they speak for this person."))
    return _back(number)


@require_POST
@signed_in
def code(request: HttpRequest, actor: Actor, number: str, id: int) -> HttpResponse:
    """A new personal code for who speaks for a person; it shows once."""
    found = get_representation(actor, case_of(get_request(actor, number)), id)
    try:
        made = give_code(found, by=actor)
    except Invalid as invalid:
        messages.error(request, str(invalid))
        return _back(number)
    return _show(request, actor, number, RepresentationForm(), code=made, code_of=found.representative.number)


@require_POST
@signed_in
def own_code(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """A new personal code for the person themself; it shows once."""
    case = case_of(get_request(actor, number))
    try:
        made = give_own_code(case, by=actor)
    except Invalid as invalid:
        messages.error(request, str(invalid))
        return _back(number)
    return _show(request, actor, number, RepresentationForm(), code=made, code_of=case.person.number)


def _back(number: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("file-representatives", args=[number]))


def _show(
    request: HttpRequest, actor: Actor, number: str, form: RepresentationForm, **more: Any
) -> HttpResponse:
    asked = get_request(actor, number)
    case = case_of(asked)
    held = representatives_of(actor, case)
    if form.is_bound and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "source", "from_date", "until_date")}
        try:
            record_representation(case, by=actor, representative=form.representative(actor, case), **given)
        except Invalid as invalid:
            tell(form, invalid)
        else:
            messages.success(request, _("It was written down who speaks for this person."))
            return _back(number)
    context = {
        "asked": asked,
        "held": held,
        "kinds": labels.REPRESENTATIVE_KINDS,
        "field_groups": {id: said(name) for id, name in matrix().fields.items()},
        "form": form if may("representation.record", actor, case) else None,
        "today": clock.today(),
        "tabs": tabs(actor, case, number, "file-representatives"),
        **more,
    }
    response = render(request, "web/file_representatives.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "private, no-store"
    return response
