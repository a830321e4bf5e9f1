"""Somebody comes, is away, moves and leaves; a death or withdrawal recorded anywhere gives the place back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.residence.conftest import COMMAND, PROGRAMME, TODAY, make_home, rooms, worker
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.constraints import broken
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.residence import access, actions
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply import actions as supply


def kinds(residence: Residence) -> list[tuple[str, date]]:
    return list(residence.events.order_by("pk").values_list("kind", "holds_from"))


def ask():
    person = factories.make_person(born=date(1940, 1, 1), area="north")
    return care.ask(person, by=COMMAND, programme=PROGRAMME, kind="stay", on=date(2023, 6, 1))


def test_who_comes_is_served_and_has_the_place_until_they_leave(home, admission):
    request = ask()
    hold = supply.hold_place(rooms(home)[0], by=COMMAND, minutes=60, request=request)
    stay = actions.start_stay(hold, by=admission, on=date(2024, 1, 10))[0]
    request.refresh_from_db()
    assert (stay.person, stay.stay.unit, request.state, factories.free_now(COMMAND)) == (
        request.person,
        rooms(home)[0],
        "served",
        3,
    )
    ended = actions.end_stay(stay, by=admission, on=TODAY, reason="left", version=1)
    assert (ended.until_date, ended.end_reason, factories.free_now(COMMAND)) == (TODAY, "left", 4)
    assert kinds(ended) == [("started", date(2024, 1, 10)), ("ended", TODAY)]
    assert list(request.steps.order_by("pk").values_list("kind", flat=True))[-2:] == ["started", "ended"]
    assert verify.run() == []


def test_a_couple_comes_together_or_not_at_all_and_one_can_go_on_alone(home, admission):
    first, second = ask(), ask()
    held = supply.hold_together(rooms(home)[:2], by=COMMAND, minutes=60, requests=[first, second])
    with pytest.raises(Invalid) as fault:
        actions.start_stay(held[0], by=admission)
    assert (fault.value.field, Residence.objects.count()) == ("holds", 0)
    both = actions.start_stay(held, by=admission)
    assert [one.person for one in both] == [first.person, second.person]
    actions.end_stay(both[0], by=admission, on=TODAY, reason="gone")
    assert list(Residence.objects.filter(until_date=None)) == [both[1]]
    assert verify.run() == []


def test_a_death_recorded_at_the_home_ends_all_that_the_person_has(lives, admission):
    resident = lives(on=date(2023, 12, 1))
    ended = actions.end_stay(resident, by=admission, on=TODAY, reason="gone")
    ended.person.refresh_from_db()
    assert (ended.person.died_on, ended.end_reason, ended.until_date) == (TODAY, "gone", TODAY)
    assert (factories.free_now(COMMAND), verify.run()) == (4, [])


@pytest.mark.parametrize("died", [date(2023, 12, 20), date(2023, 11, 1)])
def test_a_death_recorded_at_the_desk_ends_the_stay_and_gives_the_place_back(lives, home, died):
    """Also one that is recorded late: a stay does not end before it began, and the person keeps the true day."""
    request = ask()
    hold = supply.hold_place(rooms(home)[0], by=COMMAND, minutes=60, request=request)
    stay = actions.start_stay(hold, by=COMMAND, on=date(2023, 12, 1))[0]
    care.record_death(request.person, by=COMMAND, on=died)
    stay.refresh_from_db()
    assert (stay.until_date, stay.end_reason) == (max(died, date(2023, 12, 1)), "gone")
    assert (stay.stay.hold.state, factories.free_now(COMMAND), verify.run()) == ("released", 4, [])


def test_who_dies_or_no_longer_asks_leaves_no_place_held(home):
    gone, over = ask(), ask()
    for room, request in zip(rooms(home), (gone, over), strict=False):
        supply.hold_place(room, by=COMMAND, minutes=60, request=request)
    assert factories.free_now(COMMAND) == 2
    care.record_death(gone.person, by=COMMAND, on=TODAY)
    care.withdraw(over, by=COMMAND, on=TODAY)
    assert (factories.free_now(COMMAND), verify.run()) == (4, [])


def test_who_is_away_keeps_the_place_and_comes_back_once(lives, admission):
    resident = lives(on=date(2024, 1, 1))
    away = actions.leave_for(resident, by=admission, on=date(2024, 1, 5), absence="infirmary", version=1)
    assert (away.away_since, factories.free_now(COMMAND)) == (date(2024, 1, 5), 3)
    with pytest.raises(Invalid) as twice:
        actions.leave_for(away, by=admission, on=TODAY, absence="infirmary")
    with pytest.raises(Invalid) as before:
        actions.come_back(away, by=admission, on=date(2024, 1, 4))
    back = actions.come_back(away, by=admission, on=date(2024, 1, 9))
    with pytest.raises(Invalid) as there:
        actions.come_back(back, by=admission, on=TODAY)
    with pytest.raises(Invalid) as unknown:
        actions.leave_for(back, by=admission, on=TODAY, absence="moon")
    assert [fault.value.field for fault in (twice, before, there, unknown)] == ["on", "on", "on", "absence"]
    assert [kind for kind, _on in kinds(back)] == ["started", "left", "returned"]
    assert (back.away_since, verify.run()) == (None, [])


def test_who_moves_within_the_home_leaves_the_old_place_free(lives, home, admission):
    resident, other = lives(0), lives(1)
    with pytest.raises(Conflict):
        actions.move_ward(resident, rooms(home)[1], by=admission, on=TODAY)
    elsewhere = rooms(make_home("Oak House"))[0]
    with pytest.raises(Invalid) as fault:
        actions.move_ward(resident, elsewhere, by=admission, on=TODAY)
    moved = actions.move_ward(resident, rooms(home)[2], by=admission, on=TODAY)
    assert (fault.value.field, moved.stay.unit, moved.from_date) == (
        "unit",
        rooms(home)[2],
        date(2023, 12, 1),
    )
    assert list(rooms(home)[0].stays.values_list("until_date", flat=True)) == [TODAY]
    assert actions.move_ward(other, rooms(home)[0], by=admission, on=TODAY).stay.unit == rooms(home)[0]
    assert verify.run() == []


def test_a_place_is_not_given_back_over_the_head_of_who_lives_there(lives, admission):
    resident = lives(0)
    with pytest.raises(Conflict, match="Op deze plaats woont iemand"):
        supply.release_hold(resident.stay.hold, by=admission)
    actions.end_stay(resident, by=admission, on=TODAY, reason="left")
    assert (factories.free_now(COMMAND), verify.run()) == (4, [])


def test_nobody_is_in_two_beds(lives, home, admission):
    resident = lives(0)
    with pytest.raises(Conflict, match="verblijft al in Elm House"):
        lives(1, person=resident.person)
    ended = actions.end_stay(resident, by=admission, on=date(2024, 1, 10), reason="left")
    with pytest.raises(Invalid, match="verbleef elders tot") as early:
        lives(2, person=resident.person, on=date(2024, 1, 9))
    again = lives(3, person=resident.person, on=date(2024, 1, 10))
    assert (early.value.field, Residence.objects.count(), again.until_date) == ("on", 2, None)
    for facts, name in (
        ({"until_date": None, "end_reason": ""}, "resident_in_one_place"),
        ({"until_date": date(2024, 1, 12)}, "residence_overlaps_another"),
    ):
        with pytest.raises(IntegrityError) as fault, transaction.atomic():
            Residence.objects.filter(pk=ended.pk).update(**facts)
        assert broken(fault.value) in (name, "residence_overlaps_another")
    assert verify.run() == []


def test_bad_input_is_told_at_its_field_and_changes_nothing(lives, home, admission):
    resident = lives(0)
    dead = factories.make_person(died_on=date(2023, 1, 1))
    hold = supply.hold_place(rooms(home)[1], by=COMMAND, minutes=60, reference="test")
    for act, field in (
        (lambda: actions.end_stay(resident, by=admission, on=TODAY, reason="bored"), "reason"),
        (lambda: actions.end_stay(resident, by=admission, on=TODAY + timedelta(1), reason="left"), "on"),
        (lambda: actions.end_stay(resident, by=admission, on=date(2023, 11, 30), reason="left"), "on"),
        (lambda: actions.start_stay(hold, by=admission), "persons"),
        (lambda: actions.start_stay(hold, by=admission, persons=[dead]), "persons"),
    ):
        with pytest.raises(Invalid) as fault:
            act()
        assert fault.value.field == field
    with pytest.raises(Conflict):
        actions.end_stay(resident, by=admission, on=TODAY, reason="left", version=7)
    hold.refresh_from_db()
    assert (hold.state, Residence.objects.filter(until_date=None).count(), verify.run()) == ("held", 1, [])


def test_only_the_home_itself_sees_and_changes_its_stays(lives, home):
    resident = lives(0)
    hold = supply.hold_place(rooms(home)[1], by=COMMAND, minutes=60, reference="test")
    stranger = worker(make_home("Oak House"))
    for actor in (stranger, worker(home, "analyst"), worker(home, "officer")):
        for act in (
            lambda actor=actor: access.get_residence(actor, resident.pk),
            lambda actor=actor: access.list_residents(actor, home),
            lambda actor=actor: actions.leave_for(resident, by=actor, on=TODAY, absence="infirmary"),
            lambda actor=actor: actions.end_stay(resident, by=actor, on=TODAY, reason="left"),
            lambda actor=actor: actions.start_stay(hold, by=actor, persons=[factories.make_person()]),
        ):
            with pytest.raises(Refused) as hidden:
                act()
            assert str(hidden.value) == Refused.TEXT.nl
    with pytest.raises(Refused) as absent:
        access.get_residence(stranger, 10**9)
    assert (str(absent.value), kinds(resident)) == (Refused.TEXT.nl, [("started", date(2023, 12, 1))])
    at_home = worker(home)
    assert access.get_residence(at_home, resident.pk) == resident
    looks = LogEntry.objects.filter(verb="read", object_type="residence")
    assert list(looks.values_list("user_name", "person_id")) == [(at_home.name, resident.person_id)]
    assert clock.today() == TODAY
