"""How many searches and calls there were, and what came of them: a table, and the same as a file."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.crisis.queries.counts import Counts, counts
from veerkracht.register.crisis.queries.room import room
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.web import desk_words, words
from veerkracht.web.forms.desk import PeriodForm
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = _form(request)
    found, status = None, 200
    if form.is_valid():
        try:
            found = counts(actor, *_asked(form))
        except Invalid as fault:
            form.add_error(_FIELDS.get(fault.field), str(fault))
    status = 200 if found else 422
    choice = region.current().disclosure
    context = {
        "form": form,
        "found": found,
        "counted": desk_words.COUNTED,
        "room": room(actor),
        "why": words.said(choice.why) if choice else "",
    }
    return render(request, "web/desk_counts.html", context, status=status)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The table as a file. Where the period can't be, the page says so."""
    form = _form(request)
    if not form.is_valid():
        return page(request)
    try:
        found = counts(actor, *_asked(form))
    except Invalid:
        return page(request)
    return csv_file("crisis-counts", [found.way, *found.columns], _lines(found))


_FIELDS = {"until": "until_date", "by": "way"}


def _form(request: HttpRequest) -> PeriodForm:
    today = clock.today()
    usual = {"way": "hour", "from_date": today - timedelta(days=30), "until_date": today}
    return PeriodForm({**usual, **request.GET.dict()})


def _asked(form: PeriodForm) -> tuple:
    return tuple(form.cleaned_data[name] for name in ("way", "from_date", "until_date"))


def _lines(found: Counts) -> list[list[object]]:
    rows = [*found.rows, found.total]
    return [[words.said(row.name), *(row.counts[one] for one in found.columns)] for row in rows]
