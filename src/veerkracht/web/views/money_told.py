"""What was said: who decided what and when, each sentence of the text, and figures that do not agree."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.results.queries import ItemView, items
from veerkracht.register.spending import sentences as answered
from veerkracht.register.spending.decided import Event, decided
from veerkracht.web import money_words
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in
from veerkracht.web.words import said


@signed_in
def decisions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything on one line of time; `?year=` keeps one calendar year."""
    everything = decided(actor)
    years = sorted({one.on.year for one in everything}, reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked[:4]) in years else None
    events = [one for one in everything if year is None or one.on.year == year]
    if request.GET.get("download") == "events":
        return events_file("money-decisions", events)
    return render(request, "web/money_decisions.html", {"events": events, "years": years, "year": year})


def events_file(name: str, events: Iterable[Event]) -> HttpResponse:
    """A line an event; an empty amount is unknown."""
    heads = (
        "on",
        "what",
        "about",
        "id",
        "name",
        "amount",
        "amount_to_pay",
        "source",
        "source_url",
        "invented",
    )
    lines = (
        (
            one.on,
            one.what,
            one.about,
            one.id,
            said(one.name),
            money_words.euros(one.cents),
            money_words.euros(one.payment_cents),
            one.source.title if one.source else None,
            one.source.url if one.source else None,
            one.fictitious,
        )
        for one in events
    )
    return csv_file(name, heads, lines)


@signed_in
def sentences(request: HttpRequest, actor: Actor) -> HttpResponse:
    found = answered.sentences(actor)
    if request.GET.get("download") == "sentences":
        heads = ("sentence", "text", "measure", "measure_name", "level", "amount")
        lines = (
            (
                one.sentence.id,
                said(one.sentence.text),
                row.measure.id,
                said(row.measure.name),
                row.amount.status if row.amount else None,
                money_words.euros(row.amount.cents) if row.amount else None,
            )
            for one in found
            for row in one.rows
        )
        return csv_file("money-sentences", heads, lines)
    return render(request, "web/money_sentences.html", {"answered": found})


@signed_in
def questions(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Figures that do not agree, each with its source, until somebody explains them."""
    require("money.read", actor, actor.programme)
    found = items()
    if request.GET.get("download") == "questions":
        return _questions_file(found)
    return render(request, "web/money_questions.html", {"items": found})


def _questions_file(found: Iterable[ItemView]) -> HttpResponse:
    heads = ("question", "name", "state", "figure", "amount", "number", "unit", "on", "source", "source_url")
    lines = (
        (
            one.item.id,
            said(one.item.name),
            one.state,
            said(figure.label),
            money_words.euros(figure.cents),
            figure.number,
            said(figure.unit),
            figure.on,
            figure.source.title if figure.source else None,
            figure.source.url if figure.source else None,
        )
        for one in found
        for figure in one.item.figures
    )
    return csv_file("money-questions", heads, lines)
