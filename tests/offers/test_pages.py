"""The home's day, who is next, an offer and its letter, and the family's page: who sees what, and how many queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.offers.factories import (
    BUSY,
    TODAY,
    is_over,
    make_couple,
    make_home,
    make_line,
    make_rooms,
    make_vacancies,
    make_waiting,
    offered,
    officer_of,
    stranger,
)
from tests.pages import client_of, text_of
from veerkracht.register.errors import Refused
from veerkracht.register.offers import access, actions
from veerkracht.register.offers.models import Offer, Vacancy
from veerkracht.register.offers.queries.day import home_day
from veerkracht.register.offers.queries.homes import homes
from veerkracht.register.offers.queries.my import my_offers, my_passings
from veerkracht.register.offers.queries.proposal import proposal
from veerkracht.register.people.models import Person


def named(entry, name: str):
    Person.objects.filter(pk=entry.request.person_id).update(given_name=name, family_name="Proef")
    return entry


def test_the_day_shows_what_waits_and_a_place_is_offered_and_answered_by_the_pages(home, admission):
    first, second = (named(one, name) for one, name in zip(make_line(home, 2), ("Anna", "Bea"), strict=True))
    vacancy, client = make_vacancies(home, by=admission)[0], client_of(admission)
    make_rooms(home)
    day = client.get("/en/places/homes/", follow=True)
    told = text_of(day)
    assert [
        one in told for one in ("Who is next : Room 1", "Free places that are not among the vacancies yet")
    ] == [
        True,
        True,
    ]
    client.post(f"/en/places/homes/{home.pk}/vacancies/")
    assert Vacancy.objects.count() == 2
    line = text_of(client.get(f"/en/places/vacancies/{vacancy.pk}/"))
    assert line.index("Anna Proef") < line.index("Bea Proef")
    without = client.post(f"/en/places/vacancies/{vacancy.pk}/", {"entry": second.pk})
    assert (
        without.status_code,
        "Nobody who stands higher is passed over without a reason" in text_of(without),
    ) == (
        422,
        True,
    )
    data = {"entry": second.pk, f"reason-{first.pk}": "not-reached", f"why-{first.pk}": "Called twice."}
    sent = client.post(f"/en/places/vacancies/{vacancy.pk}/", data)
    offer = Offer.objects.get()
    assert (sent.status_code, sent["location"]) == (302, f"/en/places/offers/{offer.pk}/")
    page = text_of(client.get(f"/en/places/offers/{offer.pk}/"))
    assert ["Bea Proef" in page, "Called twice." in page, "Waits for an answer" in page] == [True] * 3
    # On the home's list it stands beside whom it is for, and beside nobody else.
    listed = text_of(client.get(f"/en/places/homes/{home.pk}/list/"))
    states = re.findall(
        r"(Anna|Bea) Proef V-\d+ .*?(Waiting|Waits for an answer until 18 Jan 2024) Open", listed
    )
    assert states == [("Anna", "Waiting"), ("Bea", "Waits for an answer until 18 Jan 2024")]
    letter = text_of(client.get(f"/en/places/offers/{offer.pk}/letter.html"))
    assert ("Er is een plaats voor u in" in letter, "Bea Proef" in letter, "Anna Proef" in letter) == (
        True,
        True,
        False,
    )
    assert client.get(f"/en/places/offers/{offer.pk}/letter.pdf").content[:5] == b"%PDF-"
    late = {"verb": "accept", "accept-version": 1, "accept-arrives_on": str(TODAY + timedelta(days=60))}
    wrong = client.post(f"/en/places/offers/{offer.pk}/", late)
    assert (wrong.status_code, "The place is kept until" in text_of(wrong)) == (422, True)
    client.post(f"/en/places/offers/{offer.pk}/", {**late, "accept-arrives_on": str(TODAY)})
    came = {"verb": "admit", "admit-version": 2, "admit-on": str(TODAY)}
    client.post(f"/en/places/offers/{offer.pk}/", came)
    pressed_twice = client.post(f"/en/places/offers/{offer.pk}/", came)
    assert (pressed_twice.status_code, "fulfilled already" in text_of(pressed_twice)) == (409, True)
    offer.refresh_from_db()
    answer = client.get(f"/en/places/homes/{home.pk}/")
    came = f"/en/places/residents/{home.residences.get().pk}/" in answer.content.decode()
    told = "Came in the last seven days Bea Proef Room 1" in text_of(answer)
    assert (offer.state, told, came) == ("fulfilled", True, True)


def test_a_family_reads_until_when_and_what_each_answer_does_and_answers_itself(home, admission):
    (first,) = make_line(home, 1)
    offer = offered(make_vacancies(home, by=admission)[0], first, by=admission)
    own = factories.make_own_actor(first.request.person)
    client = client_of(own)
    page = text_of(client.get("/nl/my/offers/"))
    for told in ("antwoorden voor 18 januari 2024", "achter wie er vandaag al op staat", home.name):
        assert told in page
    assert client.get(f"/nl/places/offers/{offer.pk}/letter.html").status_code == 200
    assert client.get(f"/nl/places/offers/{offer.pk}/").status_code == 404
    unclear = client.post("/nl/my/offers/", {"id": offer.pk, "verb": "decline", "decline-version": 1})
    assert (unclear.status_code, Offer.objects.get().state) == (422, "made")
    said = {"id": offer.pk, "verb": "decline", "decline-version": 1, "decline-reason": "wrong-room"}
    assert client.post("/nl/my/offers/", said)["location"] == "/nl/my/offers/"
    assert (Offer.objects.get().state, "Afgeslagen" in text_of(client.get("/nl/my/offers/"))) == (
        "declined",
        True,
    )
    again = text_of(client.post("/nl/my/offers/", said, follow=True))
    assert "Iemand anders heeft dit intussen gewijzigd." in again


def test_who_was_passed_over_reads_why_and_who_signed_and_nothing_of_whom_it_went_to(home, admission):
    first, second = (named(one, name) for one, name in zip(make_line(home, 2), ("Anna", "Bea"), strict=True))
    offered(make_vacancies(home, by=admission)[0], second, by=admission, passing={first.pk: BUSY})
    page = text_of(client_of(factories.make_own_actor(first.request.person)).get("/en/my/offers/"))
    assert [one in page for one in (BUSY.text, admission.name, "Bea")] == [True, True, False]


def test_another_home_and_another_family_find_nothing(home, admission):
    first, second = make_line(home, 2)
    vacancy = make_vacancies(home, by=admission)[0]
    offer = offered(vacancy, first, by=admission)
    other = stranger()
    family = factories.make_own_actor(second.request.person)
    addresses = [
        f"/en/places/homes/{home.pk}/",
        f"/en/places/vacancies/{vacancy.pk}/",
        f"/en/places/offers/{offer.pk}/",
        f"/en/places/offers/{offer.pk}/letter.html",
        f"/en/my/for/{first.request.person.number}/offers/",
    ]
    for actor in (other, family, factories.make_actor("officer"), officer_of(home, "analyst")):
        client = client_of(actor)
        assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
        said = {"id": offer.pk, "verb": "decline", "decline-version": 1, "decline-reason": "wrong-room"}
        assert client.post("/en/my/offers/", said).status_code == 404
    absent = client_of(other).get("/en/places/offers/999999/")
    hidden = client_of(other).get(f"/en/places/offers/{offer.pk}/")
    assert (absent.status_code, text_of(absent)) == (hidden.status_code, text_of(hidden))
    assert Offer.objects.get().state == "made"


def test_a_shielded_person_has_no_name_for_who_is_not_named_in_the_file_and_is_not_passed_over(
    home, admission
):
    first, second = (named(one, name) for one, name in zip(make_line(home, 2), ("Anna", "Bea"), strict=True))
    Person.objects.filter(pk=first.request.person_id).update(restricted=True)
    vacancy = make_vacancies(home, by=admission)[0]
    page = client_of(admission).get(f"/en/places/vacancies/{vacancy.pk}/")
    assert ("Anna" in text_of(page), "Bea Proef" in text_of(page)) == (False, True)
    data = {"entry": second.pk, f"reason-{first.pk}": "not-reached", f"why-{first.pk}": "Called twice."}
    sent = client_of(admission).post(f"/en/places/vacancies/{vacancy.pk}/", data)
    assert (sent.status_code, Offer.objects.count()) == (422, 0)


def test_reminders_say_what_waits(home, admission):
    entries, vacancies = make_line(home, 4), make_vacancies(home, 4, by=admission)
    over, late, today = (offered(*pair, by=admission) for pair in zip(vacancies[:3], entries, strict=False))
    is_over(over)
    for one, day in ((late, TODAY), (today, TODAY)):
        actions.accept_offer(one, by=admission, arrives_on=day)
    Offer.objects.filter(pk=late.pk).update(arrives_on=TODAY - timedelta(days=1))
    said = {one.what: one.count for one in home_day(admission, home).reminders}
    assert said == {"to-offer": 1, "overdue": 1, "arrives-today": 1, "late": 1}


@pytest.fixture
def filled(home, admission):
    """A home with so many of everything: places, people who wait, offers, couples, who came."""

    def fill(size: int) -> None:
        vacancies = make_vacancies(home, 3 * size, by=admission)
        entries = make_line(home, 2 * size)
        make_couple(home)
        make_rooms(home, size)
        for vacancy, entry in zip(vacancies[:size], entries, strict=False):
            passing = {one.pk: BUSY for one in home.entries.filter(state="waiting")}
            offered(vacancy, entry, by=admission, passing=passing)

    return fill


def test_pages_ask_the_same_number_of_queries_for_one_and_for_three(
    home, admission, filled, django_assert_num_queries
):
    def looks():
        vacancy = Vacancy.objects.filter(state="open").first()
        return {
            "the day": lambda: home_day(admission, home),
            "the homes": lambda: homes(admission),
            "who is next": lambda: proposal(admission, access.get_vacancy(admission, vacancy.pk)),
        }

    filled(1)
    counts = {name: counted(look) for name, look in looks().items()}
    filled(2)
    for name, look in looks().items():
        with django_assert_num_queries(counts[name]):
            look()


def test_a_family_page_asks_the_same_number_of_queries_for_one_and_for_three(
    home, admission, django_assert_num_queries
):
    entry = make_line(home, 1)[0]
    own = factories.make_own_actor(entry.request.person)

    def offer_and_decline(times: int) -> None:
        for _ in range(times):
            one = offered(make_vacancies(home, by=admission)[0], entry, by=admission)
            actions.decline_offer(one, by=own, reason="wrong-room")
            later = make_waiting(home)
            passing = {one.pk: BUSY for one in home.entries.exclude(pk=later.pk)}
            vacancy = Vacancy.objects.filter(state="open").first()
            past = offered(vacancy, later, by=admission, passing=passing)
            actions.withdraw_offer(past, by=admission, why="…")

    offer_and_decline(1)
    counts = [counted(lambda: my_offers(own)), counted(lambda: my_passings(own))]
    offer_and_decline(2)
    for look, count in zip((my_offers, my_passings), counts, strict=True):
        with django_assert_num_queries(count):
            assert len(look(own)) == 3
    with pytest.raises(Refused):
        my_offers(admission)


def counted(look) -> int:
    with CaptureQueriesContext(connection) as found:
        look()
    return len(found)


def test_an_organisation_of_several_homes_chooses_one(home, admission):
    make_home(owner=home.organisation.name)
    page = text_of(client_of(admission).get("/en/places/homes/"))
    assert [one.name in page for one in home.organisation.services.all()] == [True, True]


def test_a_home_without_rules_reads_that_nobody_can_say_who_is_next(home, admission):
    vacancy = make_vacancies(home, by=admission)[0]
    type(home).objects.filter(pk=home.pk).update(rules="")
    address = f"/en/places/vacancies/{vacancy.pk}/"
    page = client_of(admission).get(address)
    assert (page.status_code, "has no rules for its list yet" in text_of(page)) == (200, True)
    moved = {"verb": "move", "move-version": 1, "move-ready_on": "2024-01-10"}
    wrong = client_of(admission).post(address, moved)
    assert (wrong.status_code, "Ready on 10-01-2024" in text_of(wrong)) == (422, True)
    gone = {"verb": "withdraw", "withdraw-version": 1, "withdraw-why": "The ward closes."}
    assert client_of(admission).post(address, gone)["location"] == f"/en/places/homes/{home.pk}/"
    vacancy.refresh_from_db()
    assert vacancy.state == "withdrawn"
