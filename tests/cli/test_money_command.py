"""`veerkracht money`: what a person and a program get from it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from veerkracht.cli import group
from veerkracht.cli.output import exit_code_of

REGIONS = Path(__file__).parents[1] / "regions"


@pytest.fixture(autouse=True)
def in_testland(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))


def money(*words: str) -> Result:
    return CliRunner().invoke(group, ["money", *words], standalone_mode=False)


def answer(*words: str) -> Any:
    done = money(*words, "--json")
    assert done.exception is None
    return json.loads(done.output)


def lines(*words: str) -> list[str]:
    return [" ".join(line.split()) for line in money(*words).output.splitlines() if line.strip()]


def test_the_list_names_all_or_only_what_is_unknown() -> None:
    said = answer("list")
    assert [one["id"] for one in said["envelopes"]] == ["planned", "promise", "promise-pay", "once"]
    assert (said["currency"], len(said["measures"])) == ("GBP", 4)
    unknown = answer("list", "--unknown")
    assert [[one["id"] for one in unknown[kind]] for kind in ("envelopes", "measures")] == [
        ["once"],
        ["houses"],
    ]


def test_an_envelope_is_shown_with_all_that_was_said_its_parts_and_what_is_open() -> None:
    assert lines("show", "promise") == [
        "The promise (new, every year)",
        "What was said of it",
        "million GBP level on source",
        "0.5 announced 10-01-2023 Speech of the prime minister of Testland",
        "0.480 agreed 01-03-2023 Budget of Testland",
        "Envelopes",
        "envelope name million GBP level on how on top of",
        "promise-pay The promise: pay 0.3 agreed 01-03-2023 new, every year –",
        "Measures",
        "measure name million GBP level on envelope",
        "more-budgets More day money 0.005 agreed 01-03-2023 promise",
        "Not explained: Promise and agreement",
    ]


def test_a_measure_says_what_is_unmeasured_and_undefined() -> None:
    assert lines("show", "pay-rise", "--language", "nl")[-4:] == [
        "Wat er geleverd wordt",
        "wat start doel bereikt",
        "Mensen aangeworven 400 420 (31-12-2024) 404 (31-12-2023)",
        "Tevreden medewerkers (niet omschreven) onbekend onbekend niet gemeten",
    ]


def test_a_sentence_is_shown_with_the_measures_that_answer_it() -> None:
    assert lines("show", "help-nearby") == [
        "There will be help in the neighbourhood.",
        "Measures",
        "measure name million GBP level on envelope",
        "houses Neighbourhood houses unknown – – once",
    ]
    assert [one["id"] for one in answer("show", "help-nearby")["answered_by"]] == ["houses"]


def test_only_what_nobody_explained_is_open() -> None:
    assert [one["id"] for one in answer("open")] == ["promise-and-agreement"]
    assert lines("open") == [
        "The difference is not explained.",
        "Promise and agreement",
        "what figure on source",
        "The promise 0.5 million GBP 10-01-2023 Speech of the prime minister of Testland",
        "The agreement 0.480 million GBP 01-03-2023 Budget of Testland",
    ]


def test_what_is_not_there_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["money", "show", "promises"]
    assert exit_code_of(lambda: group.main(call, "veerkracht", standalone_mode=False)) == 1
    assert capsys.readouterr().err == (
        "Error: There is no envelope, measure or sentence “promises”: veerkracht money list names them.\n"
    )
