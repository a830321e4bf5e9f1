"""The region's file on assessments: what it must say, and that no code knows Flanders."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.region.conftest import REGIONS
from veerkracht import region
from veerkracht.region.cases import run_cases
from veerkracht.region.scoring import opened_by, outcome_of, wrongs

FLANDERS = Path(__file__).parents[2] / "regions" / "flanders"
FILE = "assessments.toml"


def spoilt(folder: Path, to: Path, old: str, new: str, file: str = FILE) -> list[str]:
    """The faults of a copy of a region in which a text was replaced, as field and message."""
    copy = Path(shutil.copytree(folder, to / "copy"))
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1))
    faults = [fault for fault in region.check(copy) if fault.file == file]
    return [f"{fault.field}: {fault.message}" for fault in faults]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('instrument = "strength"', 'instrument = "length"', "opens[gym].instrument: There is no such instrument."),
        ('rule = "arms < 3"', 'rule = "legs < 3"',
         "opens[gym].rule: The rule names a column that the programme does not declare."),
        ('rule = "arms < 3"', 'rule = "arms + 3"', "opens[gym].rule: The rule gives the wrong type."),
        ("high = 9", "high = -1", "instrument[strength].item[arms].high: A scale has two ends, the lower first."),
        ('id = "arms"', 'id = "category"', "instrument[strength].item[category].id: An item can't have this id."),
        ("valid_months = 3", "valid_months = 0",
         "instrument[strength].valid_months: This number is not possible here."),
        ("remind_days = 10", "remind_day = 10", "instrument[strength].remind_days: This is missing."),
        ("from = 2020-01-01", "from = 2020-01-01\nuntil = 2019-01-01",
         "opens[gym].until: This ends before it begins."),
        ('summary = {', 'method = "katz"\nsummary = {',
         "instrument[strength].item: These are not the items of a Katz scale."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(tmp_path, old, new, fault):
    assert fault in spoilt(REGIONS / "testland", tmp_path, old, new)


def test_a_file_without_an_instrument_is_of_no_use(tmp_path):
    copy = Path(shutil.copytree(REGIONS / "testland", tmp_path / "copy"))
    (copy / FILE).write_text("")
    assert [fault.field for fault in region.check(copy)] == ["instrument"]


def test_another_region_measures_otherwise(testland):
    assessments = testland.assessments
    strength = assessments.instruments["strength"]
    weak, strong = {"arms": 2}, {"arms": 3}
    assert [outcome_of(strength, one) for one in (weak, strong)] == ["", ""]
    assert [wrong.field for wrong in wrongs(strength, {"arms": 10})] == ["arms"]
    opened = {
        arms: [one.id for one in opened_by(assessments, strength, {"arms": arms}, "", date(2020, 1, 1))]
        for arms in (2, 3)
    }
    assert opened == {2: ["gym"], 3: []}
    assert opened_by(assessments, strength, weak, "", date(2019, 12, 31)) == ()


def test_money_follows_katz_and_the_file_says_from_when_what_counts():
    assessments = region.load(FLANDERS).assessments
    days = (date(2003, 12, 31), date(2021, 6, 30), date(2021, 7, 1), date(2023, 12, 31))
    pays = [assessments.pays_on("residential-care", day) for day in days]
    assert [one and (one.instrument, one.heavy) for one in pays] == [
        None, ("katz", "extra-places"), ("katz", "all"), ("katz", "all"),
    ]  # fmt: skip
    last_year, new_year = date(2023, 12, 31), date(2024, 1, 1)
    duties = [[duty.id for duty in assessments.duties if duty.holds(day)] for day in (last_year, new_year)]
    assert duties == [["katz-at-admission"], ["ltcf-after-admission", "katz-at-admission"]]


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ('items = { washing = 3 }\nexpect = { category = "a" }', 'items = { washing = 3 }\nexpect = { category = "b" }',
         "category: The case comes out otherwise. Found a; expected b."),
        ('items = { washing = 5 }\nexpect = { refused = "washing" }',
         'items = { washing = 5 }\nexpect = { refused = "eating" }',
         "refused: The case comes out otherwise. Found washing; expected eating."),
    ],
)  # fmt: skip
def test_a_case_that_comes_out_otherwise_says_so(tmp_path, old, new, difference):
    copy = Path(shutil.copytree(FLANDERS, tmp_path / "copy"))
    file = copy / "cases" / "katz.toml"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))
    results, faults = run_cases(region.load(copy))
    found = [str(one) for result in results for one in result.differences]
    assert ([one.split("” ", 1)[1] for one in found], faults) == ([difference], [])


@pytest.fixture(scope="module")
def testland() -> region.Region:
    return region.load(REGIONS / "testland")
