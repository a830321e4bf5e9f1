"""Levers make measures as in a plan file; what is wrong with one is told with its line."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from veerkracht import region
from veerkracht.region.levers import plan_text
from veerkracht.region.loading import check, load
from veerkracht.region.one_plan import read_plan_text
from veerkracht.rulebook.types import Text

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"
LEVER = """[[lever]]
id = "more-money"
kind = "money"
name = { nl = "Meer geld", en = "More money" }
unit = { nl = "duizend euro per jaar", en = "thousand euro a year" }
least = 0
most = 50
step = 5
times = 1_000
yearly = true

[lever.measure]
programme = "day-money"
recurrent = true
"""


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(TESTLAND, tmp_path / "testland")


def with_levers(folder, text):
    (folder / "levers.toml").write_text(text)
    return folder


def test_a_lever_makes_a_measure_in_each_year(folder):
    here = load(with_levers(folder, LEVER))
    text = plan_text(
        "mine", Text("Van mij", "Mine"), Text("x", "y"), "as-is", [(here.levers[0], 10)], date(2025, 1, 1)
    )
    plan, faults = read_plan_text(here, text)
    assert faults == ()
    dated = [(part.from_, part.amount_cents_per_year) for one in plan.measures for part in one.dated()]
    assert dated == [(date(year, 1, 1), 1_000_000) for year in range(2025, 2035)]


@pytest.mark.parametrize(
    ("value", "allowed"), [(0, True), (5, True), (50, True), (7, False), (-5, False), (55, False)]
)
def test_where_a_lever_can_stand(folder, value, allowed):
    assert load(with_levers(folder, LEVER)).levers[0].allows(value) is allowed


def test_a_region_needs_no_levers(folder):
    assert load(folder).levers == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('"day-money"', '"world-peace"', 12, "lever[more-money].measure"),
        ("most = 50", "most = -1", 7, "lever[more-money].most"),
        ("step = 5", "step = 0", 8, "lever[more-money].step"),
        ('kind = "money"', 'kind = "magic"', 3, "lever[more-money].kind"),
        ("least = 0\n", "", 1, "lever[more-money].least"),
        ("yearly", "yeerly", 10, "lever[more-money].yeerly"),
    ],
)
def test_what_is_wrong_with_a_lever_is_told_with_its_line(folder, old, new, line, field):
    faults = check(with_levers(folder, LEVER.replace(old, new)))
    assert (("levers.toml", line, field) in [(one.file, one.line, one.field) for one in faults]) is True


def test_each_lever_of_the_region_does_something():
    for lever in region.current().levers:
        assert (lever.least, lever.allows(lever.most)) == (0, True)
