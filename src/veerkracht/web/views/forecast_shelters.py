"""What one more crisis place buys, and where: fewer searches that end with "no place found"."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.losses import MorePlaces
from veerkracht.region.losses import Shelters
from veerkracht.register.care.queries.underway import Underway
from veerkracht.register.crisis.queries.more_places import FILE, REGISTER, bought, kinds
from veerkracht.register.errors import Refused, text_of
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text
from veerkracht.web import charts, words
from veerkracht.web.views.forecast_headlines import Range
from veerkracht.web.views.forecast_rests import assumptions
from veerkracht.web.who import signed_in

_SHOWN = (0.5, 0.1, 0.9)
# Below this share of the draws in which a zone comes first, it is not said to come first.
_CLEARLY = 0.7
_LARGE = 10


@dataclass(frozen=True)
class Row:
    """A zone as it is, and what one more place there buys; a year."""

    name: str
    places: Range
    searched: Range
    none: Range
    share: Range
    bought: Range


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One kind of place, the first unless another is asked; until it is there, how far it is.

    Raises `Refused` for a kind that is not there.
    """
    known = kinds(actor)
    asked = request.GET.get("kind", "")
    chosen = next((one for one in known.all if asked in ("", one.kind)), None)
    if asked and chosen is None:
        raise Refused()
    bases = (REGISTER,) if chosen in known.counted else (FILE, REGISTER)
    by = REGISTER if request.GET.get("by") == REGISTER else bases[0]
    context: dict[str, Any] = {
        "chosen": chosen,
        "by": by,
        "kinds": [(one, _address(one, by)) for one in known.all],
        "left_aside": known.left_aside,
    }
    if chosen is None:
        return render(request, "web/forecast_shelters.html", context)
    context |= {
        "here": _address(chosen, by),
        "bases": [(one, _address(chosen, one)) for one in bases],
    }
    told, fault = _tell(actor, chosen.kind, by)
    if isinstance(told, MorePlaces):
        drawn = [_by_zone(told), _by_more(told)]
        if file := charts.download(request, drawn):
            return file
        context |= _answer(told, drawn)
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    name = "web/parts/forecast_shelters.html" if is_part else "web/forecast_shelters.html"
    # What htmx puts into the page must arrive as 200; its faults are words inside it.
    status = 422 if fault and not is_part else 200
    underway = told if isinstance(told, Underway) else None
    return render(request, name, context | {"underway": underway, "fault": fault}, status=status)


def _tell(actor: Actor, kind: str, by: str) -> tuple[MorePlaces | Underway | None, Text | None]:
    """The answer or how far it is; or why there is none."""
    try:
        told = bought(actor, kind, by)
    except Refused:
        raise
    except Fault as fault:
        return None, text_of(fault)
    return told, (told.fault or None) if isinstance(told, Underway) else None


def _address(one: Shelters, by: str) -> str:
    asked = {"kind": one.kind} | ({"by": by} if by == REGISTER else {})
    return reverse("forecast-shelters", query=asked)


def _answer(found: MorePlaces, drawn: list[charts.Chart]) -> dict[str, Any]:
    first = int(found.bought.mean(axis=0).argmax())
    return {
        "found": found,
        "rows": [_row(found, place) for place in range(len(found.shelters.zones))],
        "drawn": drawn,
        "first": found.shelters.zones[first].name,
        "is_clear": found.most[first] >= _CLEARLY,
        "first_share": words.percent(float(found.most[first])),
        "buys": _range(found.bought[:, first]),
        "share": _range(found.none.sum(axis=1) / np.maximum(found.searched.sum(axis=1), 1e-9), percent=True),
        "none": _range(found.none.sum(axis=1)),
        "places": _range(found.places.sum(axis=1), decimals=0),
        "searched": _range(found.searched.sum(axis=1)),
        "assumptions": assumptions(found.used_numbers, {}),
    }


def _row(found: MorePlaces, place: int) -> Row:
    return Row(
        name=words.said(found.shelters.zones[place].name),
        places=_range(found.places[:, place], decimals=0),
        searched=_range(found.searched[:, place]),
        none=_range(found.none[:, place]),
        share=_range(found.none_share[:, place], percent=True),
        bought=_range(found.bought[:, place]),
    )


def _range(values: Real, *, percent: bool = False, decimals: int | None = None) -> Range:
    """The middle and 8 chances in 10, in whole numbers or percents; small numbers with a decimal unless said."""
    middle, low, high = (float(one) for one in np.quantile(values, _SHOWN))
    if percent:
        return Range(*(words.percent(one) for one in (middle, low, high)))
    places = (0 if middle >= _LARGE else 1) if decimals is None else decimals
    return Range(*(words.number(one, places) for one in (middle, low, high)))


def _by_zone(found: MorePlaces) -> charts.Chart:
    middle = np.median(found.bought, axis=0)
    items = [
        charts.Bar(words.said(zone.name), round(float(value), 1))
        for zone, value in zip(found.shelters.zones, middle, strict=True)
    ]
    label = gettext("Searches a year that find a place after all")
    return charts.bars(
        id="one-more",
        title=gettext("One more place, zone by zone: so many searches a year find a place after all"),
        words=gettext("The middle of all plays; the ranges are in the table of zones."),
        items=items,
        label=gettext("One more place in"),
        value_label=label,
        kind="number" if middle.min() >= _LARGE else "decimal",
        sources=_sources(found),
    )


def _by_more(found: MorePlaces) -> charts.Chart:
    middle = np.median(found.left, axis=0)
    more = [0, *(int(step) for step in found.steps)]
    items = [
        charts.Bar(gettext("%(count)s more") % {"count": words.number(step)}, float(value))
        for step, value in zip(more, middle, strict=True)
    ]
    said = {"now": words.percent(float(middle[0])), "then": words.percent(float(middle[-1]))}
    return charts.bars(
        id="more-in-all",
        title=gettext("More places in all: what share of the searches still finds none"),
        words=gettext("From %(now)s now to %(then)s. The places go where most find none.") % said,
        items=items,
        label=gettext("Places more, in all"),
        value_label=gettext("Share without a place"),
        kind="percent",
        sources=_sources(found),
    )


def _sources(found: MorePlaces) -> list[charts.SourceLine]:
    source = found.shelters.source
    return [charts.SourceLine(source.title, source.url)] if source else []
