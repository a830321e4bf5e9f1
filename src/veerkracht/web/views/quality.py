"""Quality: what is measured, what all have together and what one's own organisation has; and all of it as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.quality.measured import definitions
from veerkracht.register.quality.queries import Card, exported, overview
from veerkracht.register.quality.queries.exports import HEADS
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The indicators by measurement, with their last values."""
    cards, quality = overview(actor), definitions()
    context = {
        "measurements": _by_measurement(cards),
        "gaps": quality.gaps if quality else (),
        "shows_own": any(card.own for card in cards),
        "fictitious": any(card.fictitious for card in cards),
        "may_record": may("quality.record", actor, actor.programme),
    }
    return render(request, "web/quality.html", context)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every value that one may know, in the form in which values are imported."""
    return csv_file("quality", HEADS, exported(actor))


def _by_measurement(cards: list[Card]) -> list[dict[str, Any]]:
    """What somebody reported first, then what is only defined; each in the file's order."""
    found: dict[str, dict[str, Any]] = {}
    for card in cards:
        measurement = card.indicator.measurement
        one = found.setdefault(measurement.id, {"measurement": measurement, "known": [], "unknown": []})
        one["known" if card.period else "unknown"].append(card)
    return list(found.values())
