"""`veerkracht plan`: what a person and a program get from it."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from veerkracht.cli import group
from veerkracht.cli.output import exit_code_of
from veerkracht.region import load
from veerkracht.region.one_plan import read_plan_text
from veerkracht.region.plan_template import plan_template
from veerkracht.region.plans import KINDS

REGIONS = Path(__file__).parents[1] / "regions"
FLANDERS = Path(__file__).parents[2] / "regions" / "flanders"


@pytest.fixture(autouse=True)
def in_testland(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))


def plan(*words: str) -> Result:
    return CliRunner().invoke(group, ["plan", *words], standalone_mode=False)


def answer(*words: str):
    done = plan(*words, "--json")
    assert done.exception is None
    return json.loads(done.output)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    code = exit_code_of(lambda: group.main(["plan", *words], "veerkracht", standalone_mode=False))
    assert code == 1
    return capsys.readouterr().err


def test_the_list_names_every_plan_and_what_it_builds_on() -> None:
    assert [(one["id"], one["on_top_of"], one["measures"]) for one in answer("list")] == [
        ("as-is", None, 0),
        ("more", "as-is", 2),
    ]
    assert [line.split() for line in plan("list", "--language", "nl").output.splitlines()] == [
        ["plan", "naam", "bovenop", "maatregelen"],
        ["as-is", "Zoals", "het", "is", "–", "0"],
        ["more", "Meer", "as-is", "2"],
    ]


def test_a_plan_is_shown_with_its_measures_and_their_cost_by_year() -> None:
    said = answer("show", "more")
    assert [(one["id"], one["kind"], one["recurrent"], one["played"]) for one in said["measures"]] == [
        ("extra", "money", True, True),
        ("once", "money", False, True),
    ]
    assert [(row["year"], row["recurrent"], row["amount"]) for row in said["by_year"]] == [
        (2024, True, 5000.5),
        (2024, False, 1000),
        (2025, True, 5000.5),
        (2025, False, 0),
    ]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["More", "On top of: as-is", "Measures", "Cost by year, million euro", "What this rests on"]),
        ("nl", ["Meer", "Bovenop: as-is", "Maatregelen", "Kosten per jaar, miljoen euro", "Waarop dit rust"]),
    ],
)
def test_a_plan_is_shown_in_both_languages(language: str, lines: list[str]) -> None:
    shown = [line.strip() for line in plan("show", "more", "--language", language).output.splitlines()]
    assert [line for line in shown if line in lines] == lines


def test_a_plan_of_ones_own_is_shown_by_its_path(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(plan("new", "own", "--on-top-of", "more").output)
    assert answer("show", str(file))["on_top_of"] == "more"


def test_a_plan_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "show", "less") == "Error: Testland has no plan “less”; it has: as-is, more.\n"


def test_a_new_plan_is_written_and_passes_check(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    plan("new", "own", "--on-top-of", "more", "--file", str(file))
    checked = plan("check", str(file))
    assert (checked.return_value, checked.output) == (0, f"{file}: no faults.\n")
    assert tomllib.loads(file.read_text())["builds_on"] == "more"


@pytest.mark.parametrize("folder", [REGIONS / "testland", FLANDERS])
def test_every_example_of_a_new_plan_passes_check(folder: Path) -> None:
    """Those behind a comment sign too."""
    here = load(folder)
    text = plan_template(here, "own", next(iter(here.plans)), 2030)
    for example in (text, uncommented(text)):
        assert read_plan_text(here, example)[1] == (), example
    kinds = {one["kind"] for one in tomllib.loads(uncommented(text))["measure"]}
    assert kinds == set(KINDS)


def uncommented(text: str) -> str:
    """The text with its last example, of a rule, no longer behind comment signs."""
    begin = text.index("\n# [[")
    return text[:begin] + text[begin:].replace("\n# ", "\n")


def test_a_new_plan_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert refused(capsys, "new", "My plan") == (
        "Error: “My plan” can't be the name of a plan: expected lower-case letters, digits and single hyphens, such "
        "as more-places.\n"
    )
    assert refused(capsys, "new", "more") == (
        "Error: Testland has a plan “more” already: give the new one another name than as-is, more.\n"
    )
    assert refused(capsys, "new", "own", "--on-top-of", "less") == (
        "Error: Testland has no plan “less”; it has: as-is, more.\n"
    )
    taken = tmp_path / "taken.toml"
    taken.write_text("")
    assert refused(capsys, "new", "own", "--file", str(taken)) == (
        f"Error: {taken} is there already: choose another file.\n"
    )
    nowhere = tmp_path / "no" / "plan.toml"
    assert refused(capsys, "new", "own", "--file", str(nowhere)) == (
        f"Error: Can't write {nowhere}: No such file or directory.\n"
    )


def test_check_reports_every_fault_of_every_file(tmp_path: Path) -> None:
    bad, worse = tmp_path / "bad.toml", tmp_path / "worse.toml"
    bad.write_text('id = "bad"\nname = { nl = "Slecht", en = "Bad" }\nbuilds_on = "les"\n')
    worse.write_text("id =\n")
    done = plan("check", str(bad), str(worse))
    assert done.return_value == 1
    assert done.output.splitlines() == [
        f"{bad}:3: builds_on: There is no such plan. Found les; expected one of: as-is, more.",
        f"{worse}:1: This is not TOML. Found Invalid value; expected valid TOML.",
    ]
    said = json.loads(plan("check", str(bad), str(worse), "--json").output)
    assert (said["ok"], [(fault["file"], fault["line"]) for fault in said["faults"]]) == (
        False,
        [(str(bad), 3), (str(worse), 1)],
    )


def test_a_file_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    assert refused(capsys, "check", str(missing)) == (
        f"Error: Can't read {missing}: No such file or directory. Expected a plan file (*.toml).\n"
    )
