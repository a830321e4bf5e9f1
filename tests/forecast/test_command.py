"""`veerkracht forecast` as somebody types it."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from tests.factories import make_credit, make_queue
from tests.typing_commands import typing
from veerkracht.register import clock

QUICK = ("--years", "1", "--runs", "4")
OF_FIGURES = (*QUICK, "--from-figures", "--start", "2022-12-31")
BUDGETS = ("--programme", "personal-budget")


@pytest.fixture
def run(capsys):
    return typing(capsys, "forecast")


@pytest.fixture
def register(db) -> None:
    clock.stand_still_on(date(2024, 1, 15))
    make_credit(1_000_000)
    make_queue(3)


def headings(lines: list[str], *begins: str) -> list[str]:
    """The lines that begin so, each once: a wide table stands in parts under one heading."""
    return list(dict.fromkeys(line.strip() for line in lines if line.startswith(begins)))


def test_tables_from_published_figures(run):
    code, out, err = run("constant-policy", *OF_FIGURES, *BUDGETS)
    assert (code, err.splitlines()[0]) == (0, "Starting from the published figures of 2022-12-31.")
    lines = out.splitlines()
    assert lines[:2] == [
        "Constant policy",
        "Middle (8 chances in 10). 4 runs, seed 1, from 31-12-2022 to 31-12-2023.",
    ]
    assert headings(lines, "Who", "Granted in", "Money", "When", "Residential", "Youth") == [
        "Who waits on 31 December",
        "Granted in the year",
        "Money, million euro",
        "When the turn comes (no promise)",
    ]


def test_json_of_two_plans(run):
    code, out, _ = run("twenty-million-more", "--against", "constant-policy", *OF_FIGURES, "--json")
    made = json.loads(out)
    assert (code, made["plan"], made["against"]["plan"]) == (0, "twenty-million-more", "constant-policy")
    waiting = [row for row in made["series"] if row["series"] == "personal-budget.waiting.total"]
    assert [row["date"] for row in waiting] == ["2022-12-31", "2023-06-30", "2023-12-31"]
    assert waiting[0]["p50"] == 16727
    gap = [row for row in made["difference"]["series"] if row["series"] == "personal-budget.waiting.total"]
    # The plan's money comes in 2024: within this year nothing differs, in no run.
    assert [(row["p10"], row["p50"], row["p90"]) for row in gap] == [(0, 0, 0)] * 3


def test_the_same_seed_prints_the_same(run):
    asked = ("constant-policy", *OF_FIGURES, "--json")
    assert run(*asked, "--workers", "1")[1] == run(*asked, "--workers", "2")[1]
    assert run(*asked)[1] != run(*asked, "--seed", "2")[1]


def test_a_report_and_data_are_written(run, tmp_path: Path):
    out = tmp_path / "new" / "report"
    code, _, err = run("constant-policy", "--against", "twenty-million-more", *OF_FIGURES, "--out", str(out))
    names = [
        "difference.csv",
        "forecast.json",
        "report-en.html",
        "report-en.pdf",
        "report-nl.html",
        "report-nl.pdf",
        "series.csv",
        "turns-personal-budget.csv",
    ]
    assert (code, sorted(path.name for path in out.iterdir())) == (0, names)
    assert err.splitlines()[-1] == f"Written to {out}: {', '.join(names)}"
    with (out / "series.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file))[:3] == ["series", "date", "p2_5"]
    with (out / "turns-personal-budget.csv").open(encoding="utf-8") as file:
        assert len(list(csv.reader(file))) == 16_727 + 1


def test_a_report_of_two_plans_says_what_each_cause_brought(run, tmp_path: Path):
    asked = ("--from-figures", "--start", "2023-12-31", *QUICK, *BUDGETS, "--out", str(tmp_path))
    code, _, _ = run("twenty-million-more", "--against", "constant-policy", *asked)
    report = (tmp_path / "report-en.html").read_text("utf-8")
    _, found, causes = report.partition("What each cause brings")
    caption = "All causes together are the whole difference (4 runs)."
    assert (code, found != "", caption in causes) == (0, True, True)


def test_in_dutch(run):
    _, out, _ = run("constant-policy", *OF_FIGURES, *BUDGETS, "--language", "nl")
    assert headings(out.splitlines(), "Wie", "Toegekend in", "Geld", "Wanneer") == [
        "Wie wacht op 31 december",
        "Toegekend in het jaar",
        "Geld, miljoen euro",
        "Wanneer de beurt komt (geen belofte)",
    ]


def test_it_starts_from_the_register_when_there_is_one(run, register):
    code, out, err = run("constant-policy", *QUICK, "--json")
    made = json.loads(out)
    (start,) = (
        row["p50"]
        for row in made["series"]
        if (row["series"], row["date"]) == ("personal-budget.waiting.total", "2024-01-15")
    )
    assert (code, start, "figures" in err) == (0, 3, False)


@pytest.mark.django_db
def test_without_a_list_in_the_register_it_starts_from_figures(run):
    assert run("constant-policy", *QUICK)[2].splitlines()[0] == (
        "Starting from the published figures of 2023-12-31."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["nothing", *OF_FIGURES],
            "Flanders has no plan “nothing”; it has: care-and-welfare-525-million, constant-policy, "
            "twenty-million-every-year, twenty-million-more.",
        ),
        (
            ["constant-policy", "--against", "nothing", *OF_FIGURES],
            "Flanders has no plan “nothing”; it has: care-and-welfare-525-million, constant-policy, "
            "twenty-million-every-year, twenty-million-more.",
        ),
        (
            ["constant-policy", "--programme", "nothing", *OF_FIGURES],
            "Flanders has no programme “nothing”; it has: personal-budget, residential-care, youth-help.",
        ),
        (
            ["constant-policy", *OF_FIGURES, "--runs", "0"],
            "A forecast of 0 runs can't be made: expected 1 to 100,000.",
        ),
        (
            ["constant-policy", *OF_FIGURES, "--years", "-1"],
            "A forecast of -1 years can't be made: expected 1 to 50.",
        ),
        (
            ["constant-policy", *OF_FIGURES, "--workers", "0"],
            "0 workers can't do anything: expected 1 or more.",
        ),
        (["constant-policy", *OF_FIGURES, "--seed", "-1"], "-1 can't be a seed: expected 0 or more."),
        (
            ["constant-policy", "--from-figures", "--start", "2010-01-01"],
            "The first figures are of 2018-12-31. There are no figures of 2010-01-01 for "
            "personal-budget.waiting.group-1, personal-budget.waiting.group-2, personal-budget.waiting.group-3. Days "
            "with all that is needed: 2018-12-31, 2019-06-30, 2019-12-31, 2020-06-30, 2020-12-31, 2021-06-30, "
            "2021-12-31, 2022-12-31, 2023-12-31.",
        ),
    ],
)
def test_what_can_not_be_asked(run, words, said):
    code, out, err = run(*words)
    assert (code, out, err.splitlines()[-1]) == (1, "", f"Error: {said}")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2015-01-01", "personal-budget began on 2016-04-01: there is no list of 2015-01-01."),
        ("2024-02-01", "The register can't be read as of 2024-02-01: today is 2024-01-15."),
    ],
)
def test_a_day_of_which_the_register_has_no_list(run, register, on, said):
    code, out, err = run("constant-policy", *QUICK, "--start", on)
    assert (code, out, err.splitlines()[-1]) == (1, "", f"Error: {said}")


def test_a_folder_that_can_not_be_written(run, tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    code, out, err = run("constant-policy", *OF_FIGURES, "--out", str(file / "below"))
    assert (code, out, err.splitlines()[-1]) == (
        1,
        "",
        f"Error: Can't write to {file / 'below'}: Not a directory. Give another folder with --out.",
    )
