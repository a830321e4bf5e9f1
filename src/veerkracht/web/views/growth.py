"""The growth calendar: what was awarded, what became of it, and how long that took."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register.care.access import may, require
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.supply import access, actions
from veerkracht.register.supply import words as names_of
from veerkracht.register.supply.growth_exports import HEADS, exported
from veerkracht.register.supply.growth_reading import COLUMNS, OPTIONAL
from veerkracht.register.supply.queries import growth as queries
from veerkracht.web import charts, words
from veerkracht.web.csv_uploads import CsvFileForm, report_on
from veerkracht.web.forms.doing import tell
from veerkracht.web.forms.places import AwardForm, LapseForm, PostponeForm, RealiseForm
from veerkracht.web.place_choices import asked_programme, programme_names
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views.today_charts import register_source
from veerkracht.web.who import signed_in

_VERBS = {
    "realise": (RealiseForm, actions.realise),
    "postpone": (PostponeForm, actions.postpone),
    "lapse": (LapseForm, actions.lapse),
}


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    programme, year = asked_programme(request), request.GET.get("year", "")
    wanted = int(year) if year.isdecimal() and len(year) == 4 else None
    try:
        found = queries.awards(actor, programme, year=wanted, after=request.GET.get("after", ""))
    except Invalid as no_such_page:
        raise Refused() from no_such_page
    years = queries.years(actor, programme)
    chart = _chart(years) if years else None
    if chart and (file := charts.download(request, [chart])):
        return file
    calendars = [id for id, supply in region.current().supplies.items() if supply.growth]
    context: dict[str, Any] = {
        "found": found,
        "years": years,
        "chart": chart,
        "lead_times": queries.lead_times(actor, programme),
        "ceilings": [
            (words.said(region.current().programme(id).name), queries.ceilings(id))
            for id in calendars
            if programme in ("", id)
        ],
        "is_first": "after" not in request.GET,
        "programme": programme,
        "programmes": programme_names(),
        "year": wanted,
        "area_names": names(),
        "may_award": may("growth.decide", actor, actor.programme),
    }
    return render(request, "web/growth.html", context)


@signed_in
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form to record an award."""
    require("growth.decide", actor, actor.programme)
    programmes = [
        id
        for id, one in region.current().programmes.items()
        if one.resource != "money" and may("growth.decide", actor, id)
    ]
    form = AwardForm(request.POST or None, programmes=programmes)

    def act() -> None:
        organisation = form.cleaned_data.pop("organisation")
        actions.award(organisation, actions.NewAward(**form.cleaned_data), by=actor)

    if _done(form, act):
        messages.success(request, _("The award is recorded."))
        return redirect("growth-calendar")
    return _form(request, form, _("Record an award"), _("Record this award"))


@signed_in
def step(request: HttpRequest, actor: Actor, id: int, verb: str) -> HttpResponse:
    """The form to say what became of an award: realise, postpone or lapse."""
    if verb not in _VERBS:
        raise Refused()
    award = access.get_award(actor, id)
    made, verb_of = _VERBS[verb]
    form = made(request.POST or None, initial={"version": award.version, "units": award.left})

    def act() -> None:
        verb_of(award, by=actor, **form.cleaned_data)

    if _done(form, act):
        messages.success(request, _("It is recorded."))
        return redirect("growth-calendar")
    titles = {
        "realise": _("Places in use"),
        "postpone": _("Postpone an award"),
        "lapse": _("Places that will not come"),
    }
    lead = f"{award.organisation.name}, {words.said(names_of.growth_name(award.kind))}"
    return _form(request, form, titles[verb], _("Record"), lead)


@signed_in
def bring(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A CSV file of the calendar: all of it is added, or nothing and why."""
    require("growth.decide", actor, actor.programme)
    form = CsvFileForm(request.POST or None, request.FILES or None)
    report = report_on(form, actions.import_awards, actor)
    if report and not report.faults:
        told = _("%(added)s steps are added; %(already)s were there already.")
        messages.success(request, told % {"added": report.added, "already": report.already})
        return redirect("growth-calendar")
    context = {
        "form": form,
        "report": report,
        "columns": ",".join(COLUMNS),
        "optional": ",".join(OPTIONAL),
    }
    return render(request, "web/growth_import.html", context, status=422 if form.errors or report else 200)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The calendar as an import reads it; nothing at a secret address is in it."""
    rows = exported(actor, asked_programme(request), without_secret=True)
    return csv_file("growth-calendar", HEADS, rows)


def _done(form: forms.Form, act: Any) -> bool:
    """Whether a filled form was acted on; what was wrong is put at its field."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except (Conflict, Invalid) as fault:
        tell(form, fault)
    return not form.errors


def _form(request: HttpRequest, form: forms.Form, title: str, button: str, lead: str = "") -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "back": reverse("growth-calendar"),
    }
    return render(request, "web/place_form.html", context, status=422 if form.errors else 200)


def _chart(years: list[queries.Year]) -> charts.Chart:
    """What became of the places of each year."""
    items = [
        charts.Bar(str(one.year), value, part)
        for one in years
        for part, value in (
            (_("In use"), one.realised),
            (_("Not there yet"), one.left),
            (_("Lapsed"), one.lapsed),
        )
    ]
    return charts.bars(
        id="growth",
        title=_("What became of the places of each year"),
        words="; ".join(f"{one.name}, {one.part}: {words.number(one.value)}" for one in items),
        items=items,
        label=_("Year of the period awarded"),
        part_label=_("What became of them"),
        value_label=_("Places"),
        sources=[register_source()],
    )
