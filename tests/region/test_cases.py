"""Every case of every region is run; and a case that comes out otherwise says so."""

from pathlib import Path

import pytest

from tests.region.conftest import REGIONS, Spoil
from veerkracht import region
from veerkracht.region.cases import CaseResult, run_cases

FOLDERS = [REGIONS / "testland", *sorted((Path(__file__).parents[2] / "regions").iterdir())]
CASES = "cases/day-money.toml"


def results(folder: Path) -> list[CaseResult]:
    found, faults = run_cases(region.load(folder))
    assert faults == []
    return found


@pytest.mark.parametrize("result", [r for folder in FOLDERS for r in results(folder)], ids=lambda r: r.name)
def test_case(result: CaseResult) -> None:
    assert [str(difference) for difference in result.differences] == []


def differences(folder: Path) -> list[str]:
    return [str(difference) for result in results(folder) for difference in result.differences]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            'eligible = false, unmet = ["of-age"], age = 20',
            'eligible = true, unmet = ["of-age"], age = 20',
            "cases/day-money.toml:11: case “Twenty is too young until the end of 2021” eligible: "
            "The case comes out otherwise. Found false; expected true.",
        ),
        (
            "granted = [2, 1]",
            "granted = [1, 2]",
            "cases/day-money.toml:71: case “Two fit, the third waits” granted: "
            "The case comes out otherwise. Found [2, 1]; expected [1, 2].",
        ),
        (
            "began on 2020-01-01",
            "began on 2021-01-01",
            "cases/day-money.toml:78: case “No round before the programme began” fault: "
            "The case comes out otherwise. Found day-money began on 2020-01-01: there can be no round on "
            "2019-12-31.; expected day-money began on 2021-01-01.",
        ),
        (
            "money = 3_000\nexpect = { ",
            'money = 3_000\nexpect = { fault = "too little", ',
            "cases/day-money.toml:71: case “Two fit, the third waits” fault: "
            "The case comes out otherwise. Found no refusal; expected too little.",
        ),
        (
            "request = { hardship = 7, request_date = 2021-06-01, moved_on = 2021-09-01 }\nexpect = { group = 1",
            "request = { hardship = 7, moved_on = 2021-09-01 }\nexpect = { scheme = 'letters', group = 1",
            "cases/day-money.toml:29: case “Seven is urgent, from the day of the revision” scheme: "
            "The case comes out otherwise. Found The request does not state its request_date, and this outcome "
            "needs it.; expected letters.",
        ),
    ],
)
def test_a_case_that_comes_out_otherwise(spoil: Spoil, old: str, new: str, expected: str) -> None:
    assert differences(spoil(CASES, old, new)) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "hardship = 7",
            "hardshp = 7",
            "cases/day-money.toml:28: case[4].request.hardshp: There is no such column. "
            "Found hardshp; expected “hardship”",
        ),
        (
            "hardship = 7",
            "hardship = true",
            f"{CASES}:28: case[4].request.hardship: This has the wrong type.",
        ),
        ("hardship = 7", 'area = "noth"', f"{CASES}:28: case[4].request.area: There is no such area."),
        ("hardship = 7", 'kind = "more"', f"{CASES}:28: case[4].request.kind: There is no such kind."),
        (
            "expect = { eligible = true }",
            "expect = {}",
            f"{CASES}:23: case[3].expect: This case expects nothing.",
        ),
        ("age = 20", "aged = 20", f"{CASES}:11: case[1].expect.aged: A case can't expect this."),
        (
            "id = 2, priority",
            "id = 1, priority",
            f"{CASES}:66: case[10].others: Two requests have the same id.",
        ),
        (
            'category = "A"',
            'category = "Z"',
            f"{CASES}:34: case[5].request: The request of this case can't be.",
        ),
        (
            'programme = "day-money"',
            'programme = "day"',
            f"{CASES}:1: programme: There is no such programme.",
        ),
    ],
)
def test_a_case_that_can_not_be_read(spoil: Spoil, old: str, new: str, expected: str) -> None:
    _, faults = run_cases(region.load(spoil(CASES, old, new)))
    assert [str(fault)[: len(expected)] for fault in faults] == [expected]
