"""Several at the same moment, each a process of its own: one wins, the others are told, nothing is there twice."""

from collections import Counter

import pytest

from tests.offers import acts
from tests.offers.factories import (
    TODAY,
    is_over,
    lives,
    make_couple,
    make_home,
    make_line,
    make_rooms,
    make_vacancies,
    make_waiting,
    offered,
    officer_of,
)
from tests.robust.processes import at_once
from veerkracht.register import clock, verify
from veerkracht.register.offers.models import Offer, OfferStep, Vacancy
from veerkracht.register.supply.models import Hold

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def day(transactional_db):
    clock.stand_still_on(TODAY)
    return TODAY


def test_of_four_officers_on_one_vacancy_one_wins_and_the_others_are_told(home, admission):
    vacancy, entries = make_vacancies(home, by=admission)[0], make_line(home, 4)
    users = [officer_of(home).user.username for _ in entries]
    calls = [
        (acts.offer, [vacancy.pk], user, entry.pk, tuple(one.pk for one in entries[:place]))
        for place, (user, entry) in enumerate(zip(users, entries, strict=True))
    ]
    assert Counter(at_once(*calls)) == {"done": 1, "Conflict": 3}
    assert (Offer.objects.count(), Hold.objects.count(), verify.run()) == (1, 1, [])


def test_a_couple_and_a_single_never_share_what_both_want(home, admission):
    couple, (single,) = make_couple(home), make_line(home, 1)
    one, two = make_vacancies(home, 2, by=admission)
    users = [officer_of(home).user.username for _ in range(2)]
    outcome = at_once(
        (acts.offer, [one.pk, two.pk], users[0], couple[0].pk),
        (acts.offer, [two.pk], users[1], single.pk),
    )
    assert (outcome, Offer.objects.count()) == (["Conflict", "done"], 1)
    assert (Hold.objects.count() in (1, 2), verify.run()) == (True, [])


def test_one_person_who_is_first_at_two_homes_gets_one_offer_at_a_time(home, admission):
    other = make_home()
    entries = [make_waiting(home)]
    entries.append(make_waiting(other, entries[0].request))
    officers = [admission, officer_of(other)]
    vacancies = [make_vacancies(one, by=by)[0] for one, by in zip((home, other), officers, strict=True)]
    outcome = at_once(
        *(
            (acts.offer, [vacancy.pk], by.user.username, entry.pk)
            for vacancy, by, entry in zip(vacancies, officers, entries, strict=True)
        )
    )
    assert (len(outcome), outcome.count("done"), set(outcome) - {"done"} <= {"Conflict", "Invalid"}) == (
        2,
        1,
        True,
    )
    assert (Offer.objects.count(), Hold.objects.count(), verify.run()) == (1, 1, [])


def test_who_accepts_and_who_declines_at_once_do_not_both_win_and_a_term_ends_once(home, admission):
    vacancies, (first, second) = make_vacancies(home, 2, by=admission), make_line(home, 2)
    offer, over = offered(vacancies[0], first, by=admission), offered(vacancies[1], second, by=admission)
    is_over(over)
    outcome = at_once(
        (acts.accept, offer.pk, admission.user.username, TODAY),
        (acts.decline, offer.pk, first.request.person_id),
        (acts.lapse,),
        (acts.lapse,),
    )
    assert Counter(outcome) == {"done": 3, "Conflict": 1}
    assert OfferStep.objects.filter(offer=offer).count() == 2
    assert (OfferStep.objects.filter(kind="lapsed").count(), verify.run()) == (1, [])


def test_free_places_become_vacancies_once_whoever_notes_them_and_however_they_came_free(home, admission):
    left, *_empty = make_rooms(home, 4)
    resident = lives(left)
    who = admission.user.username
    outcome = at_once(
        (acts.note, home.pk, who), (acts.note, home.pk, who), (acts.keep,), (acts.leave, resident.pk, TODAY)
    )
    assert (outcome, verify.run()) == (["done"] * 4, [])
    assert Counter(Vacancy.objects.values_list("unit__name", flat=True)) == {
        f"Room {number}": 1 for number in range(1, 5)
    }
