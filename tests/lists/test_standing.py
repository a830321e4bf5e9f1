"""Where a request stands at each home, by that home's own rules, and never anything about another person."""

from datetime import date, timedelta

import pytest

from tests.factories import make_actor, make_own_actor, make_units
from tests.lists.conftest import TODAY
from tests.lists.factories import (
    TESTS,
    make_asking,
    make_entry,
    make_home,
    make_measured,
    make_waiting,
    officer_of,
)
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.lists import actions
from veerkracht.register.lists.queries import columns, ranked, where_we_stand
from veerkracht.register.residence.actions import start_stay
from veerkracht.register.supply.actions import hold_place
from veerkracht.register.supply.models import Service

pytestmark = pytest.mark.django_db


def live_in(home: Service, size: int, *, need: int | None = None) -> None:
    """So many residents since long ago."""
    for unit in make_units(home, size):
        request = make_asking(on=date(2021, 1, 1))
        if need:
            make_measured(request.person, need)
        hold = hold_place(unit, by=TESTS, minutes=60, request=request)
        start_stay(hold, by=TESTS, on=date(2022, 1, 1))


def test_the_columns_hold_all_that_rules_may_name():
    home = make_home(area="11002")
    entry = make_waiting(home, need=4, facts={"lived_here": True}, from_place="hospital")
    live_in(home, 2, need=4)
    (row,) = columns(home).iter_rows(named=True)
    told = {
        name: row[name]
        for name in ("id", "category", "category_valid", "heavy", "ready", "couple", "lived_here")
    }
    assert told == {
        "id": entry.pk, "category": "cd", "category_valid": True, "heavy": True, "ready": True, "couple": False,
        "lived_here": True,
    }  # fmt: skip
    assert [row[name] for name in ("area", "home_area", "from_place", "home_residents", "home_heavy_share")] == [
        "11001", "11002", "hospital", 2, 1.0
    ]  # fmt: skip
    assert [row[name] for name in ("urgency", "family_here", "wished_from")] == [None, None, None]


def test_a_family_sees_its_place_the_reason_and_a_range_at_every_home():
    points, by_date, bare = make_home(), make_home(rules="example-by-date"), make_home(rules="")
    heavy = make_waiting(points, need=4)
    live_in(points, 10)
    request = make_asking()
    make_measured(request.person, 1)
    actions.register(request, [points, by_date, bare], by=TESTS, on=date(2022, 1, 1))
    standing = where_we_stand(make_own_actor(request.person), request.number)
    assert [(one.service, one.place, one.of) for one in standing.at] == [
        (points, 2, 2), (by_date, None, 0), (bare, None, 1)
    ]  # fmt: skip
    here, there, without = standing.at
    assert here.turn.low < here.turn.median < here.turn.high
    assert [(one.id, one.points) for one in here.reasons if one.kind == "points"] == [
        ("ties", 0), ("urgency", 0), ("need", 0)
    ]  # fmt: skip
    assert [one.id for one in there.reasons if one.met is None and one.kind == "condition"] == ["ties"]
    assert "has no rules for its list yet" in without.fault.en
    told = repr(standing.at)
    assert str(heavy.request.person) not in told
    assert heavy.request.number not in told


def test_who_may_not_read_the_request_learns_nothing():
    entry = make_waiting(make_home())
    other = make_waiting(entry.service)
    number = entry.request.number
    for somebody in (
        make_own_actor(other.request.person),
        officer_of(entry.service),
        make_actor("case-worker"),
    ):
        with pytest.raises(Refused) as kept:
            where_we_stand(somebody, number)
        with pytest.raises(Refused) as missing:
            where_we_stand(somebody, "V-9999999")
        assert kept.value.text == missing.value.text


def test_just_in_case_and_aside_have_no_place():
    home = make_home()
    request = make_asking()
    make_measured(request.person)
    make_entry(home, request, when_ready="later")
    aside = make_entry(make_home(), request)
    actions.park(aside, by=TESTS, reason="asked")
    at = where_we_stand(make_own_actor(request.person), request.number).at
    assert [(one.place, one.turn, one.entry.state) for one in at] == [
        (None, None, "waiting"),
        (None, None, "parked"),
    ]


def test_a_home_without_rules_ranks_nobody():
    home = make_home(rules="")
    make_waiting(home)
    with pytest.raises(Invalid) as refused:
        ranked(home)
    assert refused.value.field == "rules"
    with pytest.raises(Invalid, match="no ward"):
        ranked(make_home(), ward="attic")
    with pytest.raises(Invalid, match="No rules for the list"):
        ranked(make_home(), on=date(2009, 1, 1))


def test_the_number_of_queries_grows_with_nothing(assert_queries, django_assert_max_num_queries):
    one, three = make_asking(), make_asking()
    homes = [make_home() for _ in range(3)]
    make_entry(homes[0], one)
    for home in homes:
        live_in(home, 1, need=4)
        make_entry(home, three)
    readers = [make_own_actor(one.person), make_own_actor(three.person)]
    counts = []
    for reader, request in zip(readers, (one, three), strict=True):
        with django_assert_max_num_queries(20) as asked:
            where_we_stand(reader, request.number)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    with assert_queries(5, columns=1):
        columns(homes[1])
    for _ in range(2):
        make_waiting(homes[1], need=2)
    with assert_queries(5, columns=1):
        columns(homes[1])


def test_a_later_wish_is_no_turn_yet():
    home = make_home()
    entry = make_waiting(home, wished_from=TODAY + timedelta(days=90))
    assert ranked(home) == []
    assert [one.entry_id for one in ranked(home, on=TODAY + timedelta(days=90))] == [entry.pk]
