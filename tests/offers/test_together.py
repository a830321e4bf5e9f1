"""Who comes together is offered a place whole or not at all; and who considers another place is not asked twice."""

import pytest

from tests.offers.factories import (
    TODAY,
    make_couple,
    make_home,
    make_line,
    make_vacancies,
    make_waiting,
    offered,
    officer_of,
    states,
)
from veerkracht.register import verify
from veerkracht.register.care import actions as care
from veerkracht.register.errors import Invalid
from veerkracht.register.offers import actions
from veerkracht.register.offers.actions import Choice
from veerkracht.register.offers.models import Vacancy
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Hold


def test_a_couple_comes_whole_or_not_at_all(home, admission):
    couple, (single,) = make_couple(home), make_line(home, 1)
    one, two = make_vacancies(home, 2, by=admission)
    with pytest.raises(Invalid, match="Geen plaats voor allen samen") as fault:
        offered(one, couple[0], by=admission)
    assert (fault.value.field, Hold.objects.count()) == ("entry", 0)
    offer = actions.make_offer([one, two], by=admission, choice=Choice(couple[1].pk))
    held = list(offer.places.order_by("pk").values_list("entry", "vacancy", "live"))
    assert held == [(couple[0].pk, one.pk, True), (couple[1].pk, two.pk, True)]
    assert len({place.hold.party for place in offer.places.all()}) == 1
    # One of them says no: for both, and both places are free again.
    actions.decline_offer(offer, by=admission, reason="wrong-room")
    assert (states(one, two), Hold.objects.filter(state="released").count()) == (["open", "open"], 2)
    # Who is alone goes first when there is one place only: the register says why, and whoever signs stands for it.
    alone = offered(one, single, by=admission)
    assert list(alone.passed_over.values_list("reason", "by_name").distinct()) == [
        ("no-room-for-all", admission.name)
    ]
    assert (alone.passed_over.count(), verify.run()) == (2, [])


def test_a_couple_comes_to_one_room_for_two(home, admission):
    couple = make_couple(home)
    single, room = make_vacancies(home, by=admission)[0], make_vacancies(home, by=admission, sleeps=2)[0]
    with pytest.raises(Invalid, match="Voor 2 zijn niet zoveel plaatsen nodig"):
        actions.make_offer([single, room], by=admission, choice=Choice(couple[0].pk))
    offer = offered(room, couple[0], by=admission)
    assert list(offer.places.order_by("pk").values_list("hold__unit", "hold__bed")) == [
        (room.unit_id, 1),
        (room.unit_id, 2),
    ]


def test_half_a_couple_is_never_next(home, admission):
    couple, vacancy = make_couple(home), make_vacancies(home, by=admission, sleeps=2)[0]
    care.withdraw(couple[1].request, by=Actor.for_command("tests"), on=TODAY)
    # Who is left asks alone from then on: what came together is no longer a bundle of two.
    offer = offered(vacancy, couple[0], by=admission)
    assert offer.places.count() == 1


def test_who_considers_another_place_is_not_asked_twice_and_keeps_their_place(home, admission):
    first, second = make_line(home, 2)
    other = officer_of(elsewhere := make_waiting(make_home(), first.request).service)
    running = offered(make_vacancies(elsewhere, by=other)[0], elsewhere.entries.get(), by=other)
    vacancy = make_vacancies(home, by=admission)[0]
    with pytest.raises(Invalid, match="Heeft nu een andere plaats in beraad"):
        offered(vacancy, first, by=admission)
    offer = offered(vacancy, second, by=admission)
    assert list(offer.passed_over.values_list("entry", "reason")) == [(first.pk, "offered-elsewhere")]
    assert states(running, first) == ["made", "waiting"]


@pytest.mark.parametrize("ends", ["death", "withdrawal"])
def test_an_offer_ends_whole_when_one_whom_it_is_for_died_or_no_longer_asks(home, admission, ends):
    couple = make_couple(home)
    offer = actions.make_offer(
        make_vacancies(home, 2, by=admission), by=admission, choice=Choice(couple[0].pk)
    )
    command = Actor.for_command("tests")
    if ends == "death":
        care.record_death(couple[1].request.person, by=command, on=TODAY)
    else:
        care.withdraw(couple[1].request, by=command, on=TODAY)
    assert states(offer, *Vacancy.objects.all()) == ["withdrawn", "open", "open"]
    assert set(Hold.objects.values_list("state", flat=True)) == {"released"}
    assert verify.run() == []
