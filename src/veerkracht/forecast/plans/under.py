"""The region and its programmes under a plan: a plan of somebody's own beside those of the region, rules changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from veerkracht.region import Region, RegionFaults, measures
from veerkracht.region.one_plan import read_plan_text
from veerkracht.region.rule_changes import changed
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Programme


def programme_under(
    region: Region, plan_id: str, programme: Programme, decided_by: date | None = None
) -> Programme:
    """The programme with the rules that a plan changes in it, each from its day on; a validated draft.

    `decided_by`: without what was decided after this day. Raises `Fault` for a plan that does not exist and for a
    change that can't be made.
    """
    return changed(programme, measures(region, plan_id, decided_by))


def plan_from_file(region: Region, path: Path | str) -> tuple[Region, str]:
    """The region with the plan of a file beside its own, and the plan's id. A plan of the same id gives way to it.

    Raises `Fault` when the file can't be read, `RegionFaults` with every fault in it.
    """
    name = str(path)
    try:
        text = Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise Fault(
            f"Can't read the plan {name}: {error.strerror}. Expected a TOML file with a plan."
        ) from error
    except UnicodeDecodeError as error:
        raise Fault(f"The plan {name} is not UTF-8: expected text in UTF-8.") from error
    plan, faults = read_plan_text(region, text, name)
    if plan is None or faults:
        raise RegionFaults(list(faults), f"The plan {name}")
    return replace(region, plans={**region.plans, plan.id: plan}), plan.id


def plan_named(region: Region, word: str) -> tuple[Region, str]:
    """The region and the plan that a word names: the id of one of its plans, or the path of a file (`*.toml`).

    Raises `Fault` naming the plans there are.
    """
    if word.endswith(".toml") and word not in region.plans:
        return plan_from_file(region, word)
    return region, region.plan(word).id
