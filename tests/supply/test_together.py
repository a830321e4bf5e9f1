"""Couples and families: several places are held all or none, come together and are given back together."""

from datetime import timedelta

import pytest

from tests import factories
from tests.supply.conftest import TODAY
from veerkracht.register import verify
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import Hold, Service, Stay, Unit

COMMAND = Actor.for_command("tests")


def couples_room(service: Service) -> Unit:
    room = actions.add_unit(service, by=COMMAND, name="Room for two", kind="couples-room", on=TODAY)
    assert room.sleeps == 2
    return room


def test_several_places_are_held_whole_or_not_at_all(unit, admission):
    units = [unit, *factories.make_units(unit.service, 2)]
    actions.hold_place(units[1], by=admission, minutes=30, reference="first")
    with pytest.raises(Conflict):
        actions.hold_together(units, by=admission, minutes=30, reference="family")
    assert list(Hold.objects.values_list("reference", flat=True)) == ["first"]
    held = actions.hold_together([units[2], units[0]], by=admission, minutes=30, reference="family")
    assert ([one.unit for one in held], len({one.party for one in held})) == ([units[2], units[0]], 1)
    assert all(one.until == held[0].until for one in held)


def test_a_couple_in_one_room_comes_together_and_leaves_alone(unit, admission):
    room, officer = couples_room(unit.service), factories.make_actor("officer")
    requests = [factories.make_request() for _ in range(2)]
    first, second = actions.hold_together([room, room], by=officer, minutes=30, requests=requests)
    assert [(one.bed, one.request) for one in (first, second)] == [(1, requests[0]), (2, requests[1])]
    with pytest.raises(Conflict):
        actions.hold_place(room, by=admission, minutes=30)
    # Confirming either confirms both.
    stay = actions.confirm_hold(second, by=admission, on=TODAY)
    assert (stay.hold, Stay.objects.filter(unit=room, until_date=None).count()) == (second, 2)
    first.refresh_from_db()
    actions.release_hold(first, by=admission, on=TODAY)
    # Who stays behind keeps the room: it is not half free.
    with pytest.raises(Conflict):
        actions.hold_place(room, by=admission, minutes=30)
    assert list(Stay.objects.order_by("bed").values_list("bed", "until_date")) == [(1, TODAY), (2, None)]
    assert verify.run() == []


def test_what_is_held_together_is_given_back_together(unit, admission, stranger):
    units = [unit, *factories.make_units(unit.service, 1)]
    held = actions.hold_together(units, by=stranger, minutes=30)
    given = actions.release_hold(held[1], by=stranger, version=1)
    assert (given.pk, given.state) == (held[1].pk, "released")
    assert list(Hold.objects.values_list("state", flat=True)) == ["released", "released"]
    again = actions.hold_together(units, by=stranger, minutes=30)
    stays = actions.confirm_together(again[0], by=admission, version=1, on=TODAY + timedelta(days=1))
    assert [stay.hold for stay in stays] == again
    assert verify.run() == []


def test_one_request_may_hold_several_places_for_its_family(unit, admission):
    units, request = [unit, *factories.make_units(unit.service, 1)], factories.make_request()
    held = actions.hold_together(units, by=factories.make_actor("officer"), minutes=30, request=request)
    assert [one.request for one in held] == [request, None]


@pytest.mark.parametrize("wrong", ["none", "two services", "too often", "too few requests"])
def test_what_can_not_be_held_together_is_refused_with_its_field(unit, admission, wrong):
    elsewhere = factories.make_units(factories.make_service("Another"))[0]
    requests = [factories.make_request()] if wrong == "too few requests" else []
    units = {
        "none": [],
        "two services": [unit, elsewhere],
        "too often": [unit, unit],
        "too few requests": [unit, *factories.make_units(unit.service, 1)],
    }[wrong]
    with pytest.raises(Invalid) as fault:
        actions.hold_together(units, by=factories.make_actor("officer"), minutes=30, requests=requests)
    field = "requests" if requests else "units"
    assert (fault.value.field, Hold.objects.count()) == (field, 0)


def test_a_closed_place_is_not_held_until_it_opens(unit, admission):
    two = [unit, *factories.make_units(unit.service, 1)]
    actions.close_unit(two[1], by=admission, reason="works", reopens_on=TODAY + timedelta(days=9))
    for units in ([two[1]], two):
        with pytest.raises(Invalid, match=r"is op 15-01-2024 gesloten: bouw- of herstelwerken\."):
            actions.hold_together(units, by=admission, minutes=30)
    with pytest.raises(Conflict):
        actions.close_unit(two[1], by=admission, reason="staff", from_date=TODAY + timedelta(days=8))
    # After the day on which it opens it may close again, and who comes on such a day is told.
    late = TODAY + timedelta(days=20)
    actions.close_unit(two[1], by=admission, reason="staff", from_date=late)
    actions.reopen(two[1], by=admission)
    held = actions.hold_together(two, by=admission, minutes=30)
    with pytest.raises(Invalid) as fault:
        actions.confirm_together(held[0], by=admission, on=late)
    assert (fault.value.field, Stay.objects.count(), verify.run()) == ("on", 0, [])
    with pytest.raises(Conflict):
        actions.close_unit(unit, by=admission, reason="hygiene")


def test_a_place_closes_for_a_reason_of_the_region_and_opens_not_before_it_closed(unit, admission):
    with pytest.raises(Invalid) as fault:
        actions.close_unit(unit, by=admission, reason="holidays")
    assert (fault.value.field, unit.closures.count()) == ("reason", 0)
    with pytest.raises(Conflict):
        actions.reopen(unit, by=admission)
    with pytest.raises(Invalid):
        actions.close_unit(unit, by=admission, reason="staff", reopens_on=TODAY - timedelta(days=1))
    actions.close_unit(unit, by=admission, reason="staff", from_date=TODAY + timedelta(days=5))
    with pytest.raises(Invalid):
        actions.reopen(unit, by=admission)
    actions.reopen(unit, by=admission, on=TODAY + timedelta(days=5))
    actions.close_unit(unit, by=admission, reason="staff", from_date=TODAY + timedelta(days=5))
    assert verify.run() == []
