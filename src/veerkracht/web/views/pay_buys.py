"""What a rise buys: asked in the address, so that an answer can be shared; with how little of it is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from veerkracht import region
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.pay import Asked, Bought, Moved
from veerkracht.forecast.pay.asked import KINDS, PAY, POSTS, TRAINING
from veerkracht.forecast.pay.buys import Spread
from veerkracht.forecast.pay.playing import ALL, FTE, PLACES, QUITS, VACANCIES
from veerkracht.forecast.show import units
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.web import charts, words
from veerkracht.web.forms.pay import BuysForm
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.views import pay_answers
from veerkracht.web.who import signed_in

KIND_NAMES = {
    PAY: gettext_lazy("A rise in pay"),
    POSTS: gettext_lazy("Money for extra posts"),
    TRAINING: gettext_lazy("Places in training"),
}
WHAT_NAMES = {
    FTE: gettext_lazy("Full-time jobs filled"),
    VACANCIES: gettext_lazy("Posts open"),
    QUITS: gettext_lazy("Leave their job, a year"),
    PLACES: gettext_lazy("Places open with staff"),
}
_CSV_HEADS = ("sector", "outcome", "year", "all_rise", "p10", "p25", "p50", "p75", "p90")


@dataclass(frozen=True)
class Outcome:
    """A line of the table: a sector (`ALL` for all), with a spread for each of `WHAT_NAMES`; None is unknown."""

    name: str
    is_asked: bool
    spreads: list[tuple[str, Spread | None]]


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    form, bought, fault = _ask(request, actor)
    context: dict[str, Any] = {"form": form, "fault": fault, "kinds": _kinds(form.chosen), "bought": bought}
    if bought:
        drawn = _chart(bought)
        if file := charts.download(request, [drawn]):
            return file
        if request.GET.get("download") == "outcomes":
            return _csv(bought)
        context |= _answer(request, form, bought, drawn)
    status = 422 if form.errors or fault else 200
    return render(request, "web/pay_buys.html", context, status=status)


@signed_in
def more(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What takes a few seconds more: other uses of as much money, and which number matters most."""
    form, bought, fault = _ask(request, actor)
    context: dict[str, Any] = {"fault": fault, "back": reverse("pay-buys", query=request.GET)}
    if bought:
        rows = _rows(form)
        known = pay_answers.known(bought.asked, rows)
        drawn = _swings(known.moved, bought)
        if file := charts.download(request, [drawn]):
            return file
        context |= {
            "drawn": drawn,
            "assumed": known.assumed,
            "others": _others(bought, rows),
            "last": bought.years[-1],
        }
    is_part = bool(request.htmx)  # type: ignore[attr-defined]
    name = "web/parts/pay_more.html" if is_part else "web/pay_more.html"
    return render(request, name, context, status=422 if form.errors or fault else 200)


def _ask(request: HttpRequest, actor: Actor) -> tuple[BuysForm, Bought | None, str]:
    require("staff.read", actor, actor.programme)
    require("figures.read", actor, actor.programme)
    form = BuysForm(request.GET, region.current(), clock.today())
    if not form.is_valid():
        return form, None, ""
    try:
        return form, pay_answers.answer(form.asked(), _rows(form)), ""
    except ForecastFault as fault:
        return form, None, words.said(fault.text)


def _kinds(chosen: str) -> list[tuple[str, Any, bool]]:
    return [(reverse("pay-buys", query={"kind": kind}), KIND_NAMES[kind], kind == chosen) for kind in KINDS]


def _answer(request: HttpRequest, form: BuysForm, bought: Bought, drawn: charts.Chart) -> dict[str, Any]:
    last = bought.years[-1]
    cost = None if bought.euro is None else Spread.of(bought.euro * 100)
    return {
        "drawn": drawn,
        "last": last,
        "cost": cost,
        "full_cost": pay_answers.full_cost(bought.asked),
        "headline": bought.within(bought.sectors, FTE, last),
        "places": bought.within(bought.sectors, PLACES, last),
        "everywhere": bought.spread(ALL, FTE, last),
        "together": bought.spread(ALL, FTE, last, together=True),
        "per_million": bought.per_million(FTE, last),
        "open_posts": bought.within(bought.sectors, VACANCIES, last),
        "outcomes": list(_outcomes(bought, last)),
        "what_names": WHAT_NAMES.values(),
        "evidence": _evidence(),
        "counts": _counts(form),
        "more_address": reverse("pay-buys-more", query=request.GET),
        "csv_query": {**request.GET.dict(), "download": "outcomes"},
    }


def _rows(form: BuysForm) -> pay_answers.Rows:
    """Counts of the register when they are asked; none otherwise."""
    return pay_answers.register_rows() if form.is_from_register else ()


def _counts(form: BuysForm) -> dict[str, Any] | None:
    """Of which sectors counts of the register are used, and of which too few are; None when they aren't asked."""
    if not form.is_from_register:
        return None
    staff = region.current().staff
    names = {one.id: words.said(one.name) for one in staff.sectors} if staff else {}
    found = pay_answers.counts(_rows(form))
    return {
        "used": [names[sector] for sector in found.used],
        "left": [(names[sector], *numbers) for sector, numbers in found.left.items()],
    }


