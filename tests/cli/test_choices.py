"""The commands that weigh choices, as somebody types them."""

import json

import pytest

from tests.cli import small_region
from tests.typing_commands import typing

QUICK = ("--from-figures", "--start", small_region.START, "--years", "2", "--runs", "4", "--workers", "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_region.make(tmp_path_factory.mktemp("regions") / "small")


@pytest.fixture
def run(capsys, monkeypatch, folder):
    monkeypatch.setenv("VEERKRACHT_REGION", str(folder))
    typed = typing(capsys)
    return lambda *words: typed(*words[:2], *QUICK, *words[2:])


def test_a_tornado_names_the_number_to_find_first(run):
    code, out, _ = run("sensitivity", "as-is", "--outcome", "waiting.urgent", "--on", "2025-12-31")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == (
        "Day money: Waiting, Urgent on 2025-12-31: what each number alone moves, from one end of its range to the other"
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
    assert (code, lines[0]) == (0, "Daggeld: Wachtend, Dringend, van 31-12-2023 tot 31-12-2025, met “Meer”")
    assert [line.split("  ")[0].strip() for line in lines[2:]] == [
        "Oorzaak",
        "31-12-2023",
        "Nieuwe vragen",
        "Geholpen met nieuw geld",
        "31-12-2025",
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


TARGET = ("waiting.urgent<=25", "--plan", "as-is", "--by", "2025-12-31", "--from", "2024-02-01")


def test_what_a_target_takes(run, tmp_path):
    file = tmp_path / "enough.toml"
    code, out, err = run("reach", *TARGET, "--sure", "0.5", "--save", str(file))
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == (
        "Day money: Waiting, Urgent: at most 25 on 2025-12-31, in 50% of the runs, "
        "with extra money for Day money: Urgent"
    )
    assert lines[2].startswith("Needed: ")
    assert lines[4] == (
        "What was ever added in a year is in no figure and no plan: whether this is believable stays open."
    )
    assert err.splitlines()[-1] == f"Written: {file}. Try it with: veerkracht forecast {file}"
    assert run("waterfall", str(file), "--outcome", "waiting.urgent", "--on", "2025-12-31")[0] == 0


def test_what_a_target_takes_as_json_and_in_dutch(run):
    made = json.loads(run("reach", *TARGET, "--json")[1])
    assert (made["use"], made["years"], made["why"]) == ("day-money.urgent", 2, None)
    code, out, _ = run("reach", "arrivals.urgent<=0", *TARGET[1:], "--language", "nl")
    assert (code, out.splitlines()[2]) == (0, "Dit kan niet bereikt worden.")


def test_what_was_found_is_shown_even_where_it_can_not_be_saved(run):
    code, out, err = run("reach", *TARGET, "--save", "/nowhere/plan.toml")
    assert (code, out == "") == (1, False)
    assert err.splitlines()[-1] == "Error: Can't write /nowhere/plan.toml: No such file or directory."


def test_a_split_of_money(run, tmp_path):
    file = tmp_path / "split.toml"
    words = ("--budget", "20000", "--goal", "highest-group", "--save", str(file))
    code, out, _ = run("optimise", "as-is", *words)
    lines = [line.rstrip() for line in out.splitlines()]
    assert code == 0
    assert (
        lines[0] == "20,000 euro a year more from 2024-01-01, on top of “As it is”, looked at on 2025-12-31"
    )
    assert [line.split()[-1] for line in lines if line.startswith("Day money:")][:2] == ["20,000", "0"]
    assert run("waterfall", str(file), "--outcome", "waiting.urgent", "--on", "2025-12-31")[0] == 0


def test_a_split_of_money_as_json(run):
    words = ("--budget", "20000", "--goal", "fewest-waiting", "--at-least", "urgent=5000", "--json")
    made = json.loads(run("optimise", "as-is", *words)[1])
    split = {row["use"]: row["euro_a_year"] for row in made["split"]}
    assert split["day-money.urgent"] >= 5_000
    assert sum(split.values()) <= 20_000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("reach", "waiting.urgent", *TARGET[1:]), "“waiting.urgent” is no target: write a series, <= or >="),
        (("reach", *TARGET, "--sure", "2"), "A certainty of 2 can't be: expected a share of the runs"),
        (("reach", *TARGET, "--with", "moon"), "Money can't go to “moon”. It can go to: day-money.urgent,"),
        (
            ("optimise", "as-is", "--budget", "-1", "--goal", "highest-group"),
            "A budget of -1 euro can't be split: expected an amount above 0.",
        ),
        (
            ("optimise", "as-is", "--budget", "9", "--goal", "joy"),
            "There is no goal “joy”; there are: highest-group, fewest-waiting, longest-wait, equal-chances.",
        ),
        (
            ("optimise", "as-is", "--budget", "9", "--goal", "highest-group", "--at-least", "urgent=10"),
            "What must at least be given, 10 euro together, is more than the budget of 9 euro: ask less",
        ),
        (
            (
                *("optimise", "as-is", "--budget", "9", "--goal", "highest-group"),
                *("--at-most", "urgent=1", "--at-most", "urgent=2"),
            ),
            "There are two bounds of one kind for urgent: give one.",
        ),
    ],
)
def test_what_can_not_be_asked_of_money(run, words, said):
    code, out, err = run(*words)
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].startswith(f"Error: {said}")


def test_a_bound_that_is_no_bound(run):
    code, _, err = run("optimise", "as-is", "--budget", "9", "--goal", "longest-wait", "--at-most", "urgent")
    assert code == 2
    assert "“urgent” is not ID=EUR, such as my-programme.group-1=5000000" in err
