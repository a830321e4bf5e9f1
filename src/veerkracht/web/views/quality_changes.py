"""Reporting values one by one or from a file, correcting and withdrawing them; starting and ending an improvement."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality import access, actions
from veerkracht.register.quality.measured import indicator_of
from veerkracht.register.quality.models import IndicatorValue
from veerkracht.register.quality.reading import COLUMNS
from veerkracht.register.supply.models import Service
from veerkracht.web import quality_words, words
from veerkracht.web.csv_uploads import CsvFileForm, report_on
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.quality import (
    CorrectionForm,
    EndForm,
    ImprovementForm,
    ValueForm,
    WithdrawalForm,
)
from veerkracht.web.who import signed_in

# What an action calls a field, and how the form does.
_FIELDS = {"from": "begins", "until": "begins", "service": "of", "indicator": "indicators"}


@signed_in
def record(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form to report one value."""
    units, indicators = _units(actor), access.list_indicators(actor)
    form = ValueForm(request.POST or None, units=units, indicators=indicators)

    def act() -> int:
        organisation, measured = form.measured()
        actions.record_values(organisation, by=actor, values=[measured])
        return organisation.pk

    page = _Page(_("Report a value"), _("Report this value"), told=_("The value is reported."))
    return _answered(request, form, act, page)


@signed_in
def correct(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The form to correct a value: a new version with its reason."""
    value = access.get_value(actor, id)
    indicator = indicator_of(value.indicator)
    now = {name: getattr(value, name) for name in ("numerator", "denominator", "spread", "stratum", "source")}
    form = CorrectionForm(request.POST or None, initial=now, indicator=indicator)

    def act() -> int:
        new = actions.correct_value(
            value, by=actor, measured=form.measured(value), why=form.cleaned_data["why"]
        )
        return int(new.organisation_id)

    told = _("The value is corrected; what it said before stays on record.")
    return _answered(request, form, act, _Page(_("Correct a value"), _("Correct"), told, _about(value)))


@signed_in
def withdraw(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The form to take a value away that should not be there."""
    value = access.get_value(actor, id)
    form = WithdrawalForm(request.POST or None)

    def act() -> int:
        actions.withdraw_value(value, by=actor, why=form.cleaned_data["why"])
        return int(value.organisation_id)

    told = _("The value is withdrawn; what it said stays on record.")
    return _answered(request, form, act, _Page(_("Withdraw a value"), _("Withdraw"), told, _about(value)))


@signed_in
def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A CSV file of values: all of them are reported, or none and why."""
    access.list_own_organisations(actor)
    form = CsvFileForm(request.POST or None, request.FILES or None)
    report = report_on(form, actions.import_values, actor)
    if report and not report.faults:
        told = _("%(added)s values are reported; %(already)s were there already.")
        messages.success(request, told % {"added": report.added, "already": report.already})
        return redirect("quality")
    context = {"form": form, "report": report, "columns": ",".join(COLUMNS)}
    status = 422 if form.errors or report else 200
    return render(request, "web/quality_import.html", context, status=status)


@signed_in
def improve(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form to say what is done to better some indicators."""
    units, indicators = _units(actor), access.list_indicators(actor)
    form = ImprovementForm(request.POST or None, units=units, indicators=indicators)

    def act() -> int:
        organisation, meant = form.meant()
        actions.start_improvement(organisation, by=actor, meant=meant)
        return organisation.pk

    page = _Page(
        _("Start an improvement"), _("Record this improvement"), told=_("The improvement is recorded.")
    )
    return _answered(request, form, act, page)


@signed_in
def end(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """The form to say when an improvement was done for the last time."""
    improvement = access.get_improvement(actor, id)
    form = EndForm(request.POST or None, initial={"version": improvement.version})

    def act() -> int:
        said = form.cleaned_data
        actions.end_improvement(improvement, by=actor, on=said["on"], version=said["version"])
        return int(improvement.organisation_id)

    told = _("The improvement is ended.")
    page = _Page(_("End an improvement"), _("End this improvement"), told, improvement.what)
    return _answered(request, form, act, page)


def _units(actor: Actor) -> list[tuple[Organisation, Service | None]]:
    """For whom somebody may report: their organisation as a whole, and each of its services."""
    services = list(access.list_own_services(actor))
    units: list[tuple[Organisation, Service | None]] = []
    for organisation in access.list_own_organisations(actor):
        units.append((organisation, None))
        units += [(organisation, one) for one in services if one.organisation_id == organisation.pk]
    return units


def _about(value: IndicatorValue) -> str:
    indicator = indicator_of(value.indicator)
    return f"{words.said(indicator.name)}, {quality_words.period(indicator, value.from_date)}"


@dataclass(frozen=True)
class _Page:
    """The words of a page with one form; `told`: what is said once it is done."""

    title: str
    button: str
    told: str
    lead: str = ""


def _answered(request: HttpRequest, form: forms.Form, act: Callable[[], int], page: _Page) -> HttpResponse:
    """The form, with what is wrong at its fields; once `act` did what it asks, the organisation that it gives."""
    if form.is_bound and form.is_valid():
        try:
            organisation = act()
        except Invalid as fault:
            tell(form, fault, _FIELDS)
        else:
            messages.success(request, page.told)
            return redirect("quality-organisation", organisation)
    context = {"form": form, "title": page.title, "button": page.button, "lead": page.lead}
    return render(request, "web/quality_form.html", context, status=422 if form.errors else 200)
