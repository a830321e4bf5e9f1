"""`[[retention]]` in a programme file: what it says, and every fault in it."""

from datetime import date

import pytest

from tests.region.conftest import Spoil
from veerkracht import region
from veerkracht.rulebook.retention import rule_for

FILE = "programmes/day-money.toml"
FIRST = "retention[kept-five-years]"


def test_a_rule_says_what_is_done_how_long_after_what_and_why(testland: region.Region) -> None:
    first, asked = testland.programme("day-money").retentions
    assert (first.id, first.what, first.after, first.months, first.deed) == (
        "kept-five-years",
        "file",
        "closed",
        60,
        "pseudonymise",
    )
    assert (first.on_request, asked.on_request) == (False, True)
    assert (first.why.nl, first.source.title if first.source else "") == (
        "Vijf jaar, zegt de wet van Testland.",
        "Law of Testland 9",
    )


def test_it_is_due_so_many_months_later_by_the_calendar(testland: region.Region) -> None:
    first, _ = testland.programme("day-money").retentions
    assert first.due(date(2020, 2, 29)) == date(2025, 2, 28)


def test_a_rule_counts_from_its_day_and_not_for_who_must_ask(testland: region.Region) -> None:
    rules = testland.programme("day-money").retentions
    assert rule_for(rules, "file", "closed", date(2019, 12, 31)) is None
    assert rule_for(rules, "file", "closed", date(2020, 1, 1)) == rules[0]
    assert rule_for(rules, "file", "withdrawal", date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('what = "file"', 'what = "everything"', (f"{FIRST}.what", "This is not one of the possible words.")),
        (
            'after = "closed"',
            'after = "some-day"',
            (f"{FIRST}.after", "This is not one of the possible words."),
        ),
        ("months = 60", "months = -1", (f"{FIRST}.months", "This number is not possible here.")),
        ('do = "pseudonymise"', 'do = "destroy"', (f"{FIRST}.do", "This can't be done with file.")),
        (
            '"Vijf jaar, zegt de wet van Testland."',
            '""',
            (f"{FIRST}.why.nl", "The text is missing in a language."),
        ),
        ('id = "erased-when-asked"', 'id = "kept-five-years"', (f"{FIRST}.id", "This id is used twice.")),
        ("months = 60", "years = 5\nmonths = 60", (f"{FIRST}.years", "This key is not known here.")),
    ],
)
def test_one_change_is_one_fault(spoil: Spoil, old: str, new: str, expected: tuple[str, str]) -> None:
    folder = spoil(FILE, old, new)
    assert [(fault.file, fault.field, fault.message) for fault in region.check(folder)] == [(FILE, *expected)]
