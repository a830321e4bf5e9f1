"""Results: what measures set out to do and did, what is late or unmeasured, and figures that do not agree."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, may
from veerkracht.register.results import access, actions
from veerkracht.register.results.queries import ResultView, items
from veerkracht.register.results.states import STATES
from veerkracht.web import words
from veerkracht.web.forms.doing import done
from veerkracht.web.forms.results import (
    KIND_NAMES,
    STATE_NAMES,
    JudgeForm,
    NoteForm,
    ReportForm,
    ResultFilters,
    SettleForm,
)
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every milestone of every measure, what asks for attention first."""
    found = access.list_results(actor)
    form = _filters(request, found)
    chosen = form.chosen()
    counted = Counter(one.state for one in found)
    context = {
        "results": _filtered(found, chosen),
        "total": len(found),
        "counts": [(state, STATE_NAMES[state], counted[state]) for state in STATES],
        "form": form,
        "chosen": [
            (name, form.fields[name].label, dict(form.fields[name].choices)[value])
            for name, value in chosen.items()
        ],
        "items": items() if may("money.read", actor, EVERY_PROGRAMME) else [],
        "may_publish": may("money.publish", actor, EVERY_PROGRAMME),
    }
    return render(request, "web/results.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same rows as a file."""
    found = access.list_results(actor)
    rows = [_row(one) for one in _filtered(found, _filters(request, found).chosen())]
    heads = list(rows[0]) if rows else [_("Nothing found")]
    return csv_file("results", heads, [list(row.values()) for row in rows])


@signed_in
def one(request: HttpRequest, actor: Actor, measure: str, milestone: str) -> HttpResponse:
    """A milestone with all that was reported of it; POST reports something."""
    view = access.get_result(actor, measure, milestone)
    may_report = may("result.report", actor, view.measure.programme)
    form = ReportForm(view.milestone, request.POST or None) if may_report else None
    status = 200
    if request.method == "POST":
        if form is None:
            raise Refused()
        corrects = whole(request.POST.get("corrects", ""))
        old = None if corrects is None else access.get_report(actor, corrects)

        def report() -> Any:
            return actions.report_result(measure, milestone, form.reported(), by=actor, corrects=old)

        if done(form, report):
            messages.success(request, _("Reported. It counts once somebody else has confirmed it."))
            return HttpResponseRedirect(reverse("result", args=[measure, milestone]))
        status = 422
    context = {
        "view": view,
        "form": form,
        "judge": JudgeForm(),
        "may_confirm": may("result.confirm", actor, view.measure.programme),
        "correcting": request.GET.get("correct", request.POST.get("corrects", "")),
    }
    return render(request, "web/result.html", context, status=status)


@signed_in
def confirm(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """Says for a report that it is right, or not."""
    report = access.get_report(actor, id)
    form = JudgeForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        raise Refused()
    agrees = request.POST.get("agrees") == "yes"
    try:
        actions.confirm_result(report, by=actor, agrees=agrees, text=form.cleaned_data["text"])
    except Invalid as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Confirmed.") if agrees else _("Noted that it is not right."))
    return HttpResponseRedirect(reverse("result", args=[report.measure, report.milestone]))


@signed_in
def reconciliation(request: HttpRequest, actor: Actor, item: str) -> HttpResponse:
    """Figures that do not agree, with what was said of them; POST says something, or settles it."""
    view = access.get_item(actor, item)
    note, settle = _note_forms(request, actor)
    if request.method == "POST":
        form = settle if "settle" in request.POST else note
        if form is None:
            raise Refused()
        if done(form, lambda: _say(request, actor, item, form)):
            return HttpResponseRedirect(reverse("result-reconciliation", args=[item]))
    context = {
        "view": view,
        "note": note,
        "settle": settle if view.explanation and view.explanation.by_id != actor.user_id else None,
        "kinds": dict(NoteForm.base_fields["kind"].choices),
    }
    faulty = any(form and form.is_bound and form.errors for form in (note, settle))
    return render(request, "web/result_reconciliation.html", context, status=422 if faulty else 200)


def _note_forms(request: HttpRequest, actor: Actor) -> tuple[NoteForm | None, SettleForm | None]:
    settles = may("result.confirm", actor, EVERY_PROGRAMME)
    notes = settles or may("result.report", actor, EVERY_PROGRAMME)
    is_settling = "settle" in request.POST
    note = NoteForm(None if is_settling else request.POST or None) if notes else None
    settle = SettleForm(request.POST if is_settling else None) if settles else None
    return note, settle


def _say(request: HttpRequest, actor: Actor, item: str, form: forms.Form) -> None:
    given = form.cleaned_data
    if isinstance(form, SettleForm):
        number = request.POST["settle"]
        explanation = access.get_note(actor, whole(number) or 0)
        actions.settle_reconciliation(explanation, by=actor, text=given["text"])
        messages.success(request, _("Settled."))
        return
    actions.note_reconciliation(item, by=actor, text=given["text"], kind=given["kind"])
    messages.success(request, _("Kept with these figures."))


def _filters(request: HttpRequest, found: list[ResultView]) -> ResultFilters:
    measures = {one.measure.id: words.said(one.measure.name) for one in found}
    return ResultFilters(request.GET, sorted(measures.items(), key=lambda pair: pair[1]))


def _filtered(found: list[ResultView], chosen: dict[str, str]) -> list[ResultView]:
    wanted: dict[str, Callable[[ResultView], str]] = {
        "state": lambda one: one.state,
        "kind": lambda one: one.milestone.kind,
        "measure": lambda one: one.measure.id,
    }
    return [one for one in found if all(wanted[name](one) == value for name, value in chosen.items())]


def _row(view: ResultView) -> dict[str, Any]:
    counted = view.counted
    return {
        "measure": view.measure.id,
        "measure_name": words.said(view.measure.name),
        "milestone": view.milestone.id,
        "milestone_name": words.said(view.milestone.name),
        "kind": str(KIND_NAMES[view.milestone.kind]),
        "definition": words.said(view.milestone.definition),
        "unit": words.said(view.milestone.unit),
        "baseline": view.baseline,
        "target": view.target,
        "target_on": view.milestone.target_on,
        "realised": (counted.value if counted.done is None or view.milestone.unit.en else counted.done)
        if counted
        else None,
        "realised_on": counted.on if counted else None,
        "state": view.state,
        "days_late": view.days_late or None,
        "reported": view.reported.measured.value if view.reported else None,
        "reported_on": view.reported.measured.on if view.reported else None,
    }
