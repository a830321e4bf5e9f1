"""When a turn comes at one home: against the engine of places, and against what can be worked out by hand."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from tests.forecast.services.networks import Class, Cohort, Network, Station, Stream, play
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.services import TurnRange, layout, turn_at

ON = date(2024, 1, 1)
YEAR = 365.25


def days(turn):
    return [(day - ON).days for day in (turn.low, turn.median, turn.high)]


def exact(vacancies):
    return (vacancies, vacancies, vacancies)


def test_who_is_first_waits_for_the_next_place():
    """An exponential wait: a tenth is over after 0.105 of its mean, half after 0.693, nine tenths after 2.303."""
    expected = [-math.log(1 - share) * YEAR / 12 for share in (0.1, 0.5, 0.9)]
    assert days(turn_at(0, exact(12.0), on=ON)) == pytest.approx(expected, rel=0.12)


def test_as_the_engine_plays_it():
    """Thirty-one wait at a full home of forty: when the last of them is admitted."""
    ahead, beds, stay = 30, 40, 400.0
    home = Network(
        (Class(stay, weight=1), Class(stay, weight=0)),
        (Station(beds),),
        (Stream(kind=0), Stream(kind=1)),
        (Cohort(beds, 0, kind=1), Cohort(ahead + 1, kind=0)),
        records=tuple(float(day) for day in range(0, 1_500, 10)),
    )
    # The last of the list is admitted when nobody waits any more.
    waiting = play(home, 300).by_class[:, layout.WAITING, 0]
    over = np.argmax(waiting == 0, axis=1) * 10
    turn = turn_at(ahead, exact(beds / stay * YEAR), on=ON)
    assert days(turn) == pytest.approx(np.quantile(over, (0.1, 0.5, 0.9)), rel=0.05)


def test_who_skips_shortens_and_who_overtakes_lengthens_the_wait():
    plain = days(turn_at(40, exact(20.0), on=ON))
    skipping = days(turn_at(40, exact(20.0), on=ON, skipped=(0.5, 0.5, 0.5)))
    overtaken = days(turn_at(40, exact(20.0), on=ON, overtaken=(0.5, 0.5, 0.5)))
    # 41 vacancies come in 41 / 20 year; half as many are needed, or twice as many must come.
    assert plain[1] == pytest.approx(41 / 20 * YEAR, rel=0.03)
    assert skipping[1] == pytest.approx(21 / 20 * YEAR, rel=0.03)
    assert overtaken[1] == pytest.approx(41 / 10 * YEAR, rel=0.03)


def test_what_is_less_well_known_gives_a_wider_range():
    known = days(turn_at(40, exact(20.0), on=ON))
    unsure = days(turn_at(40, (10.0, 20.0, 30.0), on=ON))
    assert unsure[0] < known[0] < known[2] < unsure[2]


def test_further_back_is_never_earlier():
    turns = [
        days(turn_at(ahead, (8.0, 20.0, 25.0), on=ON, skipped=(0.1, 0.3, 0.6))) for ahead in range(0, 60, 3)
    ]
    assert turns == sorted(turns)
    assert all(list(column) == sorted(column) for column in zip(*turns, strict=True))


def test_nothing_known_is_said_so():
    assert turn_at(3, None, on=ON) is None
    assert turn_at(3, (0.0, 0.0, 0.0), on=ON) is None


def test_too_far_away_is_no_date():
    assert turn_at(500, exact(1.0), on=ON) == TurnRange(None, None, None)
    turn = turn_at(3, (0.0, 1.0, 4.0), on=ON)
    assert (turn.low < turn.median, turn.high) == (True, None)


def test_fewer_than_none_ahead_is_refused():
    with pytest.raises(ForecastFault, match=r"^There can't be -1 requests ahead of someone: 0 or more"):
        turn_at(-1, exact(1.0), on=ON)


def test_the_same_question_has_the_same_answer():
    asked = [turn_at(7, (3.0, 5.0, 9.0), on=ON + timedelta(days=shift)) for shift in (0, 0, 10)]
    assert asked[0] == asked[1]
    assert asked[2].median - asked[0].median == timedelta(days=10)
