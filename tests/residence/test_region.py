"""What a region's file on stays says, and each fault with what to change; no database."""

from datetime import date

import pytest

from tests.region.conftest import REGIONS, Spoil, folder, spoil  # noqa: F401
from veerkracht import region


def test_the_file_is_read_whole():
    rules = region.load(REGIONS / "testland").residence
    assert rules is not None
    assert (rules.death.id, [one.billed for one in rules.absences.values()]) == ("gone", [False, True])
    assert [(one.rhythm, one.earliest_months, one.latest_months) for one in rules.price_rules] == [
        ("yearly", 0, 0),
        ("passing", 1, 3),
    ]
    homes = rules.published
    assert (homes.homes, homes.places, homes.extra, homes.occupied, homes.price_cents) == (
        31,
        310,
        120,
        0.9,
        5050,
    )


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2024, 3, 31), date(2023, 4, 1), date(2024, 3, 31)),
        (date(2024, 4, 1), date(2024, 4, 1), date(2025, 3, 31)),
    ],
)
def test_a_day_is_in_a_reference_year(day, first, last):
    assert region.load(REGIONS / "testland").residence.reference_year.of(day) == (first, last)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('["home-place"]', '["castle"]', "programmes[1]: There is no such programme."),
        ("month = 4", "month = 13", "reference_year.month: There is no such month."),
        ("day = 1", "day = 31", "reference_year.day: Not every month has this day."),
        ("death = true", "death = false", "end_reason: Just one reason is a death."),
        ('id = "visit"', 'id = "infirmary"', "absence[infirmary].id: This id is used twice."),
        ('kind = "approval"', 'kind = "wish"', "price_ground[mayor].kind: This is not one of"),
        ("latest_months = 3", "latest_months = 0", "price_rule[bell].latest_months: This ends before"),
        ('effect = "lowers"', 'effect = "melts"', "contribution[alms].effect: This is not one of"),
        ('"home-place.homes"', '"home-place.huts"', "published.homes.series: There is no such figure."),
    ],
)
def test_a_fault_says_what_to_change(spoil: Spoil, old, new, fault):  # noqa: F811
    found = [str(one) for one in region.check(spoil("residence.toml", old, new))]
    assert [one.split(": ", 1)[1][: len(fault)] for one in found if fault in one] == [fault]
