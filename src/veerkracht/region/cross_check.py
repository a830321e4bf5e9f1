"""What must hold between the files of a region: nothing refers to what does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from veerkracht.region.model import Region
from veerkracht.region.plans import Measure, Plan
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import LANGUAGES, Programme


def check_against_each_other(
    region: Region, main: Reader, programmes: list[tuple[Programme, Reader]], plans: list[tuple[Plan, Reader]]
) -> None:
    """Note every reference to what does not exist, with the line that refers."""
    _check_main(region, main)
    for plan, reader in plans:
        _check_plan(region, plan, reader)


def _check_main(region: Region, main: Reader) -> None:
    for index, language in enumerate(region.languages):
        if language not in LANGUAGES:
            main.fault(("languages", index), "This language is not known here.", language, one_of(LANGUAGES))
    if region.time_zone:
        try:
            ZoneInfo(region.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            main.fault(
                "time_zone", "There is no such time zone.", region.time_zone, "such as Europe/Brussels"
            )
    if region.currency and not (len(region.currency) == 3 and region.currency.isupper()):
        main.fault("currency", "This is not a currency.", region.currency, "three capitals, such as EUR")


def _check_plan(region: Region, plan: Plan, reader: Reader) -> None:
    if plan.builds_on and plan.builds_on not in region.plans:
        expected = one_of(sorted(region.plans), plan.builds_on)
        reader.fault("builds_on", "There is no such plan.", plan.builds_on, expected)
    elif _builds_on_itself(region, plan):
        reader.fault(
            "builds_on", "This plan builds on itself.", plan.builds_on, "a plan that does not lead back here"
        )
    tables = {table.data.get("id"): table for table in reader.tables("measure")}
    seen = {measure.id for measure in _below(region, plan)}
    for measure in plan.measures:
        table = tables[measure.id]
        if measure.id in seen:
            table.fault(
                "id",
                "This measure is there twice, here or in the plan this builds on.",
                measure.id,
                "another id",
            )
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
