"""`veerkracht population` as somebody types it."""

import json

import pytest

from tests.typing_commands import typing

QUICK = ("--years", "2", "--runs", "20", "--start", "2018-12-31")


@pytest.fixture
def run(capsys):
    return typing(capsys, "population")


def test_a_table_of_the_region(run):
    code, out, _ = run(*QUICK, "--language", "nl")
    lines = [line.rstrip() for line in out.splitlines()]
    assert (code, lines[0]) == (0, "Inwoners: Vlaanderen (duizend)")
    assert (
        lines[2].split()
        == "31-12-2018 6.589 (6.589 – 6.589) 1.278 (1.278 – 1.278)".split() + lines[2].split()[9:]
    )
    assert lines[5] == "Midden (8 kansen op 10). 20 berekeningen, startgetal 1."


def test_official_projections_stand_beside_it(run):
    code, out, _ = run("--start", "2018-12-31", "--years", "12", "--runs", "20", "--json")
    official = json.loads(out)["official"]
    assert code == 0
    assert [row["series"] for row in official if row["official"] == 494_000] == [
        "official-projection.80-plus"
    ]


def test_json_of_one_municipality(run):
    code, out, _ = run(*QUICK, "--area", "Antwerpen", "--json")
    made = json.loads(out)
    start = [
        row for row in made["series"] if row["date"] == "2018-12-31" and row["series"] == "population.total"
    ]
    # The city: a province has the same name, and is larger.
    assert (code, start[0]["p50"]) == (0, 536_789.0)


def test_a_province_by_its_code(run):
    _, out, _ = run(*QUICK, "--area", "10000", "--json")
    assert json.loads(out)["series"][0]["p50"] > 1_800_000


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--area", "Nowhere"), "Flanders has no area “Nowhere”: give the code or name of a municipality"),
        (("--runs", "0"), "0 runs can't be played: expected 1 or more."),
        (("--years", "0"), "A forecast of 0 years can't be made: expected 1 to 50."),
    ],
)
def test_what_can_not_be_projected_is_one_line(run, words, says):
    code, out, err = run(*QUICK, *words)
    assert (code, out) == (1, "")
    assert err.startswith(f"Error: {says}")
    assert len(err.splitlines()) == 1
