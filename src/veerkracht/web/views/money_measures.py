"""Measures: the list, and all there is to tell of one."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.region.money.model import STATUSES
from veerkracht.register import clock
from veerkracht.register.intensity.queries import closes_the_backlog
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.register.spending.books import budget_years
from veerkracht.register.spending.decided import decided_on
from veerkracht.register.spending.delivered import delivered
from veerkracht.register.spending.measures import Row, measure, measures, region_money
from veerkracht.web import charts, money_words
from veerkracht.web.forms.money_filters import MeasuresForm, YearForm
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views.money_charts import years_chart
from veerkracht.web.views.money_told import events_file
from veerkracht.web.who import signed_in
from veerkracht.web.words import said


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    require("money.read", actor, actor.programme)
    form = MeasuresForm(request.GET, budget_years(), clock.today().year, region_money())
    listed = measures(actor, form.filters(), form.year_asked)
    if request.GET.get("download") == "measures":
        return _export(listed.rows, form.year_asked)
    context = {
        "form": form,
        "rows": listed.rows,
        "year": form.year_asked,
        "known": sum(row.amount is not None for row in listed.rows),
        "behind": sum(row.behind > 0 for row in listed.rows),
        "unsaid": sum(row.unsaid > 0 for row in listed.rows),
    }
    return render(request, "web/money_measures.html", context, status=422 if form.errors else 200)


def _export(rows: Iterable[Row], year: int) -> HttpResponse:
    """A line a measure. An empty amount is unknown; what no line pays has no booked amounts."""
    heads = ("measure", "name", "kind", "envelope", "new_money", "recurrent", "sentences", *STATUSES)
    booked = ("voted_vak", "voted_vek", "committed", "requested", "paid", "recurrent_yearly")
    states = ("behind", "undefined_or_unmeasured")
    lines = (
        (
            row.measure.id,
            said(row.measure.name),
            row.measure.kind,
            row.envelope.id,
            row.envelope.new_money,
            row.measure.recurrent,
            " ".join(row.measure.sentences),
            *(money_words.euros(one.cents) if (one := row.level(status)) else None for status in STATUSES),
            year if row.measure.recurrent else None,
            *(_booked(row) or [None] * len(booked)),
            row.behind,
            row.unsaid,
        )
        for row in rows
    )
    return csv_file(f"money-measures-{year}", (*heads, "budget_year", *booked, *states), lines)


def _booked(row: Row) -> list[object] | None:
    one = row.booked
    if one is None:
        return None
    cents = (
        one.voted_commitment,
        one.voted_payment,
        one.committed,
        one.requested,
        one.paid,
        one.recurrent_yearly,
    )
    return [money_words.euros(amount) for amount in cents]


@signed_in
def one(request: HttpRequest, actor: Actor, id: str) -> HttpResponse:
    """From the sentence of the text to what was delivered and what comes."""
    form = YearForm(request.GET, budget_years(), clock.today().year)
    full = measure(actor, id, form.year_asked)
    events = decided_on(actor, full.row.measure)
    drawing = years_chart(full.years) if full.years else None
    if file := charts.download(request, [drawing]):
        return file
    if request.GET.get("download") == "events":
        return events_file(f"money-{id}", events)
    context = {
        "full": full,
        "row": full.row,
        "measure": full.row.measure,
        "form": form,
        "year": full.year,
        "levels": money_words.LEVELS,
        "events": events,
        "chart": drawing,
        "delivered": delivered(full.row.measure),
        "may_staff": may("staff.read", actor, actor.programme),
        "may_forecast": may("figures.read", actor, actor.programme),
        "closes_backlog": closes_the_backlog(full.row.measure.plan_measures)
        and may("place.count", actor, actor.programme),
        "sources": money_words.source_lines(stated.source for stated in full.row.measure.stated),
    }
    return render(request, "web/money_measure.html", context)
