"""`veerkracht hindcast` and `veerkracht calibrate`, as somebody types them."""

import json
from datetime import date

import pytest

from tests.cli import small_region
from tests.typing_commands import typing
from veerkracht.forecast.hindcast.track import track_record
from veerkracht.region import load

_HINDCAST = """\
plan = "as-is"
calibrated = ["day-money"]
[[start]]
date = 2023-12-31
"""
_LATER = {"waiting.urgent": (36, 40), "waiting.other": (45, 52)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The small region, with figures of the year after and of the year before its start."""
    made = small_region.make(tmp_path_factory.mktemp("regions") / "small")
    (made / "hindcast.toml").write_text(_HINDCAST, "utf-8")
    with (made / "figures" / "day-money.csv").open("a", encoding="utf-8") as file:
        for name, (before, after) in _LATER.items():
            file.write(
                f"day-money.{name},2022-12-31,{before},requests,,,Yearbook 2022,,2023-05-01,published,\n"
            )
            file.write(
                f"day-money.{name},2024-12-31,{after},requests,,,Yearbook 2024,,2025-05-01,published,\n"
            )
    return made


@pytest.fixture
def run(capsys, monkeypatch, folder):
    monkeypatch.setenv("VEERKRACHT_REGION", str(folder))
    typed = typing(capsys)
    return lambda *words: typed(*words, "--workers", "1")


def test_scores_as_json(run):
    code, out, _ = run("hindcast", "--runs", "8", "--sets", "60", "--json")
    made = json.loads(out)
    assert (code, made["starts"], made["programmes"]) == (0, ["2023-12-31"], ["day-money"])
    waiting = [row for row in made["series"] if row["series"] == "day-money.waiting.urgent"]
    assert [(row["variant"], row["date"], row["observed"]) for row in waiting] == [
        ("as-known-then", "2024-12-31", 40.0),
        ("as-it-was-decided", "2024-12-31", 40.0),
    ]
    assert {row["horizon_years"] for row in made["scores"]} == {1.0}


def test_scores_as_tables(run):
    code, out, err = run("hindcast", "--runs", "8", "--sets", "0", "--variant", "as-known-then")
    lines = out.splitlines()
    assert (code, err.splitlines()[0]) == (0, "Looking back …")
    assert lines[0] == "Forecasts from 2023-12-31, 8 runs each, scored on what came."
    rows = [line.split()[:3] for line in lines if line.startswith("day-money.")]
    assert ["day-money.waiting.urgent", "1", "40"] in rows
    assert all("as-it-was-decided" not in line for line in lines)


def test_a_track_record_is_kept_for_the_pages(run, folder):
    code, _, err = run("hindcast", "--runs", "8", "--sets", "0", "--store")
    kept = track_record(load(folder))
    assert (code, err.splitlines()[-1]) == (0, f"Kept in {folder / 'calibration' / 'track-record.json'}")
    assert kept is not None
    assert (kept.starts, kept.runs, kept.stale) == ((date(2023, 12, 31),), 8, False)


def test_a_calibration_is_kept_and_says_what_it_does_not_know(run, folder):
    code, out, err = run("calibrate", "--runs", "60", "--start", "2023-12-31")
    assert (code, err.splitlines()[-1]) == (
        0,
        f"Kept in {folder / 'calibration' / 'day-money.2023-12-31.json'}",
    )
    assert out.splitlines()[1] == "day-money on 2023-12-31: 60 sets, 4 figures."
    assert "Not pinned down by any figure" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hindcast", "--runs", "0"), "A forecast of 0 runs can't be made"),
        (("hindcast", "--start", "2019-06-30"), "The first figures are of 2022-12-31"),
        (("hindcast", "--programme", "nothing"), "has no programme “nothing”"),
        (("calibrate", "--runs", "5"), "expected at least 60"),
    ],
)
def test_what_can_not_be_asked(run, words, said):
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert said in err
