"""Small cases of the engine of places and cases, worked out by hand: stays last exactly as long as is said."""

import pytest

from tests.forecast.services.networks import Class, Cohort, Network, Station, Stream, play
from veerkracht.forecast.services import layout as at
from veerkracht.forecast.staff import layout as staff

DAYS = tuple(float(day) for day in range(61))
WAIT, SERVED = at.WAITING, at.SERVED


def exact(mean, **of):
    return Class(float(mean), power=0.0, **of)


def by_day(raw, row, kind=0):
    """A count of the first run, on each day."""
    return raw.by_class[0, row, kind]


def days_of(raw, row, kind=0):
    """The days on which something happened, each as often as it happened."""
    counts = by_day(raw, row, kind).astype(int)
    return [day for day, count in enumerate(counts) for _ in range(count)]


def asked(size, kind=0, stream=0, last=-1.0):
    return Cohort(size, kind=kind, stream=stream, since=(last - size, last))


def test_a_place_is_free_again_after_the_turnover():
    net = Network((exact(10, turnover=2),), cohorts=(asked(3),), records=DAYS)
    raw = play(net)
    # Day 1 is the period after the evening of the start.
    assert days_of(raw, at.ADMITTED) == [1, 12, 24]
    assert days_of(raw, at.ENDED) == [10, 22, 34]
    assert by_day(raw, WAIT)[[0, 1, 11, 12, 24]].tolist() == [3, 2, 2, 1, 0]
    # They asked 3.5, 2.5 and 1.5 days before the start.
    assert by_day(raw, at.DAYS_WAITED).sum() == pytest.approx(3.5 + 14.5 + 25.5)
    assert raw.by_group[0, at.UNIT_DAYS, 0].sum() == pytest.approx(30.0)
    assert raw.by_group[0, at.OCCUPIED, 0, [5, 11, 15]].tolist() == [1, 0, 1]


@pytest.mark.parametrize(("strict", "couple", "alone"), [(True, [8], [16]), (False, [15], [1])])
def test_a_couple_waits_for_two_places(strict, couple, alone):
    """One place, and from day 7 two. The couple is first: the one place is kept for them, or the next has it."""
    classes = (exact(9, size=2), exact(15))
    net = Network(
        classes,
        (Station(1, strict=strict, changes=((7.0, 2),)),),
        cohorts=(asked(1, 0, last=-5.0), asked(1, 1, last=-1.0)),
        records=DAYS,
    )
    raw = play(net)
    assert days_of(raw, at.ADMITTED, 0) == couple
    assert days_of(raw, at.ADMITTED, 1) == alone


def test_the_first_class_goes_before_who_waits_longer():
    classes = (exact(5, weight=1), exact(5, weight=0))
    net = Network(classes, cohorts=(asked(2, 0, last=-100.0), asked(2, 1)), records=DAYS)
    raw = play(net)
    assert days_of(raw, at.ADMITTED, 1) == [1, 5]
    assert days_of(raw, at.ADMITTED, 0) == [10, 15]


def test_classes_of_one_weight_go_by_priority_date():
    net = Network((exact(5), exact(5)), cohorts=(asked(2, 0), asked(2, 1, last=-1.5)), records=DAYS)
    raw = play(net)
    assert days_of(raw, at.ADMITTED, 1) == [1, 10]
    assert days_of(raw, at.ADMITTED, 0) == [5, 15]


def test_who_is_served_elsewhere_is_skipped():
    """Two stations, one list each; everyone stands on both."""
    stations = (Station(1), Station(1, group=1, changes=((7.0, 0),)))
    net = Network((exact(4),), stations, (Stream(0.0, 0, (0, 1)),), (asked(6),), DAYS)
    raw = play(net)
    assert days_of(raw, at.ADMITTED) == [1, 1, 4, 4, 8, 12]
    assert raw.by_group[0, at.PLACED].sum(axis=1).tolist() == [4, 2]
    assert raw.by_group[0, at.OVERFLOWED].sum(axis=1).tolist() == [0, 2]


def test_a_station_that_closes_keeps_who_is_there_and_takes_nobody_more():
    net = Network(
        (exact(10),), (Station(3, changes=((4.0, 1), (25.0, 2))),), cohorts=(asked(6),), records=DAYS
    )
    raw = play(net)
    assert days_of(raw, at.ADMITTED) == [1, 1, 1, 10, 20, 26]
    assert raw.by_group[0, at.OCCUPIED, 0, [5, 9, 10, 11]].tolist() == [3, 3, 1, 1]
    assert raw.by_group[0, at.OPEN, 0, [0, 4, 5, 26]].tolist() == [3, 3, 1, 2]


def test_places_that_open_are_offered_at_once():
    net = Network((exact(10),), (Station(0, changes=((7.0, 2),)),), cohorts=(asked(3),), records=DAYS)
    assert days_of(play(net), at.ADMITTED) == [8, 8, 17]


