"""What was done before: the new lasting money of each year, in the figures and in plans, to see what is believable."""

from __future__ import annotations

from dataclasses import dataclass

from veerkracht.forecast.choices.uses import Use
from veerkracht.forecast.plans.numbers import CENTS
from veerkracht.region import Measure, Region, measures


@dataclass(frozen=True)
class Growth:
    """New lasting money of a year, in euro. `plan`: the plan it stands in; "" when a figure says it happened."""

    year: int
    euro: float
    plan: str


def largest_growth(region: Region, use: Use) -> Growth | None:
    """The most that was ever added in one year to what a use spends; None when nothing says it.

    From the figures `<programme>.money.growth`, and from measures of the region's plans that rest on a source: what
    was published, not what somebody tries out.
    """
    programme = use.measure.programme
    figures = region.figures.series(f"{programme}.money.growth")
    found = [Growth(row["date"].year, row["value"], "") for row in figures.iter_rows(named=True)]
    for plan in region.plans:
        by_year: dict[int, float] = {}
        for measure in measures(region, plan):
            if _adds(measure, use):
                by_year[measure.from_.year] = by_year.get(measure.from_.year, 0.0) + _euro(measure)
        found += [Growth(year, euro, plan) for year, euro in by_year.items()]
    return max(found, key=lambda one: one.euro, default=None)


def _adds(measure: Measure, use: Use) -> bool:
    same = (measure.programme, measure.kind, measure.sector) == (
        use.measure.programme,
        use.measure.kind,
        use.measure.sector,
    )
    return same and measure.recurrent and measure.known and measure.source is not None


def _euro(measure: Measure) -> float:
    if measure.kind == "money":
        return measure.amount_cents_per_year / CENTS
    if measure.cost is None:
        return 0.0
    return measure.cost.amount * ((measure.number or 0.0) if measure.cost.each else 1.0)
