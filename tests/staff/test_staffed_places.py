"""A place without staff is neither free nor held: norm, counts and places together, and what nobody knows."""

from datetime import timedelta

import pytest

from tests import factories
from tests.staff.conftest import TODAY, make_count, make_home, staff
from tests.supply.conftest import of_another
from veerkracht.register import verify
from veerkracht.register.errors import Conflict
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff import actions as figures
from veerkracht.register.staff.facts import CountFigures
from veerkracht.register.staff.models import StaffCount
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import Hold
from veerkracht.register.supply.queries.places import places
from veerkracht.register.supply.queries.staffing import staffing

# 13 carers and among them 5 nurses for 30 places: for two places 0.87 and 0.34 full-time equivalents.
TWO_PLACES = {"nurses": 34, "assistants": 53}


def picture(service) -> tuple:
    one = staffing([service])[service.pk]
    return one.recognised, one.open, one.staffed, one.occupied, one.held, one.free, one.offerable, one.unknown


def test_only_as_many_places_are_held_as_there_is_staff_for(home, admission):
    staff(home, **TWO_PLACES)
    first, second, third = home.units.order_by("id")
    stranger = of_another("admission")
    assert picture(home) == (None, 3, 2, 0, 0, 3, 2, "")
    hold = actions.hold_place(first, by=admission, minutes=30)
    actions.confirm_hold(hold, by=admission)
    other = actions.hold_place(second, by=stranger, minutes=30)
    assert (picture(home), factories.free_now(admission)) == ((None, 3, 2, 1, 1, 1, 0, ""), 0)
    with pytest.raises(Conflict) as refused:
        actions.hold_place(third, by=admission, minutes=30)
    assert str(refused.value) == (
        "Voor deze plaats is er geen personeel. Bij A home: open plaatsen 3, bemand 2, ingenomen of vastgehouden 2."
    )
    # A place that somebody has is said to be taken, whatever the staff.
    with pytest.raises(Conflict, match="al ingenomen of wordt vastgehouden"):
        actions.hold_place(first, by=stranger, minutes=30)
    actions.release_hold(other, by=stranger)
    actions.hold_place(third, by=admission, minutes=30)
    assert (Hold.objects.filter(state__in=["held", "confirmed"]).count(), verify.run()) == (2, [])


def test_places_with_staff_are_told_in_people_too(home):
    actions.add_unit(home, by=Actor.for_command("test"), name="For two", kind="couples-room", on=TODAY)
    for days_ago, count, people in ((1, 3, 3), (0, 4, 5)):
        # So much more than the norm asks for these places that rounding does not count.
        fte = {one: hundredths * count // 2 + 1 for one, hundredths in TWO_PLACES.items()}
        staff(home, **fte, on=TODAY - timedelta(days=days_ago))
        found = staffing([home])[home.pk]
        assert (found.staffed, found.people, found.people_staffed) == (count, 5, people)


def test_what_is_missing_is_said_in_full_time_equivalents(home):
    staff(home, **TWO_PLACES)
    [carers, nurses] = staffing([home])[home.pk].missing
    # 3 × 13/30 − 0.87 = 0.43 and 3 × 5/30 − 0.34 = 0.16.
    assert [(one.norm, one.fte_hundredths) for one in (carers, nurses)] == [("carers", 43), ("nurses", 16)]
    staff(home, 50, 80, on=TODAY - timedelta(days=1))
    assert [one.fte_hundredths for one in staffing([home])[home.pk].missing] == [43, 16]


def test_without_norm_or_count_nothing_is_known_and_nothing_is_held_back(home, admission):
    team = factories.make_service("A team")
    [place] = factories.make_units(team)
    make_count(team, fte_hundredths=0)
    make_count(home, "nurse", fte_hundredths=0)
    assert (picture(team), picture(home)) == (
        (None, 1, None, 0, 0, 1, None, "no-norm"),
        (None, 3, None, 0, 0, 3, None, "no-count"),
    )
    for unit in (place, home.units.first()):
        assert actions.hold_place(unit, by=admission, minutes=30).state == "held"


def test_a_count_of_which_the_full_time_equivalents_are_unknown_says_nothing(home):
    staff(home, **TWO_PLACES, on=TODAY - timedelta(days=9))
    make_count(home, "nurse", persons=4)
    assert picture(home)[2:] == (None, 0, 0, 3, None, "no-count")


def test_staff_that_leaves_closes_what_is_free_and_puts_nobody_out(home, admission):
    staff(home, 100, 100, on=TODAY - timedelta(days=9))
    for unit in home.units.all()[:2]:
        actions.confirm_hold(actions.hold_place(unit, by=admission, minutes=30), by=admission)
    staff(home, 20, 30)
    assert picture(home) == (None, 3, 1, 2, 0, 1, 0, "")
    with pytest.raises(Conflict, match="geen personeel"):
        actions.hold_place(home.units.last(), by=admission, minutes=30)
    assert verify.run() == []
    # A correction opens them again, from the day of the count.
    nurse, assistant = (
        StaffCount.objects.get(on=TODAY, profession=one) for one in ("nurse", "care-assistant")
    )
    command = Actor.for_command("tests")
    for count, fte in ((nurse, 50), (assistant, 90)):
        figures.correct_count(count, CountFigures(fte_hundredths=fte), by=command, reason="Verkeerd geteld")
    assert (picture(home)[2], staffing([home], TODAY - timedelta(days=1))[home.pk].staffed) == (3, 3)
    actions.hold_place(home.units.last(), by=admission, minutes=30)


def test_the_page_of_places_says_which_free_place_has_no_staff(home, admission):
    staff(home, **TWO_PLACES)
    for unit in home.units.order_by("id")[:2]:
        actions.hold_place(unit, by=admission, minutes=30)
    [service] = places(admission).services
    assert [unit.state for unit in service.units] == ["held", "held", "unstaffed"]
    assert (service.free, service.staffed) == (0, 2)


def test_the_places_of_many_services_are_read_in_as_many_queries(django_assert_num_queries):
    homes = [make_home(name) for name in "ABC"]
    for one in homes:
        staff(one, **TWO_PLACES)
    for some in (homes[:1], homes):
        # Three for these, and the demo's day.
        with django_assert_num_queries(6):
            assert {one.staffed for one in staffing(some).values()} == {2}
