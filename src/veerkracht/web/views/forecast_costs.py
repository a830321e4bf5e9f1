"""What plans cost: in a sentence for a card, year by year beside another plan, and measure by measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl
from django.utils.translation import gettext

from veerkracht import region
from veerkracht.forecast.plans.cost import cost, extra, only_in
from veerkracht.forecast.show.told import whole_years
from veerkracht.region import Envelope
from veerkracht.region.plan_envelopes import plan_envelopes
from veerkracht.region.plans_together import chain
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.web import words
from veerkracht.web.views.forecast_headlines import Range

_FIRST, _LAST = 1, 6  # years after this one that a card tells of


@dataclass(frozen=True)
class YearCost:
    """What one plan costs more than the other in a year."""

    year: int
    more: Range


@dataclass(frozen=True)
class MeasureCost:
    """What a measure costs in each of the years told; unknown is said."""

    name: str
    cells: list[tuple[int, Range]]


def on_card(plan: str, base: str, this_year: int) -> str:
    """What a plan of the region costs on top of another, next year and some years on."""
    by_year = _extra_of_region(plan, base, this_year)
    first, last = this_year + _FIRST, this_year + _LAST
    said = {"first": first, "last": last, "one": _euro(by_year[first]), "other": _euro(by_year[last])}
    if said["one"] == said["other"]:
        return gettext("costs %(one)s a year more") % said
    return gettext("costs %(one)s more in %(first)s, %(other)s in %(last)s") % said


@lru_cache(maxsize=64)
def _extra_of_region(plan: str, base: str, this_year: int) -> dict[int, float]:
    years = range(this_year, this_year + _LAST + 1)
    found = extra(region.current(), plan, base, years, since=_begun(this_year))
    return dict(found.select("year", "amount").iter_rows())


def years_of(answer: Answer) -> list[int]:
    """The whole years of the forecast."""
    return whole_years(answer.one.start, answer.one.end)


def in_short(answer: Answer) -> str:
    """What the plan costs more than the other, in its first and last whole year; "" without another plan."""
    if not answer.against:
        return ""
    rows = more(answer)
    said = {
        "plan": words.said(answer.against.plan.name),
        "first": rows[0].year,
        "last": rows[-1].year,
        "one": rows[0].more.middle,
        "other": rows[-1].more.middle,
    }
    if len(rows) == 1 or said["one"] == said["other"]:
        return gettext("It costs %(one)s a year more than “%(plan)s”.") % said
    return gettext("It costs %(one)s more than “%(plan)s” in %(first)s, and %(other)s in %(last)s.") % said


def more(answer: Answer) -> list[YearCost]:
    """Year by year what the plan costs more than the other; than nothing at all when there is no other."""
    if answer.against is None:
        return []
    plans = answer.one.plan.id, answer.against.plan.id
    found = extra(answer.region, *plans, years_of(answer), since=_begun(answer.one.start.year))
    return [YearCost(row["year"], _range(row)) for row in found.iter_rows(named=True)]


def by_measure(answer: Answer) -> list[MeasureCost]:
    """What each measure costs that the plan adds to the other, or to nothing."""
    other = answer.against.plan.id if answer.against else ""
    added = only_in(answer.region, answer.one.plan.id, other, since=_begun(answer.one.start.year))
    found = cost(answer.region, added, years_of(answer))
    rows = found.by_measure()
    return [
        MeasureCost(words.said(one.name), _cells(rows.filter(pl.col("measure") == one.id)))
        for one in found.measures
    ]


def _cells(rows: pl.DataFrame) -> list[tuple[int, Range]]:
    return [
        (row["year"], _range(row) if row["known"] else Range(words.unknown()))
        for row in rows.iter_rows(named=True)
    ]


def _begun(year: int) -> date:
    """What began up to this day is there already, whatever the plan. Money of the year itself need not be."""
    return date(year - 1, 12, 31)


def envelopes(answer: Answer) -> Sequence[Envelope]:
    """The money that was announced or agreed for the plan and those below it."""
    plans = chain(answer.region, answer.one.plan.id)
    found = (envelope for plan in plans for envelope in plan_envelopes(answer.region, plan))
    return list({envelope.id: envelope for envelope in found}.values())


def _range(row: dict[str, Any]) -> Range:
    return Range(_euro(row["amount"]), _euro(row["low"]), _euro(row["high"]))


def _euro(euro: float) -> str:
    return words.money_short(round(euro * 100))