def _evidence() -> Any:
    pay = region.current().pay
    return pay.evidence if pay else ()


def _outcomes(bought: Bought, year: int) -> Iterator[Outcome]:
    staff = region.current().staff
    names = {one.id: words.said(one.name) for one in staff.sectors} if staff else {}
    for sector, name in {**names, ALL: _("All sectors together")}.items():
        spreads = [(str(label), bought.spread(sector, what, year)) for what, label in WHAT_NAMES.items()]
        yield Outcome(name, sector in bought.sectors and bought.asked.kind != TRAINING, spreads)


def _chart(bought: Bought) -> charts.Chart:
    """The jobs filled in the sectors that it is for, year by year; beside it, when all rise alike."""
    fans = [charts.Fan(_only_here(bought.asked), [_row(bought, year) for year in bought.years])]
    if bought.together is not None:
        rows = [_row(bought, year, together=True) for year in bought.years]
        fans.append(charts.Fan(_("Every care sector rises as much"), rows, colour=1))
    last = bought.within(bought.sectors, FTE, bought.years[-1])
    return charts.fan(
        id="pay-buys",
        title=_("Full-time jobs filled, beside doing nothing"),
        words=_spoken(last),
        fans=fans,
        note=_("In the sectors that it is for, on 31 December. Bands: 5 and 8 plays in 10."),
    )


def _only_here(asked: Asked) -> str:
    return _("Only these sectors rise") if asked.kind == PAY else str(KIND_NAMES[asked.kind])


def _row(
    bought: Bought, year: int, *, together: bool = False
) -> tuple[date, float, float, float, float, float]:
    return (date(year, 12, 31), *_five(bought.within(bought.sectors, FTE, year, together=together)))


def _five(spread: Spread | None) -> tuple[float, float, float, float, float]:
    one = spread or Spread(0.0, 0.0, 0.0, 0.0, 0.0)
    return one.p10, one.p25, one.p50, one.p75, one.p90


def _spoken(spread: Spread | None) -> str:
    if spread is None:
        return words.unknown()
    said = {
        "middle": words.number(spread.p50),
        "low": words.number(spread.p10),
        "high": words.number(spread.p90),
    }
    return (
        _("At the end %(middle)s more in the middle play, between %(low)s and %(high)s in 8 plays of 10.")
        % said
    )


def _swings(found: tuple[Moved, ...], bought: Bought) -> charts.Chart:
    staff = {"year": bought.years[-1]}
    items = [
        charts.Swing(words.said(one.number.text), one.low_outcome, one.high_outcome, _ends(one))
        for one in found
    ]
    return charts.swings(
        id="pay-moved",
        title=_("Which number matters most"),
        words="; ".join(
            f"{item.name}: {words.number(item.low_outcome)} – {words.number(item.high_outcome)}"
            for item in items
        ),
        middle=found[0].middle if found else 0.0,
        items=items,
        label=_("Uncertain number"),
        note=_(
            "Full-time jobs more at the end of %(year)s when one number after another is held at the low or the high "
            "end of its range. The number at the top is the one to go and find first."
        )
        % staff,
    )


def _ends(one: Moved) -> str:
    return f"{_short(one.low)} – {_short(one.high)} {words.said(units.name(one.number.unit))}"


def _short(value: float) -> str:
    return words.number(value, 0 if abs(value) >= 10 or value == round(value) else 3)


def _others(bought: Bought, rows: pay_answers.Rows) -> list[dict[str, Any]]:
    """Each kind for as much money: what it is, and what it gives where it is asked for and in all care."""
    last = bought.years[-1]
    told = []
    for one in pay_answers.others(bought.asked, rows):
        found = one.bought
        told.append(
            {
                "name": KIND_NAMES[one.kind],
                "asked": _amount(found.asked) if found else "",
                "here": found.within(bought.sectors, FTE, last) if found else None,
                "everywhere": found.spread(ALL, FTE, last) if found else None,
                "places": found.within(bought.sectors, PLACES, last) if found else None,
            }
        )
    return told


def _amount(asked: Asked) -> str:
    if asked.kind == PAY:
        return f"{words.number(asked.number, 1)} %"
    if asked.kind == POSTS:
        return words.money_short(round(asked.number * 100))
    staff = region.current().staff
    names = {one.id: words.said(one.name) for one in staff.professions} if staff else {}
    said = {"places": words.number(asked.number), "who": names.get(asked.profession, "").lower()}
    return _("%(places)s places a year, %(who)s") % said


def _csv(bought: Bought) -> HttpResponse:
    """Every sector, outcome and year: plain numbers that every program reads."""
    rows: list[list[Any]] = []
    for together, values in ((False, bought.more), (True, bought.together or {})):
        for sector, what in values:
            for year in bought.years:
                spread = bought.spread(sector, what, year, together=together)
                cells = [round(one, 4) for one in _five(spread)]
                rows.append([sector or "all", what, year, "yes" if together else "no", *cells])
    return csv_file("pay-buys", _CSV_HEADS, rows)
