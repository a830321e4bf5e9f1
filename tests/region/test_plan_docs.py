"""The page on writing a plan: every example in it can be used, and it names every kind and every section."""

import re
from pathlib import Path

from veerkracht.region import Region
from veerkracht.region.one_plan import read_plan_text
from veerkracht.region.plans import KINDS
from veerkracht.region.rule_changes import SECTIONS

PAGE = Path(__file__).parents[2] / "docs" / "writing-a-plan.md"


def test_all_examples_together_are_a_plan_without_faults(testland: Region) -> None:
    text = PAGE.read_text()
    examples = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    plan, faults = read_plan_text(testland, "\n".join(examples), "writing-a-plan.md")
    assert [str(fault) for fault in faults] == []
    assert plan is not None
    assert {measure.kind for measure in plan.measures} == set(KINDS)
    assert len(plan.envelopes) == 2


def test_every_section_that_can_be_changed_is_named() -> None:
    named = re.search(r"Sections that can be changed: (.*?)\. The", PAGE.read_text(), re.DOTALL)
    assert named is not None
    assert re.findall(r"`(\w+)`", named[1]) == list(SECTIONS)
