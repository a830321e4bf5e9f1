"""`hindcast.toml`: read, or every fault in it named."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from veerkracht.region import check, load

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"
FILE = """\
plan = "as-is"
calibrated = ["day-money"]

[[start]]
date = 2022-12-31

[[expected]]
id = "usual"
programme = "day-money"
from = 2021-01-01
until = 2023-01-01
first_year = 2023
amount = 100
low = 50
high = 200
source = { title = "Budget of Testland" }

[[yardstick]]
id = "others"
name = { nl = "Raming", en = "Estimate" }
series = "day-money.waiting.total"
start = 2022-12-31
value_at_start = 40
end = 2024-12-31
value = 80
source = { title = "Question in parliament" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TESTLAND, tmp_path / "testland"))


def test_it_is_read(folder):
    (folder / "hindcast.toml").write_text(FILE, "utf-8")
    found = load(folder).hindcasts
    assert found is not None
    assert (found.plan, found.starts, found.until, found.calibrated) == (
        "as-is",
        (date(2022, 12, 31),),
        None,
        ("day-money",),
    )
    expected, others = found.expected[0], found.yardsticks[0]
    assert [expected.covers(year) for year in (2022, 2023, 2030)] == [False, True, True]
    assert [expected.holds(day) for day in (date(2022, 1, 1), date(2023, 1, 1))] == [True, False]
    assert others.on(date(2023, 12, 31)) == pytest.approx(60, abs=0.1)


def test_a_region_needs_none(folder):
    assert load(folder).hindcasts is None


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('plan = "as-is"', 'plan = "as-was"', "hindcast.toml:1: plan: There is no such plan."),
        ('["day-money"]', '["night"]', "hindcast.toml:2: calibrated[1]: There is no such programme."),
        (
            "low = 50",
            "low = 150",
            "hindcast.toml:13: expected[usual].amount: The range does not hold the amount.",
        ),
        ("end = 2024-12-31", "end = 2020-12-31", "This forecast ends before it begins."),
        ("first_year = 2023", "year = 2023", "This key is not known here."),
        ('\nprogramme = "day-money"', '\nprogramme = "night"', "There is no such programme."),
    ],
)
def test_every_fault_is_named(folder, old, new, fault):
    assert old in FILE
    (folder / "hindcast.toml").write_text(FILE.replace(old, new), "utf-8")
    faults = [str(one) for one in check(folder)]
    assert len(faults) == 1
    assert fault in faults[0]
