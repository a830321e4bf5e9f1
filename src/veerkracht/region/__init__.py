"""Reads and checks a region's files. No code knows a region; a region is a folder."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from veerkracht.region.checked import Stale, stale
from veerkracht.region.faults import RegionFault, RegionFaults
from veerkracht.region.figures import Figures
from veerkracht.region.loading import check, load, read
from veerkracht.region.model import Region
from veerkracht.region.plans import Envelope, Measure, Plan
from veerkracht.region.plans_together import known_on, measures, plan_money
from veerkracht.rulebook.errors import Fault

__all__ = [
    "Envelope",
    "Figures",
    "Measure",
    "Plan",
    "Region",
    "RegionFault",
    "RegionFaults",
    "Stale",
    "check",
    "current",
    "current_folder",
    "known_on",
    "load",
    "measures",
    "plan_money",
    "read",
    "stale",
]


def current_folder() -> Path:
    """The folder of the region in use: VEERKRACHT_REGION, a folder or the name of one in `regions/`."""
    return _folder(os.environ.get("VEERKRACHT_REGION", "flanders"), Path.cwd())


# Asked hundreds of times for one answer, and each time the disk would be.
@lru_cache(maxsize=8)
def _folder(wanted: str, here: Path) -> Path:
    if Path(wanted).is_dir():
        return Path(wanted).resolve()
    for parent in (here, *Path(__file__).resolve().parents):
        if (parent / "regions" / wanted).is_dir():
            return parent / "regions" / wanted
    raise Fault(f"There is no region “{wanted}”: VEERKRACHT_REGION must name a folder, or one in regions/.")


def current() -> Region:
    """The region in use, read once. Raises `RegionFaults` when its files have faults."""
    return _loaded(current_folder())


@lru_cache(maxsize=4)
def _loaded(folder: Path) -> Region:
    return load(folder)
