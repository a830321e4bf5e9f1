"""`verify` finds what no action can bring about but a hand in the database can."""

import pytest

from tests.offers.factories import BUSY, make_couple, make_line, make_vacancies, offered
from veerkracht.register import verify
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Conflict
from veerkracht.register.lists.models import Entry
from veerkracht.register.offers.models import Offer, OfferedPlace, PassedOver, Vacancy
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Hold


@pytest.fixture
def offers(home, admission) -> tuple[Offer, Offer]:
    """Two offers that run, the second past somebody."""
    first, second, third = make_line(home, 3)
    one, two = make_vacancies(home, 2, by=admission)
    made = offered(one, first, by=admission), offered(two, third, by=admission, passing={second.pk: BUSY})
    assert verify.run() == []
    return made


def broken() -> list[tuple[str, int]]:
    return [(found.name, found.count) for found in verify.run()]


def test_a_state_that_is_not_what_the_steps_say_is_found(offers):
    Vacancy.objects.filter(offered__offer=offers[0]).update(version=7)
    Offer.objects.filter(pk=offers[1].pk).update(arrives_on="2024-02-01")
    assert broken() == [("vacancy_is_what_its_steps_say", 1), ("offer_is_what_its_steps_say", 1)]


@pytest.mark.parametrize("state", ["released", "confirmed"])
def test_a_place_that_is_not_kept_for_whom_it_is_offered_is_found(offers, state):
    Hold.objects.filter(offered__offer=offers[0]).update(state=state)
    OfferedPlace.objects.filter(offer=offers[1]).update(live=False)
    found = dict(broken())
    assert (found["offer_keeps_its_places"], found["vacancy_is_offered_as_long_as_its_offer_runs"]) == (2, 1)


def test_a_place_held_for_somebody_else_is_found(offers):
    other = Entry.objects.exclude(offered__isnull=False).get()
    Hold.objects.filter(offered__offer=offers[0]).update(request=other.request)
    assert broken() == [("offer_keeps_its_places", 1)]


def test_a_vacancy_that_says_it_is_open_while_it_is_offered_is_found(offers):
    Vacancy.objects.filter(offered__offer=offers[0]).update(state="open")
    assert ("vacancy_is_offered_as_long_as_its_offer_runs", 1) in broken()


def test_a_couple_in_two_offers_is_found(offers):
    Request.objects.filter(entries__offered__offer__in=offers).update(bundle=7)
    assert ("who_comes_together_is_offered_together", 1) in broken()


def test_somebody_passed_over_by_who_did_not_sign_is_found(offers, admission):
    offer, entry = offers[0], Entry.objects.order_by("pk").last()
    same = OfferedPlace.objects.get(offer=offer).entry
    for one, by_id in ((entry, admission.user_id + 1), (same, admission.user_id)):
        PassedOver.objects.create(
            offer=offer, entry=one, reason="not-reached", by_id=by_id, by_name="A", recorded_at=offer.made_at
        )
    assert broken() == [("passing_over_is_signed_with_the_offer", 2)]


def test_a_place_that_is_offered_is_not_given_away_behind_the_offer(home, admission):
    couple = make_couple(home)
    offer = offered(make_vacancies(home, by=admission, sleeps=2)[0], couple[0], by=admission)
    hold = offer.places.first().hold
    for act in (supply.release_hold, supply.confirm_hold):
        with pytest.raises(Conflict, match="Deze plaats is aangeboden"):
            act(hold, by=admission)
    assert (set(Hold.objects.values_list("state", flat=True)), verify.run()) == ({"held"}, [])
