"""What an organisation says of its own places: closing one for a while or for good, opening it, and files of all."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from veerkracht.register import clock
from veerkracht.register.care.access import require
from veerkracht.register.errors import Conflict
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import access, actions
from veerkracht.register.supply.exports import HEADS, exported
from veerkracht.register.supply.models import Unit
from veerkracht.register.supply.reading import COLUMNS, LIMITS, OPTIONAL
from veerkracht.web.csv_uploads import CsvFileForm, report_on
from veerkracht.web.forms.doing import done, tell
from veerkracht.web.forms.places import CloseForm, EndForm
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in
from veerkracht.web.words import day


@signed_in
def close(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The form to close a place for a while; POST closes it."""
    unit = _own(actor, id)
    form = CloseForm(request.POST or None, initial={"from_date": clock.today()})
    words = {
        "title": _("Close a place"),
        "button": _("Close this place"),
        "aside": {
            "address": reverse("place-end", args=[id]),
            "words": _("Does this place go away for good?"),
        },
    }
    if _done(form, lambda facts: actions.close_unit(unit, by=actor, **facts)):
        messages.success(request, _("The place is closed."))
        return redirect("places")
    return _form_page(request, unit, form, words)


@signed_in
def end(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The form to say that a place goes away for good, or stays after all; POST says it."""
    unit = _own(actor, id)
    form = EndForm(request.POST or None, initial={"on": unit.until_date})
    if _done(form, lambda facts: actions.end_unit(unit, by=actor, **facts)):
        last = form.cleaned_data["on"]
        told = _("The place is there until %(day)s.") % {"day": day(last)} if last else _("The place stays.")
        messages.success(request, told)
        return redirect("places")
    words = {"title": _("A place that goes away for good"), "button": _("Keep this day")}
    return _form_page(request, unit, form, words)


def _own(actor: Actor, id: int) -> Unit:
    unit = access.get_unit(actor, id)
    require("place.manage", actor, unit.service.programme)
    return unit


def _done(form: Form, verb: Callable[[dict[str, Any]], object]) -> bool:
    """As `done`; that somebody has the place is told in the form too."""
    try:
        return done(form, lambda: verb(form.cleaned_data))
    except Conflict as conflict:
        tell(form, conflict)
        return False


def _form_page(request: HttpRequest, unit: Unit, form: Form, words: dict[str, Any]) -> HttpResponse:
    context = {"lead": f"{unit.name}, {unit.service.name}", "back": reverse("places"), "form": form, **words}
    return render(request, "web/place_form.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def reopen(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    actions.reopen(access.get_unit(actor, id), by=actor)
    messages.success(request, _("The place is open again."))
    return redirect("places")


@signed_in
def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A CSV file of places: all of them are added and their closings changed, or nothing and why."""
    require("place.manage", actor, actor.programme)
    form = CsvFileForm(request.POST or None, request.FILES or None)
    report = report_on(form, actions.import_places, actor, LIMITS)
    if report and not report.faults:
        told = _(
            "%(added)s places are added and %(closings)s closings changed; %(already)s places were there already."
        )
        counts = {"added": report.added, "closings": report.closings_changed, "already": report.already}
        messages.success(request, told % counts)
        return redirect("places")
    context: dict[str, Any] = {
        "form": form,
        "report": report,
        "columns": ",".join(COLUMNS),
        "optional": ",".join(OPTIONAL),
    }
    return render(request, "web/places_import.html", context, status=422 if form.errors or report else 200)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All units as an import reads them; a service at a secret address is never among them."""
    return csv_file("places", HEADS, exported(actor, without_secret=True))
