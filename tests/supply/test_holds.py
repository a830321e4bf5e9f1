"""A place is held by one at a time: hold, confirm, release, lapse, and what refuses each."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import factories
from tests.supply.conftest import TODAY, of_another
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.constraints import broken
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.supply import access, actions
from veerkracht.register.supply.models import Hold, HoldStep, Stay


def kinds(hold: Hold) -> list[str]:
    return list(hold.steps.order_by("pk").values_list("kind", flat=True))


def is_over(hold: Hold) -> None:
    """Its moment has passed, and nobody wrote that down yet."""
    Hold.objects.filter(pk=hold.pk).update(
        made_at=clock.now() - timedelta(hours=2), until=clock.now() - timedelta(hours=1)
    )


def test_a_held_place_is_not_free_and_nobody_else_can_take_it(unit, admission, stranger):
    assert factories.free_now(stranger) == 1
    hold = actions.hold_place(unit, by=stranger, minutes=30, reference="A 17")
    assert (hold.state, hold.until - hold.made_at, factories.free_now(stranger)) == (
        "held",
        timedelta(minutes=30),
        0,
    )
    with pytest.raises(Conflict, match=r"Deze plaats is al ingenomen of wordt vastgehouden\."):
        actions.hold_place(unit, by=admission, minutes=30)
    assert (Hold.objects.count(), factories.free_now(admission), verify.run()) == (1, 0, [])


def test_a_hold_that_is_accepted_and_then_cancelled_leaves_the_place_free_once(unit, admission, stranger):
    request = factories.make_request()
    officer = factories.make_actor("officer")
    hold = actions.hold_place(unit, by=officer, minutes=30, request=request)
    stay = actions.confirm_hold(hold, by=admission, version=1)
    assert (stay.from_date, stay.request, factories.free_now(admission)) == (TODAY, request, 0)
    released = actions.release_hold(hold, by=officer, version=2)
    assert (factories.free_now(admission), kinds(released)) == (1, ["held", "confirmed", "released"])
    with pytest.raises(Conflict):
        actions.release_hold(hold, by=officer)
    # Free once, and for the same person or another.
    again = actions.hold_place(unit, by=officer, minutes=30, request=request)
    assert (again.pk != hold.pk, factories.free_now(admission), verify.run()) == (True, 0, [])


def test_who_comes_second_with_what_they_saw_is_told(unit, admission):
    hold = actions.hold_place(unit, by=admission, minutes=30)
    actions.confirm_hold(hold, by=admission, version=1)
    with pytest.raises(Conflict, match=r"Iemand anders heeft dit intussen gewijzigd\."):
        actions.release_hold(hold, by=admission, version=1)
    assert Hold.objects.get().state == "confirmed"


def test_a_request_has_one_place_at_a_time(unit, admission):
    other, request = factories.make_units(unit.service)[0], factories.make_request()
    officer = factories.make_actor("officer")
    first = actions.hold_place(unit, by=officer, minutes=30, request=request)
    with pytest.raises(Conflict, match=r"Voor deze vraag is er al een plaats\."):
        actions.hold_place(other, by=officer, minutes=30, request=request)
    assert factories.free_now(officer) == 1
    is_over(first)
    second = actions.hold_place(other, by=officer, minutes=30, request=request)
    assert (kinds(first), kinds(second)) == (["held", "lapsed"], ["held"])


def test_a_hold_whose_time_is_up_is_not_in_the_way_and_can_not_be_confirmed(unit, admission):
    old = actions.hold_place(unit, by=admission, minutes=30)
    is_over(old)
    assert factories.free_now(admission) == 1
    with pytest.raises(Conflict, match="Deze plaats wordt niet meer vastgehouden"):
        actions.confirm_hold(old, by=admission)
    new = actions.hold_place(unit, by=admission, minutes=30)
    old.refresh_from_db()
    assert (old.state, new.state, factories.free_now(admission), verify.run()) == ("lapsed", "held", 0, [])


def test_holds_whose_time_is_up_are_written_off_once(unit, admission):
    other = factories.make_units(unit.service)[0]
    over = actions.hold_place(unit, by=admission, minutes=30)
    actions.hold_place(other, by=admission, minutes=30)
    is_over(over)
    assert [actions.lapse_holds(by=admission) for _ in range(2)] == [1, 0]
    assert kinds(over) == ["held", "lapsed"]


@pytest.mark.parametrize("minutes", [0, -5, 7 * 24 * 60 + 1])
def test_a_place_is_held_for_a_minute_to_a_week(unit, admission, minutes):
    with pytest.raises(Invalid) as fault:
        actions.hold_place(unit, by=admission, minutes=minutes)
    assert (fault.value.field, Hold.objects.count()) == ("minutes", 0)


def test_only_an_open_place_is_held_and_only_an_empty_one_is_closed(unit, admission):
    hold = actions.hold_place(unit, by=admission, minutes=30)
    with pytest.raises(Conflict):
        actions.end_unit(unit, by=admission, on=TODAY - timedelta(days=1))
    actions.release_hold(hold, by=admission)
    actions.end_unit(unit, by=admission, on=TODAY - timedelta(days=1))
    with pytest.raises(Invalid) as fault:
        actions.hold_place(unit, by=admission, minutes=30)
    assert (fault.value.field, factories.free_now(admission)) == ("unit", 0)


def test_a_request_that_no_longer_runs_or_of_which_one_may_not_know_gets_no_place(unit, admission):
    officer, request = factories.make_actor("officer"), factories.make_request()
    # An admission officer who has nothing to do with the case can't learn of it.
    with pytest.raises(Refused):
        actions.hold_place(unit, by=admission, minutes=30, request=request)
    gone = care.withdraw(request, by=officer, on=TODAY)
    with pytest.raises(Invalid) as fault:
        actions.hold_place(unit, by=officer, minutes=30, request=gone)
    assert (fault.value.field, Hold.objects.count()) == ("request", 0)


def test_a_stay_begins_where_the_one_before_it_ended(unit, admission):
    first = actions.hold_place(unit, by=admission, minutes=30)
    actions.confirm_hold(first, by=admission, on=TODAY - timedelta(days=9))
    actions.release_hold(first, by=admission, on=TODAY - timedelta(days=2))
    second = actions.hold_place(unit, by=admission, minutes=30)
    with pytest.raises(Invalid) as fault:
        actions.confirm_hold(second, by=admission, on=TODAY - timedelta(days=3))
    assert (fault.value.field, Hold.objects.get(pk=second.pk).state) == ("on", "held")
    actions.confirm_hold(second, by=admission, on=TODAY - timedelta(days=2))
    assert list(Stay.objects.order_by("pk").values_list("from_date", "until_date")) == [
        (date(2024, 1, 6), date(2024, 1, 13)),
        (date(2024, 1, 13), None),
    ]
    with pytest.raises(Invalid, match=r"Een verblijf eindigt niet voor het begint\."):
        actions.release_hold(second, by=admission, on=TODAY - timedelta(days=3))
    assert Hold.objects.get(pk=second.pk).state == "confirmed"


def test_only_the_house_confirms_and_only_it_or_the_holder_gives_back(unit, admission, stranger):
    third = of_another("admission", "A third house")
    hold = actions.hold_place(unit, by=stranger, minutes=30)
    for act, by in [
        (actions.confirm_hold, stranger),
        (actions.confirm_hold, third),
        (actions.release_hold, third),
        (actions.release_hold, factories.make_actor("analyst")),
    ]:
        with pytest.raises(Refused):
            act(hold, by=by)
    assert kinds(hold) == ["held"]
    actions.release_hold(hold, by=stranger)
    assert kinds(hold) == ["held", "released"]


def test_a_secret_service_is_told_to_its_own_organisation_only(admission, stranger):
    refuge = factories.make_service("Refuge", organisation="Another house", secret=True)
    place = factories.make_units(refuge)[0]
    hold = actions.hold_place(place, by=stranger, minutes=30)
    assert (list(access.list_services(admission)), list(access.list_services(stranger))) == ([], [refuge])
    for look in (
        lambda: access.get_service(admission, refuge.pk),
        lambda: access.get_unit(admission, place.pk),
        lambda: access.get_hold(admission, hold.pk),
        lambda: actions.hold_place(place, by=admission, minutes=30),
    ):
        with pytest.raises(Refused) as hidden:
            look()
        assert str(hidden.value) == Refused.TEXT.nl
    with pytest.raises(Refused) as absent:
        access.get_unit(admission, 10**9)
    assert (str(absent.value), factories.free_now(admission), factories.free_now(stranger)) == (
        str(hidden.value),
        0,
        0,
    )


@pytest.mark.parametrize("role", ["analyst", "reader", "auditor"])
def test_who_has_no_business_with_places_sees_none(unit, role):
    actor = factories.make_actor(role)
    for act in (
        lambda: access.list_services(actor),
        lambda: access.get_unit(actor, unit.pk),
        lambda: actions.hold_place(unit, by=actor, minutes=30),
        lambda: actions.lapse_holds(by=actor),
    ):
        with pytest.raises(Refused):
            act()
    assert Hold.objects.count() == 0


def test_each_step_of_a_hold_is_logged_with_who_did_it(unit, admission):
    request, officer = factories.make_request(), factories.make_actor("officer")
    hold = actions.hold_place(unit, by=officer, minutes=30, request=request)
    actions.confirm_hold(hold, by=admission)
    logged = LogEntry.objects.filter(object_type="hold").order_by("pk")
    assert list(logged.values_list("user_name", "verb", "person_id")) == [
        (officer.name, "create", request.person_id),
        (admission.name, "change", request.person_id),
    ]


def test_the_database_itself_keeps_a_second_live_hold_out(unit, admission):
    first = actions.hold_place(unit, by=admission, minutes=30)
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        Hold.objects.create(
            unit=unit, by_name="A", made_at=first.made_at, until=first.until, updated_at=first.made_at
        )
    assert broken(fault.value) == "one_live_hold_per_unit"
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        HoldStep.objects.all().delete()
    assert broken(fault.value) == "append_only"


def test_steps_stay_in_order_when_the_clock_is_set_back(unit, admission):
    hold = actions.hold_place(unit, by=admission, minutes=30)
    clock.stand_still_on(None)
    Hold.objects.filter(pk=hold.pk).update(
        updated_at=timezone.now() + timedelta(hours=1), until=timezone.now() + timedelta(hours=2)
    )
    actions.release_hold(hold, by=admission)
    hold.refresh_from_db()
    assert hold.steps.get(kind="released").at == hold.updated_at >= timezone.now() + timedelta(minutes=59)
