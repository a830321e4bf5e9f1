"""How full homes are on a day and over a reference year: two numbers, each against two."""

from datetime import date

import pytest

from tests import factories
from tests.residence.conftest import COMMAND, TODAY, make_home, rooms
from veerkracht.register import clock, verify
from veerkracht.register.errors import Invalid
from veerkracht.register.residence import actions
from veerkracht.register.residence.queries import occupancy, occupancy_over, together
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Service


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


D = date
# What happened in a home of two rooms; days that somebody had a place in the reference year of Testland, 1 April 2023
# up to and including 31 March 2024 (366 days); days of these that are billed; on 25 February 2024 who has a place, and
# who of them is away. The day somebody comes counts, the day they leave does not: no bed counts twice on one day.
CASES = [
    ("lived there all year", [("came", D(2020, 1, 1))], 366, 366, (1, 0)),
    ("came on the first day", [("came", D(2023, 4, 1))], 366, 366, (1, 0)),
    ("came on the last day", [("came", D(2024, 3, 31))], 1, 1, (0, 0)),
    ("came the day after it", [("came", D(2024, 4, 1))], 0, 0, (0, 0)),
    ("left on the first day", [("came", D(2020, 1, 1)), ("left", D(2023, 4, 1))], 0, 0, (0, 0)),
    ("left on the last day", [("came", D(2020, 1, 1)), ("left", D(2024, 3, 31))], 365, 365, (1, 0)),
    ("came and left on one day", [("came", D(2023, 5, 10)), ("left", D(2023, 5, 10))], 0, 0, (0, 0)),
    (
        "left, and another came that day",
        [("came", D(2020, 1, 1)), ("left", D(2023, 10, 1)), ("came", D(2023, 10, 1))],
        366, 366, (1, 0),
    ),
    (
        "in the infirmary when the year began, back on 11 April",
        [("came", D(2020, 1, 1)), ("infirmary", D(2023, 3, 20)), ("back", D(2023, 4, 11))],
        366, 356, (1, 0),
    ),
    (
        "in the infirmary from 22 March, and still",
        [("came", D(2020, 1, 1)), ("infirmary", D(2024, 3, 22))],
        366, 356, (1, 0),
    ),
    (
        "in the infirmary for a day, and back the next",
        [("came", D(2020, 1, 1)), ("infirmary", D(2024, 2, 25)), ("back", D(2024, 2, 26))],
        366, 365, (1, 1),
    ),
    (
        "on a visit for ten days, which is billed",
        [("came", D(2020, 1, 1)), ("visit", D(2024, 2, 20)), ("back", D(2024, 3, 1))],
        366, 366, (1, 1),
    ),
    (
        "died in the infirmary on 1 March",
        [("came", D(2020, 1, 1)), ("infirmary", D(2024, 2, 20)), ("died", D(2024, 3, 1))],
        335, 325, (1, 1),
    ),
    (
        "moved to the other room",
        [("came", D(2020, 1, 1)), ("moved", D(2023, 9, 1))],
        366, 366, (1, 0),
    ),
]  # fmt: skip


def test_days_are_counted_as_the_table_says(home):
    clock.stand_still_on(date(2024, 6, 1))
    homes = [made_of(story, events) for story, events, *_counts in CASES]
    over, on = occupancy_over(homes, date(2023, 12, 31)), occupancy(homes, date(2024, 2, 25))
    found = [
        (story, over[one.pk].occupied, over[one.pk].billed, (on[one.pk].occupied, on[one.pk].away))
        for one, (story, *_) in zip(homes, CASES, strict=True)
    ]
    assert found == [(story, days, billed, there) for story, _events, days, billed, there in CASES]
    assert {(one.first, one.last, one.open) for one in over.values()} == {
        (date(2023, 4, 1), date(2024, 3, 31), 2 * 366)
    }
    assert verify.run() == []


def made_of(story: str, events: list[tuple[str, date]]) -> Service:
    """A home of two rooms in which this happened."""
    home, resident = make_home(story.capitalize(), 2), None
    first, other = rooms(home)
    for what, on in events:
        if what == "came":
            hold = supply.hold_place(first, by=COMMAND, minutes=60, reference="test")
            person = factories.make_person(born=date(1940, 2, 3), area="north")
            (resident,) = actions.start_stay(hold, by=COMMAND, on=on, persons=[person])
        elif what == "back":
            resident = actions.come_back(resident, by=COMMAND, on=on)
        elif what == "moved":
            resident = actions.move_ward(resident, by=COMMAND, unit=other, on=on)
        elif what in ("left", "died"):
            reason = {"died": "gone"}.get(what, what)
            actions.end_stay(resident, by=COMMAND, on=on, reason=reason)
        else:
            resident = actions.leave_for(resident, by=COMMAND, on=on, absence=what)
    return home


def test_a_place_that_somebody_still_has_is_open_over_a_year_as_it_is_on_a_day(home, lives, admission):
    """A closing was planned; who came before it stays three days longer. Nothing is closed while somebody was there."""
    supply.close_unit(rooms(home)[0], by=admission, reason="flood", from_date=date(2024, 1, 20))
    resident = lives(0, on=date(2024, 1, 10))
    clock.stand_still_on(date(2024, 1, 23))
    assert occupancy([home])[home.pk].open == 4
    actions.end_stay(resident, by=admission, on=date(2024, 1, 23), reason="left")
    clock.stand_still_on(date(2024, 1, 31))
    assert occupancy([home])[home.pk].open == 3
    # Four rooms for 305 days; one is closed from the 23rd up to and including the 30th.
    assert occupancy_over([home])[home.pk].open == 4 * 305 - 8
    supply.reopen(rooms(home)[0], by=admission)
    for from_date in (date(2024, 1, 22), date(2024, 1, 9)):
        with pytest.raises(Invalid, match="Tot 23-01-2024 verbleef hier iemand"):
            supply.close_unit(rooms(home)[0], by=admission, reason="flood", from_date=from_date)


def test_however_many_homes_it_asks_as_often(half_full, django_assert_num_queries):
    homes = [half_full, make_home("Oak House"), make_home("Ash House")]
    with clock.one_look():
        assert clock.today() == TODAY
        for some in (homes[:1], homes):
            with django_assert_num_queries(4):
                found = occupancy(some)
            with django_assert_num_queries(6):
                occupancy_over(some)
            assert len(found) == len(some)
    # Of whom nobody said how many are recognised, the open places count.
    assert together(found.values()).recognised == 6 + 4 + 4
