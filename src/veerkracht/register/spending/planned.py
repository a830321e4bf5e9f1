"""What comes of a measure, as the region's plans say it: the forecast plays these."""

from dataclasses import dataclass

from veerkracht import region
from veerkracht.region.money import Measure
from veerkracht.region.plans import Measure as PlanMeasure
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Planned:
    """A measure of a plan that a forecast plays for a measure of money."""

    plan: str
    plan_name: Text
    measure: PlanMeasure


def planned_for(measure: Measure) -> tuple[Planned, ...]:
    """The measures of plans that are played for a measure of money, plan by plan; no queries."""
    return tuple(
        Planned(plan.id, plan.name, one)
        for plan in region.current().plans.values()
        for one in plan.measures
        if one.id in measure.plan_measures
    )
