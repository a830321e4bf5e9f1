"""What must hold between the files of a region: nothing refers to what does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from veerkracht.region.model import Region
from veerkracht.region.plan_files import PlanFile
from veerkracht.region.plans import Measure, Plan
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import LANGUAGES


def check_against_each_other(region: Region, main: Reader, plans: list[PlanFile]) -> None:
    """Note every reference to what does not exist, with the line that refers."""
    _check_main(region, main)
    for file in plans:
        _check_plan(region, file)


def _check_main(region: Region, main: Reader) -> None:
    for index, language in enumerate(region.languages):
        if language not in LANGUAGES:
            main.fault(("languages", index), "This language is not known here.", language, one_of(LANGUAGES))
    if region.turns_plan and region.turns_plan not in region.plans:
        expected = one_of(sorted(region.plans), region.turns_plan)
        main.fault("turns_plan", "There is no such plan.", region.turns_plan, expected)
    if region.time_zone:
        try:
            ZoneInfo(region.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            main.fault(
                "time_zone", "There is no such time zone.", region.time_zone, "such as Europe/Brussels"
            )
    if region.currency and not (len(region.currency) == 3 and region.currency.isupper()):
        main.fault("currency", "This is not a currency.", region.currency, "three capitals, such as EUR")


def _check_plan(region: Region, file: PlanFile) -> None:
    plan, reader = file.plan, file.reader
    if plan.builds_on and plan.builds_on not in region.plans:
        expected = one_of(sorted(region.plans), plan.builds_on)
        reader.fault("builds_on", "There is no such plan.", plan.builds_on, expected)
    elif _builds_on_itself(region, plan):
        expected = "a plan that does not lead back here"
        reader.fault("builds_on", "This plan builds on itself.", plan.builds_on, expected)
    seen = {measure.id for measure in _below(region, plan)}
    for measure, table in file.measures:
        if measure.id in seen:
            message = "This measure is there twice, here or in the plan this builds on."
            table.fault("id", message, measure.id, "another id")
        seen.add(measure.id)
        _check_measure(region, measure, table)


def _below(region: Region, plan: Plan) -> Iterable[Measure]:
    done = {plan.id}
    below = region.plans.get(plan.builds_on)
    while below is not None and below.id not in done:
        done.add(below.id)
        yield from below.measures
        below = region.plans.get(below.builds_on)


def _builds_on_itself(region: Region, plan: Plan) -> bool:
    done: set[str] = set()
    here: Plan | None = plan
    while here is not None and here.id not in done:
        done.add(here.id)
        here = region.plans.get(here.builds_on)
    return here is not None


def _check_measure(region: Region, measure: Measure, table: Reader) -> None:
    programme = region.programmes.get(measure.programme)
    if programme is None and not measure.programme:
        return
    if programme is None:
        expected = one_of(sorted(region.programmes), measure.programme)
        table.fault("programme", "There is no such programme.", measure.programme, expected)
        return
    pots = [
        *(group.id for group in programme.groups),
        *dict.fromkeys(route.pot for route in programme.routes),
    ]
    if measure.to and measure.to not in pots:
        table.fault("to", "The programme has no such pot.", measure.to, one_of(pots, measure.to))
