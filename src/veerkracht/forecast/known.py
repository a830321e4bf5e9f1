"""A region as it was known on a day, so that a forecast made with it can't know what came after.

What is left out: figures of a later date, or of an earlier date and published later (the state on the day itself
counts as known: it is the own list); values of parameters that hold from a later day. In the variant "as known then"
also every measure and every rule that came later; money that could be expected for years for which nothing was
decided comes in its place.
"""

import math
from dataclasses import fields, replace
from datetime import date
from typing import Any

import polars as pl

from veerkracht.region import Figures, Measure, Region, known_on, plan_money
from veerkracht.region.hindcast import Expected
from veerkracht.rulebook.types import Assumption, Conversion, Dated, Programme, Text

KNOWN, DECIDED = "as-known-then", "as-it-was-decided"
VARIANTS = (KNOWN, DECIDED)
# Of the variance of the money of a year, the part that all years of one run share: parties and budgets stay.
_SHARED = 0.5
_EXPECTED = Text(
    "Nieuw geld waarover op {on} nog niet beslist was ({id}, {year})",
    "New money that was not decided yet on {on} ({id}, {year})",
)


def region_on(region: Region, on: date, variant: str, plan_id: str, years: int) -> Region:
    """The region of which a forecast of so many years that starts on a day may know, in one of `VARIANTS`."""
    seen = replace(region, figures=figures_on(region.figures, on))
    if variant == DECIDED:
        programmes = {id: _parameters_on(one, on) for id, one in seen.programmes.items()}
        return replace(seen, programmes=programmes)
    programmes = {id: programme_on(one, on) for id, one in seen.programmes.items()}
    decided = known_on(replace(seen, programmes=programmes), on)
    return _with_expected(decided, plan_id, on, years)


def figures_on(figures: Figures, on: date) -> Figures:
    """Of that day, whenever they were published, and of days before it those that were published by then."""
    published = pl.coalesce("published", "date") <= on
    return Figures(figures.frame.filter((pl.col("date") == on) | ((pl.col("date") < on) & published)))


def programme_on(programme: Programme, on: date) -> Programme:
    """A programme with the rules and numbers that held on or before a day, as if nothing would replace them."""
    changed: dict[str, Any] = {}
    for field in fields(programme):
        items = getattr(programme, field.name)
        if isinstance(items, tuple) and any(isinstance(item, Dated | Conversion) for item in items):
            changed[field.name] = tuple(_open_ended(item, on) for item in items if _known_from(item) <= on)
    return replace(programme, **changed)


def _parameters_on(programme: Programme, on: date) -> Programme:
    known = tuple(_open_ended(one, on) for one in programme.parameters if one.from_ <= on)
    return replace(programme, parameters=known)


def _known_from(item: Any) -> date:
    found: date = item.known_from if isinstance(item, Conversion) else item.from_
    return found


def _open_ended(item: Any, on: date) -> Any:
    """That something ends is known only when what replaces it is."""
    if isinstance(item, Conversion):
        annulled = item.annulled_known_from
        return replace(item, annulled_known_from=None) if annulled and annulled > on else item
    return replace(item, until=None) if item.until is not None and item.until > on else item


def _with_expected(region: Region, plan_id: str, on: date, years: int) -> Region:
    """The region with expected money in a plan, in the years for which the plan has no money of its programme."""
    if region.hindcasts is None:
        return region
    held = [one for one in region.hindcasts.expected if one.holds(on)]
    decided = {(one.programme, one.from_.year) for one in plan_money(region, plan_id)}
    added: list[Measure] = []
    for year in range(on.year, on.year + years + 1):
        for expected in held:
            if expected.covers(year) and (expected.programme, year) not in decided:
                added.extend(_of_year(expected, region.programme(expected.programme), year, on))
    plan = region.plan(plan_id)
    return replace(region, plans={**region.plans, plan_id: replace(plan, measures=(*plan.measures, *added))})


def _of_year(expected: Expected, programme: Programme, year: int, on: date) -> list[Measure]:
    """The money of a year in equal parts over its rounds: a part that all years share, and a part of its own."""
    days = [date(year, *day) for day in programme.round.dates]
    days = [day for day in days if day > on]
    shares = {"all": _SHARED, f"{year}": 1.0 - _SHARED}
    return [
        _measure(expected, programme, day, len(programme.round.dates), name, share, on)
        for day in days
        for name, share in shares.items()
    ]


def _measure(
    expected: Expected, programme: Programme, day: date, rounds: int, year: str, share: float, on: date
) -> Measure:
    """A part of the money of one round, such that the two parts together have the range that was given."""
    middle = expected.amount * share / rounds
    below = (expected.amount - expected.low) * math.sqrt(share) / rounds
    above = (expected.high - expected.amount) * math.sqrt(share) / rounds
    why = _EXPECTED.fill(on=f"{on}", id=expected.id, year=year)
    return Measure(
        id=f"{expected.id}-{day}-{year}",
        programme=programme.id,
        kind="money",
        name=why,
        amount_cents_per_year=round(middle * 100),
        recurrent=True,
        from_=day,
        until=None,
        to="",
        source=expected.source,
        assumption=Assumption(why, middle - below, middle + above),
        decided=on,
    )
