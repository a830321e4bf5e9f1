"""Where a milestone stands: a table of cases, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.results.making import CALL, HOUSES, QUEUE, VAGUE
from veerkracht.register.results.states import STATES, Measured, days_late, state_of
from veerkracht.rulebook.types import Text

BEFORE, ITS_DAY, AFTER = date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 1)
EARLY, SINCE = date(2022, 6, 30), date(2023, 6, 30)


def value(number: str, on: date = EARLY) -> Measured:
    return Measured(on, value=Decimal(number))


def done(is_done: bool = True, on: date = EARLY) -> Measured:
    return Measured(on, done=is_done)


AT_MOST = replace(HOUSES, at_most=True, baseline=None)
NO_TARGET = replace(HOUSES, target=None)
NO_DAY = replace(HOUSES, target_on=None)
NO_WORDS = replace(HOUSES, definition=Text())
CALL_NO_DAY = replace(CALL, target_on=None)

CASES = [
    # nobody said what it is, or how much, or by when
    (VAGUE, AFTER, None, None, "undefined"),
    (VAGUE, AFTER, done(), None, "undefined"),
    (NO_WORDS, BEFORE, value("30"), None, "undefined"),
    (NO_TARGET, BEFORE, value("30"), None, "undefined"),
    (NO_DAY, AFTER, value("12"), None, "undefined"),
    (NO_DAY, AFTER, None, None, "undefined"),
    (CALL_NO_DAY, AFTER, done(False), None, "undefined"),
    # reached, by whatever day and from whichever side
    (HOUSES, BEFORE, value("24"), None, "met"),
    (HOUSES, AFTER, value("24.00", AFTER), None, "met"),
    (NO_DAY, AFTER, value("24"), None, "met"),
    (QUEUE, AFTER, value("30"), None, "met"),
    (QUEUE, AFTER, value("29.5"), None, "met"),
    (AT_MOST, AFTER, value("24"), None, "met"),
    (AT_MOST, BEFORE, value("25"), None, "on-time"),
    (CALL, AFTER, done(), None, "met"),
    (HOUSES, AFTER, value("24"), value("20", AFTER), "met"),
    # only by the word of who reported it
    (HOUSES, BEFORE, None, value("3"), "unconfirmed"),
    (HOUSES, AFTER, value("12"), value("24", AFTER), "unconfirmed"),
    (HOUSES, AFTER, None, value("24"), "unconfirmed"),
    (CALL, AFTER, None, done(), "unconfirmed"),
    (NO_DAY, AFTER, None, value("24"), "unconfirmed"),
    # a word that it is not reached changes nothing
    (HOUSES, BEFORE, value("12"), value("13"), "on-time"),
    (HOUSES, AFTER, value("12"), value("13", AFTER), "late"),
    # a number that nobody measured
    (HOUSES, BEFORE, None, None, "unmeasured"),
    (HOUSES, AFTER, None, None, "unmeasured"),
    # before or on its day
    (HOUSES, BEFORE, value("23.99"), None, "on-time"),
    (HOUSES, ITS_DAY, value("23.99"), None, "on-time"),
    (QUEUE, AFTER, value("31"), None, "on-time"),
    (CALL, date(2021, 6, 30), None, None, "on-time"),
    (CALL, date(2021, 6, 30), done(False), None, "on-time"),
    # after it: measured since and not reached, or not known since
    (HOUSES, AFTER, value("23.99", SINCE), None, "missed"),
    (HOUSES, AFTER, value("23.99", EARLY), None, "late"),
    (CALL, AFTER, None, None, "late"),
    (CALL, AFTER, done(False, AFTER), None, "late"),
]


@pytest.mark.parametrize(("milestone", "on", "counted", "unconfirmed", "state"), CASES)
def test_where_a_milestone_stands(milestone, on, counted, unconfirmed, state):
    assert state_of(milestone, on, counted, unconfirmed) == state


def test_every_state_has_a_case():
    assert {case[-1] for case in CASES} == set(STATES)


@pytest.mark.parametrize(
    ("milestone", "reached", "days"),
    [
        (HOUSES, None, 1),
        (HOUSES, ITS_DAY, 0),
        (HOUSES, date(2023, 8, 9), 40),
        (NO_DAY, None, 0),
        (QUEUE, None, 0),
    ],
)
def test_how_late_it_is(milestone, reached, days):
    assert days_late(milestone, AFTER, reached) == days
