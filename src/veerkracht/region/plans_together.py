"""A plan with those it builds on, lowest first, and what of them was known on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from veerkracht.region.model import Region
from veerkracht.region.plans import Measure, Plan
from veerkracht.rulebook.errors import Fault


def chain(region: Region, plan_id: str) -> tuple[Plan, ...]:
    """A plan and those it builds on, the lowest first. Raises `Fault` for no such plan, and for a circle of plans."""
    found: list[Plan] = []
    while plan_id:
        plan = region.plan(plan_id)
        if plan in found:
            raise Fault(f"The plan {plan_id} builds on itself.")
        found.append(plan)
        plan_id = plan.builds_on
    return tuple(reversed(found))


def measures(region: Region, plan_id: str, decided_by: date | None = None) -> tuple[Measure, ...]:
    """What a plan and those it builds on do, of every kind, a measure for each step; the lowest plan first.

    `decided_by`: leave out what was decided after this day. Raises `Fault` as `chain` does.
    """
    return tuple(part for plan in chain(region, plan_id) for part in _dated(plan, decided_by))


def _dated(plan: Plan, decided_by: date | None) -> Iterator[Measure]:
    for part in (part for one in plan.measures for part in one.dated()):
        if decided_by is None or part.known_from <= decided_by:
            yield part


def plan_money(region: Region, plan_id: str) -> tuple[Measure, ...]:
    """The money of a plan and of every plan it builds on, those it builds on first; not where it is unknown.

    Raises `Fault` for a plan that does not exist or that builds on itself.
    """
    return tuple(one for one in measures(region, plan_id) if one.kind == "money" and one.known)


def known_on(region: Region, day: date) -> Region:
    """The region as it would have been played on a day: every plan and supply without what was decided later."""
    plans = {plan.id: replace(plan, measures=tuple(_dated(plan, day))) for plan in region.plans.values()}
    supplies = {id: supply.known_on(day) for id, supply in region.supplies.items()}
    return replace(region, plans=plans, supplies=supplies)
