"""Reads one plan that is no file of the region, as if it were: somebody's own, or what levers make."""

from __future__ import annotations

from dataclasses import replace

from veerkracht.region.faults import RegionFault
from veerkracht.region.levers import Lever, plan_text
from veerkracht.region.model import Region
from veerkracht.region.plan_checks import check_plan
from veerkracht.region.plan_files import read_plan
from veerkracht.region.plans import Plan
from veerkracht.region.reader import EARLIEST, Faults, Reader
from veerkracht.region.toml_lines import NotToml, parse


def read_plan_text(
    region: Region, text: str, name: str = "plan.toml"
) -> tuple[Plan | None, tuple[RegionFault, ...]]:
    """The plan that a text describes, beside the plans of a region, and every fault in it in the order of its lines.

    `name`: what the faults call the text. None when it can't be read as a plan at all.
    """
    faults = Faults()
    try:
        document = parse(text)
    except NotToml as error:
        faults.add(name, error.line, "", "This is not TOML.", str(error), "valid TOML")
        return None, tuple(faults.all)
    read = read_plan(Reader(name, document, faults, document.data))
    if read is None:
        return None, tuple(sorted(set(faults.all)))
    others = {id: plan for id, plan in region.plans.items() if id != read.plan.id}
    check_plan(replace(region, plans={**others, read.plan.id: read.plan}), read)
    return read.plan, tuple(sorted(set(faults.all)))


def check_levers(region: Region, levers: tuple[tuple[Lever, Reader], ...]) -> None:
    """Note at each lever what is wrong with the measure that it makes."""
    base = next(iter(region.plans), "")
    for lever, reader in levers:
        text = plan_text("a-lever", lever.name, lever.name, base, [(lever, lever.most)], EARLIEST)
        for fault in read_plan_text(region, text)[1]:
            reader.fault("measure", f"What this lever makes: {fault.message}", fault.found, fault.expected)
