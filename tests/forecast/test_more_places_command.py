"""`veerkracht more-places` as somebody types it."""

import json
from pathlib import Path

import pytest

from tests.typing_commands import typing

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("VEERKRACHT_REGION", str(TESTLAND))
    return typing(capsys, "more-places")


def test_a_table_by_zone_and_by_places_in_all(run):
    code, out, err = run("shelter", "--runs", "20", "--on", "2023-12-31")
    lines = [line.rstrip() for line in out.splitlines()]
    assert (code, lines[0]) == (0, "Shelter: middle (8 chances in 10), 20 runs")
    assert [line.split()[0] for line in lines[2:4]] == ["Upper", "Lower"]
    assert lines[4].split()[:2] == ["Places", "more"]
    assert err.startswith(
        "Of 240 draws these 20 agree with the share without a place that is known; they have "
    )


def test_the_same_as_data_and_in_dutch(run):
    asked = ("shelter", "--runs", "20", "--on", "2023-12-31")
    found = json.loads(run(*asked, "--json")[1])
    assert (found["kind"], found["kept"], found["drawn"], list(found["zones"])) == (
        "shelter",
        20,
        240,
        ["upper", "lower"],
    )
    assert found["steps"][0]["places_more"] == 0
    middle = found["zones"]["lower"]["bought"]["p50"]
    assert f"{middle:.1f}".replace(".", ",") in run(*asked, "--language", "nl")[1]


def test_the_kinds_there_are_and_one_that_is_not(run):
    assert run()[1].split() == ["kind", "name", "shelter", "Shelter"]
    code, _, err = run("castle")
    assert (code, "it does of: shelter." in err) == (1, True)