def test_who_is_gone_is_not_served():
    """All die or withdraw within days, long before a place opens."""
    net = Network(
        (exact(1, death=5.0, withdrawal=5.0),),
        (Station(0, changes=((30.0, 9),)),),
        cohorts=(asked(50),),
        records=DAYS,
    )
    raw = play(net)
    assert by_day(raw, at.ADMITTED).sum() == 0
    assert by_day(raw, at.DIED).sum() + by_day(raw, at.WITHDREW).sum() == 50
    assert by_day(raw, WAIT)[-1] == 0


def test_without_a_list_who_finds_no_place_is_lost():
    net = Network((exact(1_000),), (Station(4, waits=False),), (Stream(5.0),), records=DAYS)
    raw = play(net)
    assert by_day(raw, at.ADMITTED).sum() == 4
    assert by_day(raw, at.LOST).sum() == by_day(raw, at.ASKED).sum() - 4


def test_a_new_class_keeps_the_priority_date_and_joins_its_own_list():
    """Everyone becomes of the first class within a day; they are served by priority date, as before."""
    classes = (exact(5, weight=0), exact(5, weight=1))
    net = Network(
        classes,
        (Station(0, changes=((20.0, 1),)),),
        cohorts=(asked(3, 1),),
        records=DAYS,
        moves=((0, 1, 0, 9.0),),
    )
    raw = play(net)
    assert by_day(raw, at.MOVED).sum() == 3
    assert days_of(raw, at.ADMITTED) == [21, 25, 30]
    waits = by_day(raw, at.DAYS_WAITED)
    assert [round(float(waits[day]), 6) for day in (21, 25, 30)] == [23.5, 27.5, 31.5]


def test_who_becomes_a_couple_waits_whole():
    classes = (exact(5), exact(5, size=2))
    net = Network(
        classes,
        (Station(0, changes=((20.0, 1), (30.0, 2))),),
        cohorts=(asked(1),),
        records=DAYS,
        moves=((0, 0, 1, 9.0),),
    )
    assert days_of(play(net), at.ADMITTED, 1) == [31]


def test_what_is_left_of_a_stay_goes_on_at_the_pace_of_the_new_class():
    """All change after moments; in the new class a stay lasts four times as long."""
    classes = (exact(10), exact(40))
    net = Network(classes, (Station(5),), cohorts=(asked(5),), records=DAYS, moves=((1, 0, 1, 1e6),))
    raw = play(net)
    assert days_of(raw, at.ENDED, 1) == [40] * 5


def test_who_needs_fewer_places_makes_room():
    """A couple of whom one is left: the other place is free at once."""
    classes = (exact(1e6, size=2), exact(1e6))
    net = Network(
        classes,
        (Station(2, strict=True),),
        cohorts=(asked(1, 0, last=-9.0), asked(1, 1)),
        records=DAYS,
        moves=((1, 0, 1, 1e6),),
    )
    raw = play(net)
    assert days_of(raw, at.ADMITTED, 1) == [1]
    assert raw.by_group[0, at.OCCUPIED, 0, -1] == 2


def test_units_that_turn_over_at_the_start_are_not_free():
    net = Network(
        (exact(5, turnover=20),), (Station(3),), cohorts=(Cohort(3, 0, stream=-1), asked(2)), records=DAYS
    )
    raw = play(net)
    assert by_day(raw, SERVED)[0] == 0
    assert by_day(raw, at.ADMITTED)[0] == 0
    assert by_day(raw, at.ADMITTED).sum() == 2
    assert days_of(raw, at.ADMITTED)[-1] <= 20


def _half_staffed(closed):
    of = staff.empty(1, 1, 1, 12)
    of.sector[staff.CLOSED, 0] = closed
    return of


@pytest.mark.parametrize(("closed", "open_"), [(0.0, 12), (0.25, 9), (0.3, 8), (1.0, 0)])
def test_a_place_is_open_only_with_staff(closed, open_):
    """Three homes with four places: parts of a place add up over the homes."""
    net = Network(
        (exact(100),), (Station(4, sector=0),) * 3, (Stream(0.0, 0, (0, 1, 2)),), (asked(20),), DAYS
    )
    raw = play(net, staff=(_half_staffed(closed),))
    assert by_day(raw, SERVED)[1] == open_
    assert raw.by_group[0, at.STAFFED, 0, 1] == open_
    assert raw.by_group[0, at.OPEN, 0, 1] == 12
    assert raw.by_group[0, at.STAFFED_DAYS, 0].sum() == pytest.approx(60.0 * open_)


def test_the_staff_that_was_given_is_left_as_it_was():
    given = _half_staffed(0.25)
    net = Network((exact(10),), (Station(4, sector=0),), cohorts=(asked(20),), records=DAYS)
    play(net, staff=(given,))
    assert all((now == fresh).all() for now, fresh in zip(given, _half_staffed(0.25), strict=True))
