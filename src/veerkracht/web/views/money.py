"""The map of the money: from what was announced to what was paid, and every envelope with its levels."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.spending.books import books, budget_years
from veerkracht.register.spending.envelopes import EnvelopeRow, FullEnvelope, envelope, envelopes
from veerkracht.register.spending.flow import IN_BOOKS, PAID_OUT, MoneyFlow, money_flow, roots
from veerkracht.register.spending.measures import region_money
from veerkracht.web import charts, money_words
from veerkracht.web.forms.money_filters import FlowForm
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views.money_charts import flow_chart
from veerkracht.web.who import signed_in
from veerkracht.web.words import said


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    require("money.read", actor, actor.programme)
    form = FlowForm(request.GET, budget_years(), clock.today().year)
    new_money, recurrent = form.kind
    money, kept = region_money(), books(form.year_asked)
    booked = {
        id: found for id, one in money.measures.items() if (found := kept.of(id, recurrent=one.recurrent))
    }
    flow = money_flow(money, booked, new_money=new_money, recurrent=recurrent)
    drawing = flow_chart(flow, money, form.year_asked)
    rows = envelopes(actor)
    if file := charts.download(request, [drawing]):
        return file
    if request.GET.get("download") == "envelopes":
        return _export(rows)
    starts = roots(money, new_money=new_money, recurrent=recurrent)
    shown = {one.id.split(":", 1)[1] for one in flow.stops if ":" in one.id}
    context = {
        "form": form,
        "chart": drawing,
        "flow": flow,
        "year": form.year_asked,
        "starts": [
            (one, amount, amount.cents if amount else None)
            for one in starts
            for amount in [money.amount_of(one)]
        ],
        "committed": flow.cents_at(IN_BOOKS),
        "paid": flow.cents_at(PAID_OUT),
        "is_followed": _is_followed(flow),
        "questions": [
            one for one in money.reconciliations.values() if one.is_open and shown & set(one.about)
        ],
        "kinds": _kinds(rows),
    }
    return render(request, "web/money.html", context)


def _is_followed(flow: MoneyFlow) -> bool:
    """Whether any line of these books pays what is drawn."""
    return any(stop.what in {IN_BOOKS, "not-committed"} for stop in flow.stops)


def _kinds(rows: Iterable[EnvelopeRow]) -> list[tuple[str, list[EnvelopeRow]]]:
    """The envelopes by kind of money, each kind apart."""
    found: dict[tuple[bool, bool], list[EnvelopeRow]] = {kind: [] for kind in money_words.MONEY_KINDS}
    for row in rows:
        found[row.envelope.new_money, row.envelope.recurrent].append(row)
    return [(str(money_words.MONEY_KINDS[kind]), own) for kind, own in found.items() if own]


def _export(rows: Iterable[EnvelopeRow]) -> HttpResponse:
    """Everything that is stated of every envelope, a line for each statement."""
    heads = (
        "envelope",
        "name",
        "within",
        "new_money",
        "recurrent",
        "level",
        "amount",
        "on",
        "source",
        "source_url",
    )
    lines = (
        (
            row.envelope.id,
            said(row.envelope.name),
            row.envelope.within,
            row.envelope.new_money,
            row.envelope.recurrent,
            one.status,
            money_words.euros(one.cents),
            one.on,
            one.source.title if one.source else None,
            one.source.url if one.source else None,
        )
        for row in rows
        for one in row.envelope.stated
    )
    return csv_file("money-envelopes", heads, lines)


@signed_in
def one(request: HttpRequest, actor: Actor, id: str) -> HttpResponse:
    """One envelope: what each source says of it, what it is part of, what fills it."""
    full: FullEnvelope = envelope(actor, id)
    if request.GET.get("download") == "envelopes":
        return _export([full.row, *full.parts])
    return render(request, "web/money_envelope.html", {"full": full, "levels": money_words.LEVELS})
