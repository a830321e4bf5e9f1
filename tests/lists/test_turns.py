"""When a turn at a home is likely: only places for which a request counts, what is free first, and how sure it is."""

from datetime import date

import pytest

from tests.factories import make_own_actor, make_units
from tests.lists.conftest import TODAY
from tests.lists.factories import TESTS, make_asking, make_entry, make_home, make_measured, make_waiting
from veerkracht.forecast.services import turn_at
from veerkracht.register.lists.queries import where_we_stand
from veerkracht.register.lists.turns import Part, narrowed
from veerkracht.register.residence.actions import start_stay
from veerkracht.register.supply.actions import hold_place
from veerkracht.register.supply.models import Service

WARD = "dementia"


def part(ward: str, sleeps: int = 1, *, residents: int = 10, free: int = 0) -> Part:
    return Part(residents, residents / 5, float(residents), free, ward, sleeps)


def test_only_places_for_which_a_request_counts_are_counted():
    parts = [part(""), part("garden", free=1), part(WARD, residents=4), part("", 2, residents=6, free=2)]
    told = {
        "nothing in particular": narrowed(parts, "", [WARD], 1),
        "the ward": narrowed(parts, WARD, [WARD], 1),
        "a couple": narrowed(parts, "", [WARD], 2),
        "a couple in the ward": narrowed(parts, WARD, [WARD], 2),
    }
    assert {name: one and (one.residents, one.free) for name, one in told.items()} == {
        "nothing in particular": (26, 3),
        "the ward": (4, 0),
        # Two live in a room: it comes free when both have left.
        "a couple": (3, 2),
        "a couple in the ward": None,
    }


def test_what_is_free_now_is_for_who_stands_before_and_then_for_oneself():
    known = {"on": TODAY, "vacancies_a_year": (4.0, 5.0, 6.0)}
    at_once = turn_at(2, free=3, **known)
    assert (at_once.low, at_once.median, at_once.high) == (TODAY, TODAY, TODAY)
    waits = [turn_at(6, free=free, **known).median for free in (0, 2, 4)]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > waits[2] > TODAY
    assert turn_at(6, free=4, **known) == turn_at(2, **known)


def live_in(home: Service, size: int, *, ward: str = "", since: date = date(2022, 1, 1)) -> None:
    units = make_units(home, size)
    for unit in units:
        unit.ward = ward
        unit.save(update_fields=["ward"])
        request = make_asking(on=date(2021, 1, 1))
        start_stay(hold_place(unit, by=TESTS, minutes=60, request=request), by=TESTS, on=since)


@pytest.mark.django_db
def test_a_family_reads_the_range_of_its_own_ward_and_how_sure_it_is():
    home, empty = make_home(), make_home()
    live_in(home, 6)
    live_in(home, 2, ward=WARD)
    ahead = make_waiting(home, need=4, on=date(2022, 1, 1), ward=WARD)
    request = make_asking()
    make_measured(request.person, 4)
    for ward, at in ((WARD, home), ("", empty)):
        make_entry(at, request, ward=ward)
    mine, unknown = where_we_stand(make_own_actor(request.person), request.number).at
    whole = where_we_stand(make_own_actor(ahead.request.person), ahead.request.number).at[0]
    assert (mine.place, mine.free, mine.rests_on) == (2, 0, "region")
    # Nobody lives there, and there is no place for which they count: nothing is said.
    assert (unknown.place, unknown.turn, unknown.free, unknown.rests_on) == (1, None, None, "")
    assert whole.turn.median < mine.turn.median
    (free,) = make_units(home, 1)
    free.ward = WARD
    free.save(update_fields=["ward"])
    now = where_we_stand(TESTS, request.number).at[0]
    assert now.free == 1
    assert now.turn.median < mine.turn.median
