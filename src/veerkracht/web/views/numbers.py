"""Finding a person by national number, and recording one. No number stands in an address, a page or a log line."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from veerkracht.register.care.access import Case, get_request
from veerkracht.register.care.queries.by_number import find_by_number
from veerkracht.register.cases.actions.national_numbers import ANOTHER_BIRTH_DATE, record_number
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.web import labels
from veerkracht.web.capacities import programme_name
from veerkracht.web.file_tabs import tabs
from veerkracht.web.forms.numbers import NumberForm, RecordNumberForm
from veerkracht.web.who import signed_in


@never_cache
@sensitive_post_parameters()
@signed_in
def find(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Whose number is this? Asked by POST, so that no address, history or access log keeps it."""
    require("number.search", actor, actor.programme)
    form = NumberForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_bound and form.is_valid():
        try:
            found = find_by_number(actor, form.cleaned_data["number"])
        except Invalid as fault:
            form.add_error("number", str(fault))
    context = {
        "form": form,
        "found": [(one, programme_name(one.programme)) for one in found or []],
        "is_searched": found is not None,
        "states": labels.STATES,
        "state_tags": labels.STATE_TAGS,
    }
    return render(request, "web/find.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@signed_in
def record(request: HttpRequest, actor: Actor, number: str) -> HttpResponse:
    """The national number of the person of a file; a number that is there is not shown."""
    asked = get_request(actor, number, purpose=_("Recording a national number"))
    require("number.record", actor, asked)
    form = RecordNumberForm(
        request.POST if request.method == "POST" else None, has_one=bool(asked.person.national_number_key)
    )
    if form.is_bound and form.is_valid():
        try:
            record_number(asked.person, by=actor, **form.said())
        except (Invalid, Conflict) as fault:
            form.asks_birth_date = fault.text == ANOTHER_BIRTH_DATE
            form.add_error("number", str(fault))
        else:
            messages.success(request, _("The national number is recorded."))
            return HttpResponseRedirect(reverse("file", args=[number]))
    case = Case(asked.person, asked.programme, asked.area)
    context = {"form": form, "asked": asked, "tabs": tabs(actor, case, number, "file-number")}
    return render(request, "web/national_number.html", context, status=422 if form.errors else 200)
