"""The commands that weigh choices, as somebody types them."""

import json

import pytest

from tests.cli import small_region
from veerkracht.cli import group
from veerkracht.cli.output import exit_code_of

QUICK = ("--from-figures", "--start", small_region.START, "--years", "2", "--runs", "4", "--workers", "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_region.make(tmp_path_factory.mktemp("regions") / "small")


@pytest.fixture
def run(capsys, monkeypatch, folder):
    """Types a command; gives its exit code, and what it prints on stdout and stderr."""
    monkeypatch.setenv("VEERKRACHT_REGION", str(folder))

    def typed(*words: str) -> tuple[int, str, str]:
        code = exit_code_of(
            lambda: group.main([*words[:2], *QUICK, *words[2:]], "veerkracht", standalone_mode=False)
        )
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return typed


def test_a_tornado_names_the_number_to_find_first(run):
    code, out, _ = run("sensitivity", "as-is", "--outcome", "waiting.urgent", "--on", "2025-12-31")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == (
        "waiting.urgent on 2025-12-31: what each number alone moves, from one end of its range to the other"
    )
    assert lines[4].split()[:6] == ["New", "urgent", "requests.", "10.000", "–", "40.000"]


def test_a_tornado_as_json(run):
    words = ("--outcome", "waiting.urgent", "--on", "2025-12-31", "--json")
    code, out, _ = run("sensitivity", "as-is", *words)
    made = json.loads(out)
    assert (code, made["outcome"], made["runs"]) == (0, "waiting.urgent", 4)
    assert [row["parameter"] for row in made["numbers"]] == ["day-money:arrivals.urgent"]


def test_a_waterfall_of_two_plans(run):
    words = ("--outcome", "waiting.urgent", "--on", "2025-12-31", "--json")
    code, out, _ = run("waterfall", "more", "--against", "as-is", *words)
    made = json.loads(out)
    assert (code, made["series"], made["against"]) == (0, "day-money.waiting.urgent", "as-is")
    causes = {row["cause"]: row["brought"] for row in made["causes"]}
    assert list(causes) == ["new-money"]
    assert made["begin"] + sum(causes.values()) == pytest.approx(made["end"])


def test_a_waterfall_in_dutch(run):
    words = ("--outcome", "waiting.urgent", "--on", "2025-12-31", "--language", "nl")
    code, out, _ = run("waterfall", "more", *words)
    lines = out.splitlines()
    assert (code, lines[0]) == (0, "day-money.waiting.urgent, van 2023-12-31 tot 2025-12-31, met “Meer”")
    assert [line.split("  ")[0].strip() for line in lines[2:]] == [
        "Oorzaak",
        "2023-12-31",
        "Nieuwe vragen",
        "Geholpen met nieuw geld",
        "2025-12-31",
    ]


@pytest.mark.parametrize("command", ["sensitivity", "waterfall"])
@pytest.mark.parametrize(
    ("plan", "words", "said"),
    [
        (
            "nothing",
            ("--outcome", "waiting.urgent", "--on", "2025-12-31"),
            "Testland has no plan “nothing”; it has: as-is, more.",
        ),
        (
            "as-is",
            ("--outcome", "queue", "--on", "2025-12-31"),
            "There is no series “queue” in this forecast; ",
        ),
        (
            "as-is",
            ("--outcome", "waiting.urgent", "--on", "2020-12-31"),
            "There are no outcomes of 2020-12-31: there are of the start (2023-12-31), and of each 30 June and "
            "31 December up to 2025-12-31.",
        ),
        (
            "as-is",
            ("--outcome", "waiting.urgent", "--on", "2025-12-31", "--runs", "0"),
            "A forecast of 0 runs can't be made: expected 1 to 100,000.",
        ),
    ],
)
def test_what_can_not_be_asked(run, command, plan, words, said):
    code, out, err = run(command, plan, *words)
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].startswith(f"Error: {said}")
