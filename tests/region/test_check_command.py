"""`veerkracht check`: what was read, every fault, and an exit code that a script can use."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.region.conftest import REGIONS, Spoil
from veerkracht import region
from veerkracht.cli.check import command


def check(*words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], standalone_mode=False)


def test_a_sound_region(capsys: pytest.CaptureFixture[str]) -> None:
    result = check(REGIONS / "testland", "--json")
    assert result.return_value == 0
    assert json.loads(result.stdout) == {
        "read": {
            "region": "testland",
            "areas": 3,
            "programmes": 5,
            "conditions": 6,
            "figures": 12,
            "series": 9,
            "plans": 2,
            "measures": 2,
            "texts": 1,
            "cases": 11,
            "cases_passed": 11,
        },
        "faults": [],
        "stale": [],
        "ok": True,
    }


def test_every_fault_of_a_broken_region_is_printed() -> None:
    result = check(REGIONS / "broken")
    faults = region.check(REGIONS / "broken")
    assert result.return_value == 1
    assert result.stdout.splitlines()[-2 - len(faults) :] == [
        *(str(fault) for fault in faults),
        f"{len(faults)} faults.",
        "The cases were not run: they say nothing about rules with faults.",
    ]


def test_a_fault_in_json() -> None:
    result = check(REGIONS / "broken", "--json")
    first = json.loads(result.stdout)["faults"][0]
    assert (result.return_value, first) == (
        1,
        {
            "file": "areas.csv",
            "line": 3,
            "field": "code",
            "found": "a",
            "expected": "each code once (see line 2)",
            "message": "This area stands there twice.",
        },
    )


def test_a_case_that_comes_out_otherwise_is_a_fault(spoil: Spoil) -> None:
    result = check(spoil("cases/day-money.toml", "age = 20", "age = 21"))
    assert result.return_value == 1
    assert result.stdout.splitlines()[-2:] == [
        "cases/day-money.toml:11: case “Twenty is too young until the end of 2021” age: "
        "The case comes out otherwise. Found 20; expected 21.",
        "1 fault.",
    ]


def test_no_such_folder(tmp_path: Path) -> None:
    result = check(tmp_path / "nowhere")
    assert (result.return_value, result.stdout.splitlines()[-1]) == (1, "1 fault.")


def test_the_region_in_use_is_checked_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))
    result = check()
    assert (result.return_value, result.stdout.splitlines()[-1]) == (0, "No faults.")
