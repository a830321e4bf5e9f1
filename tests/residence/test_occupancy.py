"""How full homes are on a day and over a reference year: two numbers, each against two."""

from datetime import date

import pytest

from tests.residence.conftest import COMMAND, TODAY, make_home, rooms
from veerkracht.register import clock
from veerkracht.register.residence import actions
from veerkracht.register.residence.queries import occupancy, occupancy_over, together
from veerkracht.register.supply import actions as supply


@pytest.fixture
def half_full(home, lives, admission):
    """Of four rooms one closed on 1 January; two residents, one of whom was away for ten days, and one who left."""
    supply.recognise(home, by=COMMAND, places=5, holds_from=date(2023, 1, 1), source="Made up")
    supply.recognise(home, by=COMMAND, places=6, holds_from=date(2023, 7, 1), source="Made up")
    stays, away, left = (
        lives(0, on=date(2023, 4, 1)),
        lives(1, on=date(2023, 12, 1)),
        lives(2, on=date(2023, 3, 1)),
    )
    actions.leave_for(away, by=admission, on=date(2023, 12, 11), absence="infirmary")
    actions.come_back(away, by=admission, on=date(2023, 12, 21))
    actions.leave_for(stays, by=admission, on=date(2024, 1, 13), absence="visit")
    actions.end_stay(left, by=admission, on=date(2023, 4, 11), reason="left")
    supply.close_unit(rooms(home)[3], by=COMMAND, reason="flood", from_date=date(2024, 1, 1))
    return home


def test_on_a_day_it_counts_who_has_a_place(half_full):
    found = occupancy([half_full])[half_full.pk]
    assert (found.recognised, found.open, found.occupied, found.away) == (6, 3, 2, 1)
    assert (round(found.of_recognised, 4), round(found.of_open, 4)) == (0.3333, 0.6667)
    before = occupancy([half_full], date(2023, 3, 15))[half_full.pk]
    assert (before.recognised, before.occupied) == (5, 1)


def test_over_a_year_it_counts_billed_days(half_full):
    """The year of Testland begins in April; up to yesterday 289 days of it are over."""
    found = occupancy_over([half_full])[half_full.pk]
    assert (found.first, found.last) == (date(2023, 4, 1), date(2024, 1, 14))
    assert found.recognised == 91 * 5 + 198 * 6
    assert found.open == 289 * 4 - 14
    assert found.occupied == 289 + 45 + 10
    # Ten days in the infirmary are not billed; the days of a visit are.
    assert found.billed == found.occupied - 10
    assert (round(found.of_recognised, 4), round(found.of_open, 4)) == (0.2033, 0.2925)
    past = occupancy_over([half_full], date(2022, 6, 1))[half_full.pk]
    assert (past.first, past.last, past.occupied) == (date(2022, 4, 1), date(2023, 3, 31), 31)


def test_however_many_homes_it_asks_as_often(half_full, django_assert_num_queries):
    homes = [half_full, make_home("Oak House"), make_home("Ash House")]
    with clock.one_look():
        assert clock.today() == TODAY
        for some in (homes[:1], homes):
            with django_assert_num_queries(4):
                found = occupancy(some)
            with django_assert_num_queries(5):
                occupancy_over(some)
            assert len(found) == len(some)
    # Of whom nobody said how many are recognised, the open places count.
    assert together(found.values()).recognised == 6 + 4 + 4
