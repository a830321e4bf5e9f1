"""What must hold between the files of a region: nothing refers to what does not exist."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from veerkracht.region.model import Region
from veerkracht.region.plan_checks import check_plan
from veerkracht.region.plan_files import PlanFile
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import LANGUAGES


def check_against_each_other(region: Region, main: Reader, plans: list[PlanFile]) -> None:
    """Note every reference to what does not exist, with the line that refers."""
    _check_main(region, main)
    for file in plans:
        check_plan(region, file)


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
