"""Figures on staff: reported by form or by file, looked at version by version, and corrected."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.permissions import may, require
from veerkracht.register.staff import access, actions
from veerkracht.register.staff.checks import professions, sectors
from veerkracht.register.staff.exchange.columns import COUNTS, FLOWS, KINDS, Kind
from veerkracht.register.staff.queries.versions import versions
from veerkracht.web import words
from veerkracht.web.csv_uploads import CsvFileForm, report_on
from veerkracht.web.forms.staff import LABELS, CorrectForm, RecordForm
from veerkracht.web.who import signed_in

_BY_FORM = {kind.id: kind for kind in (COUNTS, FLOWS)}


@signed_in
def record(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """The form for a count, or for who came and went; POST reports it."""
    own = access.list_own_organisations(actor).first()
    if kind not in _BY_FORM or own is None:
        raise Refused()
    form = RecordForm(_BY_FORM[kind], access.list_own_services(actor), request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            _report(form, own, actor)
        except Invalid as fault:
            form.refuse(fault)
        else:
            messages.success(request, _("Noted. It stands with your other figures."))
            return HttpResponseRedirect(reverse("staff"))
    context = {"form": form, "kind": kind, "organisation": own}
    return render(request, "web/staff_record.html", context, status=422 if form.errors else 200)


def _report(form: RecordForm, own: Any, actor: Actor) -> None:
    of, source, figures = form.of(own), form.cleaned_data["source"], form.figures()
    if form.kind is FLOWS:
        period = (form.day("from"), form.day("until"))
        actions.record_flow(of, period, figures, by=actor, source=source)  # type: ignore[arg-type]
    else:
        actions.record_count(of, form.day("on"), figures, by=actor, source=source)  # type: ignore[arg-type]


@signed_in
def count(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """One count with all its versions; who reported for that organisation can correct the latest."""
    found = access.get_count(actor, id)
    history = versions(found)
    latest = history[-1]
    may_correct = (
        may("staff.record", actor, actor.programme) and found.organisation_id == actor.organisation_id
    )
    form = (
        CorrectForm(COUNTS, request.POST or None, initial=_written(COUNTS, latest)) if may_correct else None
    )
    status = 200
    if form and form.is_bound and form.is_valid():
        try:
            words_ = {name: form.cleaned_data[name] for name in ("reason", "source")}
            new = actions.correct_count(found, form.figures(), by=actor, **words_)  # type: ignore[arg-type]
        except Invalid as fault:
            form.refuse(fault)
        except Conflict as fault:
            form.add_error(None, str(fault))
            status = 409
        else:
            messages.success(request, _("Corrected. The old figures stay below."))
            return HttpResponseRedirect(reverse("staff-count", args=[new.pk]))
    context = {
        "count": latest,
        "versions": [(one, _shown(COUNTS, one)) for one in reversed(history)],
        "form": form,
        "profession": _name(professions(), latest.profession),
        "sector": _name(sectors(), latest.sector),
        "area": names().get(latest.area, latest.area),
    }
    return render(
        request,
        "web/staff_count.html",
        context,
        status=422 if form and form.errors and status == 200 else status,
    )


@signed_in
def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Figures from a file, all or nothing; the faults stand line by line."""
    require("staff.record", actor, actor.programme)
    form = CsvFileForm(request.POST or None, request.FILES or None)
    report = report_on(form, actions.import_figures, actor)
    status = 422 if form.errors or (report and report.faults) else 200
    context = {"form": form, "report": report, "kinds": KINDS}
    return render(request, "web/staff_import.html", context, status=status)


def _written(kind: Kind, row: Any) -> dict[str, str]:
    numbers = {name: number.write(getattr(row, number.field)) for name, number in kind.numbers.items()}
    return {**numbers, "source": row.source}


def _shown(kind: Kind, row: Any) -> list[tuple[Any, str]]:
    """The figures of a version with their names, as they were written."""
    return [
        (LABELS[name], number.write(getattr(row, number.field)) or words.unknown())
        for name, number in kind.numbers.items()
    ]


def _name(known: Any, id: str) -> str:
    return next((words.said(one.name) for one in known if one.id == id), id)
