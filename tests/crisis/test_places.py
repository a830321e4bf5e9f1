"""A place for a whole family: held, confirmed, refused, lapsed; and what stands in the way."""

from datetime import timedelta

import pytest

from tests.crisis.making import (
    COMMAND,
    MOTHER,
    SON,
    end_shifts,
    make_call,
    make_search,
    make_shelter,
    make_worker,
)
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.models import KnownPerson, Search, SearchStep, Shift
from veerkracht.register.crisis.queries.desk import search_view
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.supply.actions import close_unit, confirm_hold, lapse_holds
from veerkracht.register.supply.models import Hold, Stay

pytestmark = pytest.mark.django_db


def kinds(search: Search) -> list[str]:
    return list(search.steps.order_by("sequence").values_list("kind", flat=True))


def pass_time(**how: int) -> None:
    """Holds that were made are so much older."""
    for hold in Hold.objects.filter(state="held"):
        hold.made_at -= timedelta(**how)
        hold.until -= timedelta(**how)
        hold.save()


def test_a_family_is_held_for_whole_confirmed_and_brought(worker):
    shelter = make_shelter(sleeps=(2, 2, 1))
    search = make_search(worker, children=(8, 3))
    holds = actions.hold_for(search, shelter, by=worker, version=1)
    minutes = [(hold.until - hold.made_at) // timedelta(minutes=1) for hold in holds]
    assert ([hold.unit.name for hold in holds], minutes) == (["Room 1", "Room 3"], [30, 30])
    stays = actions.confirm(search, by=worker, transport="own", note="Agreed with the night nurse", version=2)
    search.refresh_from_db()
    assert (len(stays), Stay.objects.filter(until_date=None).count()) == (2, 2)
    assert (search.state, kinds(search)) == ("placed", ["asked", "held", "confirmed", "transport"])


def test_two_searches_want_the_last_place_and_one_gets_it(worker):
    shelter = make_shelter(sleeps=(2,))
    one, other = make_search(worker), make_search(make_worker("Desk South"))
    actions.hold_for(one, shelter, by=worker)
    with pytest.raises(Conflict, match="No fitting place is free here any more"):
        actions.hold_for(other, shelter, by=make_worker("Desk South"))
    assert (Hold.objects.count(), kinds(other)) == (1, ["asked"])


def test_a_family_is_never_split_over_what_is_left(worker):
    shelter = make_shelter(sleeps=(1, 1))
    with pytest.raises(Conflict):
        actions.hold_for(make_search(worker, children=(8, 3)), shelter, by=worker)
    assert Hold.objects.count() == 0


def test_who_is_not_on_duty_holds_nothing(worker):
    shelter, search = make_shelter(), make_search(worker)
    end_shifts()
    with pytest.raises(Invalid, match="You are not on duty now") as refused:
        actions.hold_for(search, shelter, by=worker)
    assert (refused.value.field, Hold.objects.count()) == ("shift", 0)
    actions.start_shift(by=worker, kind="day")
    actions.hold_for(search, shelter, by=worker)
    assert (Hold.objects.count(), Shift.objects.count()) == (1, 2)


def test_who_ended_their_shift_confirms_nothing(worker):
    shelter, search = make_shelter(), make_search(worker)
    actions.hold_for(search, shelter, by=worker)
    actions.end_shift(by=worker)
    with pytest.raises(Invalid, match="You are not on duty now"):
        actions.confirm(search, by=worker)
    assert Stay.objects.count() == 0


def test_another_desk_s_search_does_not_exist_for_us(worker):
    shelter, search = make_shelter(), make_search(make_worker("Desk South"))
    for verb, how in (
        (actions.hold_for, {"service": shelter}),
        (actions.refuse, {"service": shelter, "reason": "full"}),
        (actions.release, {}),
        (actions.confirm, {}),
        (actions.end_search, {}),
        (actions.none_found, {"reason": "all-full", "fallback": "inn"}),
    ):
        with pytest.raises(Refused):
            verb(search, by=worker, **how)
    with pytest.raises(Refused):
        search_view(worker, search.number)


def test_a_hold_whose_time_is_up_is_in_nobody_s_way(worker):
    shelter, search = make_shelter(), make_search(worker)
    actions.hold_for(search, shelter, by=worker)
    pass_time(minutes=31)
    assert search_view(worker, search.number).state == "open"
    other = make_search(worker)
    actions.hold_for(other, shelter, by=worker)
    actions.lapse_searches(by=worker)
    search.refresh_from_db()
    assert (search.state, kinds(search)) == ("open", ["asked", "held", "lapsed"])
    with pytest.raises(Conflict, match="No place is held any more"):
        actions.confirm(search, by=worker)


def test_a_lapsed_search_holds_again_without_anybody_writing_it_down(worker):
    shelter, search = make_shelter(), make_search(worker)
    actions.hold_for(search, shelter, by=worker)
    pass_time(minutes=31)
    actions.hold_for(search, shelter, by=worker)
    assert kinds(search) == ["asked", "held", "lapsed", "held"]
    assert lapse_holds(by=COMMAND) == 0


def test_who_was_too_late_at_one_house_is_confirmed_at_the_next(worker):
    search = make_search(worker)
    actions.hold_for(search, make_shelter(), by=worker)
    pass_time(minutes=31)
    actions.hold_for(search, make_shelter("House Elm"), by=worker)
    (stay,) = actions.confirm(search, by=worker)
    assert (stay.unit.service.name, kinds(search)[-2:]) == ("House Elm", ["held", "confirmed"])


def test_who_refuses_is_not_asked_again_and_gives_back(worker):
    shelter, search = make_shelter(), make_search(worker)
    actions.hold_for(search, shelter, by=worker)
    actions.refuse(search, shelter, by=worker, reason="unsafe")
    assert (kinds(search), Hold.objects.get().state) == (["asked", "held", "released", "refused"], "released")
    with pytest.raises(Conflict):
        actions.hold_for(search, shelter, by=worker)
    # Another family is.
    actions.hold_for(make_search(worker), shelter, by=worker)


def test_the_service_itself_may_say_that_they_can_come(worker):
    shelter, search = make_shelter(), make_search(worker)
    hold = actions.hold_for(search, shelter, by=worker)[0]
    confirm_hold(hold, by=COMMAND)
    assert len(actions.confirm(search, by=worker)) == 1


def test_what_the_service_gave_back_can_not_be_confirmed(worker):
    shelter, search = make_shelter(), make_search(worker)
    hold = actions.hold_for(search, shelter, by=worker)[0]
    actions.release(search, by=worker)
    with pytest.raises(Conflict):
        actions.confirm(search, by=worker)
    hold.refresh_from_db()
    assert (hold.state, kinds(search)) == ("released", ["asked", "held", "released"])


def test_who_saw_an_older_search_is_told(worker):
    shelter, search = make_shelter(), make_search(worker)
    actions.refuse(search, make_shelter("House Elm"), by=worker, reason="full")
    with pytest.raises(Conflict, match="Somebody else has changed this"):
        actions.hold_for(search, shelter, by=worker, version=1)


def test_a_closed_place_is_not_held(worker):
    shelter, search = make_shelter(), make_search(worker)
    close_unit(shelter.units.get(), by=COMMAND, reason="flood")
    with pytest.raises(Conflict):
        actions.hold_for(search, shelter, by=worker)


def test_the_same_family_does_not_get_two_places(worker):
    south, shelter, other = make_worker("Desk South"), make_shelter(), make_shelter("House Elm")
    calls = [make_call(worker), make_call(south)]
    actions.identify(calls[0], [MOTHER, SON], by=worker)
    actions.identify(calls[1], [SON], by=south)
    one, two = make_search(worker, calls[0]), make_search(south, calls[1])
    actions.hold_for(one, shelter, by=worker)
    with pytest.raises(Conflict, match="A place is held for this family already"):
        actions.hold_for(two, other, by=south)
    assert (Hold.objects.count(), KnownPerson.objects.filter(holds=True).count()) == (1, 2)
    # Its time is up: then the other desk may.
    pass_time(minutes=31)
    actions.hold_for(two, other, by=south)
    assert kinds(one) == ["asked", "held", "lapsed"]


def test_who_is_another_family_of_that_name_gets_a_place(worker):
    calls = [make_call(worker), make_call(worker)]
    for call in calls:
        actions.identify(call, [MOTHER], by=worker)
    actions.hold_for(make_search(worker, calls[0]), make_shelter(), by=worker)
    apart = make_search(worker, calls[1], told_apart=True)
    actions.hold_for(apart, make_shelter("House Elm"), by=worker)
    assert Hold.objects.count() == 2


def test_none_found_says_why_and_what_instead(worker):
    make_shelter(area="west", sleeps=(1,))
    search = make_search(worker, furthest_km=5)
    found = actions.none_found(search, by=worker, reason="all-full", fallback="inn", note="Nobody answered")
    search.refresh_from_db()
    assert (found.left_out, found.asked, search.state) == ({"room": 1, "reach": 1}, 0, "none")
    with pytest.raises(Conflict):
        actions.hold_for(search, make_shelter("House Elm"), by=worker)
    assert actions.search_again(search, by=worker).furthest_km == 5


def test_none_was_found_is_not_said_while_a_place_is_held(worker):
    search = make_search(worker)
    actions.hold_for(search, make_shelter(), by=worker)
    with pytest.raises(Conflict, match="A place is held: give that back first"):
        actions.none_found(search, by=worker, reason="all-full", fallback="inn")
    actions.end_search(search, by=worker)
    assert (kinds(search), Hold.objects.get().state) == (["asked", "held", "ended"], "released")


@pytest.mark.parametrize(
    ("verb", "how", "field"),
    [
        (actions.none_found, {"reason": "bored", "fallback": "inn"}, "reason"),
        (actions.none_found, {"reason": "all-full", "fallback": "moon"}, "fallback"),
        (actions.none_found, {"reason": "all-full", "fallback": "inn", "note": "Mevrouw Peeters"}, "note"),
        (actions.end_search, {"note": "She is with Jan Peeters now"}, "note"),
        (actions.confirm, {"transport": "rocket"}, "transport"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(worker, verb, how, field):
    search = make_search(worker)
    with pytest.raises(Invalid) as fault:
        verb(search, by=worker, **how)
    assert (fault.value.field, kinds(search)) == (field, ["asked"])


def test_what_happened_to_a_search_is_never_changed(worker):
    search = make_search(worker)
    step = SearchStep.objects.get(search=search)
    step.note = "otherwise"
    with pytest.raises(Exception, match="append_only"):
        step.save()
