"""Reads the text of an own plan as the region's own plans are read: all of it, or every fault in it."""

import re
import unicodedata
from dataclasses import replace

from veerkracht import region
from veerkracht.region import Plan, Region, RegionFault, RegionFaults, toml_text
from veerkracht.region.one_plan import read_plan_text
from veerkracht.register.plans.models import OwnPlan
from veerkracht.rulebook.types import Text

OWN = "own-"
_ID_LINE = re.compile(r"^id *=.*$", re.MULTILINE)
_NAME_LINE = re.compile(r"^name *=.*$", re.MULTILINE)


def read_text(text: str, here: Region | None = None) -> tuple[Plan | None, tuple[RegionFault, ...]]:
    """The plan in a text, and every fault in it, judged beside the files of the region (`here`: the region in use)."""
    return read_plan_text(here or region.current(), text)


def own_id(kept: OwnPlan) -> str:
    """The id under which an own plan stands among those of the region."""
    return f"{OWN}{kept.pk}"


def plan_of(kept: OwnPlan) -> Plan:
    """An own plan as a plan of the region, under its own id and name.

    Raises `RegionFaults` when the region has changed so that it can't be played any more.
    """
    plan, faults = read_text(kept.text)
    if plan is None or faults:
        raise RegionFaults(list(faults))
    return replace(plan, id=own_id(kept), name=Text(kept.name, kept.name))


def named(text: str, name: str) -> str:
    """The text of a plan under another name, and under the id that goes with it."""
    written = toml_text.value({"nl": name, "en": name})
    text = _ID_LINE.sub(lambda _: f"id = {toml_text.value(slug(name))}", text, count=1)
    return _NAME_LINE.sub(lambda _: f"name = {written}", text, count=1)


def slug(name: str) -> str:
    """A name as an id: small letters and digits with a dash between."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "plan"
