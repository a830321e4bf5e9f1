"""Pay: which rises came when and what they cost, with an agreement computed beside what was published of it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.forecast.pay import Compared, Range, compared
from veerkracht.forecast.pay.cost import GroupCost, index_on
from veerkracht.region.pay import Agreement, Group, Pay
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.web import charts, words
from veerkracht.web.who import signed_in


@dataclass(frozen=True)
class YearRow:
    year: int
    index: float
    cost: Range | None


@dataclass(frozen=True)
class GroupRow:
    """A line of the sum that a reader can do again: `fte` × `each_cents` × `percent` = `written`."""

    group: Group
    fte: float | None
    each_cents: int | None
    gross_cents: int | None
    percent: float
    full: Range | None
    written: int | None


@dataclass(frozen=True)
class Example:
    """An agreement on the page. `verdict`: what the comparison says, in words."""

    found: Compared
    groups: list[GroupRow]
    years: list[YearRow]
    verdict: str
    chart: charts.Chart


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    require("staff.read", actor, actor.programme)
    here = region.current()
    pay = here.pay
    examples = [_example(pay, one) for one in pay.agreements.values()] if pay else []
    if file := charts.download(request, [one.chart for one in examples]):
        return file
    context = {
        "pay": pay,
        "examples": examples,
        "rises": _rises(pay) if pay else [],
        "may_follow_money": may("money.read", actor, actor.programme),
        "may_ask": may("figures.read", actor, actor.programme) and here.staff is not None,
    }
    return render(request, "web/pay.html", context)


@lru_cache(maxsize=32)
def _compared(folder: Path, agreement: str) -> Compared:
    """Files of a region are read once, so what is computed of them is too. `folder`: whose answer it is."""
    return compared(region.current(), agreement)


def _example(pay: Pay, agreement: Agreement) -> Example:
    found = _compared(region.current_folder(), agreement.id)
    groups = [_group_row(one) for one in found.cost.groups]
    years = [_year_row(pay, found, year) for year in found.cost.years]
    return Example(found, groups, years, _verdict(found), _chart(found))


def _group_row(one: GroupCost) -> GroupRow:
    fte = None if one.fte is None else float(one.fte)
    known = (one.group, fte, one.each_cents, one.gross_cents, float(one.percent))
    if one.full is None:
        return GroupRow(*known, None, None)
    return GroupRow(*known, Range.of(one.full), int(one.full[0]))


def _year_row(pay: Pay, found: Compared, year: int) -> YearRow:
    cents = found.cost.total(year)
    index = float(index_on(pay, date(year, 12, 31)))
    return YearRow(year, index, None if cents is None else Range.of(cents))


def _verdict(found: Compared) -> str:
    if found.inside is None or found.more is None:
        return _("It can't be set beside what was published: one of both is unknown.")
    said = {"share": words.percent(abs(found.more))}
    apart = (
        _("The middle of the computation lies %(share)s above what was published.")
        if found.more >= 0
        else _("The middle of the computation lies %(share)s below what was published.")
    ) % said
    where = (
        _("What was published lies inside the range of 8 runs in 10.")
        if found.inside
        else _("What was published lies outside the range of 8 runs in 10: one of both is wrong somewhere.")
    )
    return f"{apart} {where} {_('Nothing was adjusted to make them agree.')}"


def _chart(found: Compared) -> charts.Chart:
    known = [(one, one.cents) for one in found.cost.groups if one.cents is not None]
    items = [
        charts.Bar(str(year), float(cents[0, at]), words.said(one.group.name))
        for at, year in enumerate(found.cost.years)
        for one, cents in known
    ]
    name = words.said(found.agreement.name)
    return charts.bars(
        id=f"pay-{found.agreement.id}",
        title=_("%(name)s: cost by year, in prices of each year") % {"name": name},
        words="; ".join(
            f"{item.name}, {item.part}: {words.money_short(round(item.value))}" for item in items
        ),
        items=items,
        label=_("Year"),
        part_label=_("Group"),
        value_label=_("Cost"),
        kind="money",
        note=_("The middle values of every number, with the steps of the index. Staff stays as many."),
    )


def _rises(pay: Pay) -> list[Any]:
    """Every rise in the order of its day, with the name of its group and agreement."""
    ordered = sorted(pay.rises, key=lambda rise: (rise.from_, rise.id))
    return [(rise, pay.groups[rise.group], pay.agreements.get(rise.agreement)) for rise in ordered]
