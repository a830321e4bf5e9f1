"""Numbers that nobody has checked for long: named, by programme and part, and never a fault."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.region.conftest import Spoil
from veerkracht import region
from veerkracht.cli.check import command
from veerkracht.region import Stale, stale
from veerkracht.rulebook.types import Text

PROGRAMME, FIGURES = "programmes/day-money.toml", "figures/day-money.csv"
PARAMETER, NEW_VALUE, OLD_VALUE = 'id = "arrivals.group-1"', "value = 110.55", "value = 100"
CHECKED = date(2022, 3, 31)
NEXT_DAY = date(2024, 4, 1)

Say = Callable[..., Path]


@pytest.fixture
def say(spoil: Spoil) -> Say:
    """Says in a file, after one of its lines, when a number was last checked; 24 months is long in this Testland."""
    spoil("region.toml", 'currency = "GBP"', 'currency = "GBP"\nstale_after_months = 24')

    def checked(line: str, day: object = CHECKED, file: str = PROGRAMME) -> Path:
        return spoil(file, line, f"{line}\nstill_valid_on = {day}")

    return checked


def names(folder: Path, on: date) -> list[str]:
    return [one.name for one in stale(region.load(folder), on)]


def test_nothing_is_stale_in_a_region_that_does_not_say_when(testland: region.Region):
    assert (testland.stale_after_months, stale(testland, date(2099, 1, 1))) == (None, [])


@pytest.mark.parametrize(
    ("on", "found"), [(date(2024, 3, 31), []), (NEXT_DAY, ["day-money:arrivals.group-1"])]
)
def test_a_number_is_stale_the_day_after_so_many_months(say: Say, on: date, found: list[str]):
    assert names(say(PARAMETER), on) == found


def test_it_says_what_the_number_is(say: Say):
    (one,) = stale(region.load(say(PARAMETER)), NEXT_DAY)
    text = Text("Nieuwe dringende vragen.", "New urgent requests.")
    assert one == Stale("day-money", "arrivals.group-1", text, CHECKED)


def test_who_does_not_say_when_it_was_checked_is_not_said_to_be_stale(say: Say, folder: Path):
    assert names(folder, date(2099, 1, 1)) == []


def test_the_oldest_comes_first(say: Say):
    say(PARAMETER)
    folder = say('id = "fte.homes"', date(2021, 3, 31), file="staff.toml")
    assert names(folder, NEXT_DAY) == ["staff:fte.homes", "day-money:arrivals.group-1"]


def test_a_value_that_no_longer_holds_is_not_stale(say: Say):
    folder = say(OLD_VALUE)
    assert (names(folder, date(2022, 12, 31)), names(folder, NEXT_DAY)) == ([], [])
    assert names(say(NEW_VALUE, date(2023, 2, 1)), date(2025, 2, 2)) == ["day-money:point-value"]


def test_of_a_series_the_last_check_counts(spoil: Spoil, say: Say):
    spoil(FIGURES, "status,note", "status,note,still_valid_on")
    days = {
        "2023-05-01,published,": "2023-05-01",
        "counted otherwise": "",
        "2024-05-01,published,": "2024-05-01",
        "2022 and 2024": "",
    }
    for ending, day in days.items():
        folder = spoil(FIGURES, f"{ending}\n", f"{ending},{day}\n")
    stale_on = {day: names(folder, day) for day in (date(2025, 5, 2), date(2026, 5, 1), date(2026, 5, 2))}
    assert stale_on == {
        date(2025, 5, 2): [],
        date(2026, 5, 1): [],
        date(2026, 5, 2): ["figures:day-money.waiting.total"],
    }


def test_a_figure_can_not_be_checked_on_a_day_to_come(spoil: Spoil, say: Say):
    spoil(FIGURES, "status,note", "status,note,still_valid_on")
    for ending in ("2023-05-01,published,", "counted otherwise", "2024-05-01,published,"):
        spoil(FIGURES, f"{ending}\n", f"{ending},\n")
    (fault,) = region.check(spoil(FIGURES, "2022 and 2024\n", "2022 and 2024,2099-01-01\n"))
    assert (fault.file, fault.line, fault.field, fault.found) == (FIGURES, 5, "still_valid_on", "2099-01-01")


@pytest.mark.parametrize(
    ("line", "day", "message"),
    [
        (
            PARAMETER,
            '"soon"',
            "This has the wrong type. Found the text “soon”; expected a date such as 2024-01-31, without quotes.",
        ),
        (
            NEW_VALUE,
            date(2022, 12, 31),
            "This was checked before it held. Found 2022-12-31; expected 2023-01-01 or later.",
        ),
        (
            PARAMETER,
            date(2099, 1, 1),
            f"This was checked on a day that is still to come. Found 2099-01-01; expected {date.today()} or earlier.",
        ),
    ],
)
def test_a_day_that_can_not_be(say: Say, line: str, day: object, message: str):
    (fault,) = region.check(say(line, day))
    assert (fault.file, fault.field.endswith(".still_valid_on")) == (PROGRAMME, True)
    assert str(fault).split("still_valid_on: ")[1] == message


def test_months_that_can_not_be(spoil: Spoil):
    (fault,) = region.check(
        spoil("region.toml", 'currency = "GBP"', 'currency = "GBP"\nstale_after_months = 0')
    )
    assert str(fault) == (
        "region.toml:6: stale_after_months: This number is not possible here. Found 0; expected a whole number of at "
        "least 1."
    )


def test_check_names_them_and_finds_no_fault(say: Say):
    folder = say(PARAMETER)
    shown = CliRunner().invoke(command, [str(folder)], standalone_mode=False)
    assert shown.return_value == 0
    assert shown.stdout.splitlines()[-3:] == [
        "No faults.",
        "1 number is stale: last checked over 24 months ago.",
        "  day-money, last checked on 31-03-2022: arrivals.group-1",
    ]
    told = json.loads(CliRunner().invoke(command, [str(folder), "--json"], standalone_mode=False).stdout)
    assert [(one["owner"], one["id"], one["still_valid_on"]) for one in told["stale"]] == [
        ("day-money", "arrivals.group-1", "2022-03-31")
    ]
