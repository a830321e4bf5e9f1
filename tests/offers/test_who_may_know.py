"""A place for who is shielded, and for who told of themself: nobody is passed over, nothing is signed unseen."""

from datetime import date

import pytest

from tests import factories
from tests.lists.factories import KIND
from tests.offers.factories import make_line, make_vacancies, offered, officer_of
from tests.offers.test_pages import client_of, text_of
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.lists.actions import ask_homes, check
from veerkracht.register.lists.models import Entry
from veerkracht.register.offers import access, actions
from veerkracht.register.offers.actions import Passing
from veerkracht.register.offers.models import Offer
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import Notice, RestrictedAccess

pytestmark = pytest.mark.once


def test_who_is_shielded_is_offered_the_place_unseen_and_who_may_know_is_told(home, admission):
    first, second = make_line(home, 2)
    person = first.request.person
    Person.objects.filter(pk=person.pk).update(restricted=True, given_name="Anna")
    named, own = officer_of(home), factories.make_own_actor(Person.objects.get(pk=person.pk))
    RestrictedAccess.objects.create(
        person=person,
        user=named.user,
        reason="Cares for her",
        from_date=date(2024, 1, 1),
        given_by_name="tests",
    )
    (vacancy,) = make_vacancies(home, by=admission)
    with pytest.raises(Invalid, match="afgeschermd dossier"):
        offered(vacancy, second, by=admission, passing={first.pk: Passing("not-reached", "Called twice.")})
    client, address = client_of(admission), f"/en/places/vacancies/{vacancy.pk}/"
    assert "You offer it without seeing who it is" in text_of(client.get(address))
    sent = client.post(address, {"entry": first.pk})
    assert (sent.status_code, sent["Location"]) == (302, f"/en/places/homes/{home.pk}/")
    offer = Offer.objects.get()
    day = client.get(sent["Location"])
    told = text_of(day)
    assert ["Shielded file" in told, "Anna" in told, f"/places/offers/{offer.pk}/" in day.content.decode()] == [
        True, False, False,
    ]  # fmt: skip
    for page in (f"/en/places/offers/{offer.pk}/", f"/en/places/entries/{first.pk}/"):
        assert client.get(page).status_code == 404
    assert access.get_offer(named, offer.pk) == offer
    kinds = {(one.user, one.kind) for one in Notice.objects.filter(person=person)}
    assert kinds == {(own.user, "offer-made"), (named.user, "offer-made-shielded")}
    assert "/en/my/for/" in client_of(own).get("/en/notices/").content.decode()
    actions.accept_offer(offer, by=own, arrives_on=date(2024, 1, 20))
    assert Offer.objects.get().state == "accepted"


def test_what_a_family_told_itself_is_checked_before_a_place_is_offered(home, admission):
    (other,) = make_line(home, 1)
    person = factories.make_person(born=date(1939, 5, 17))
    ask_homes(person, [home], by=factories.make_own_actor(person), kind=KIND)
    entry = Entry.objects.get(request__person=person)
    for item in other.request.person.assessments.all():
        item.pk, item.person = None, person
        item.save()
    first, second = make_vacancies(home, 2, by=admission)
    offered(first, other, by=admission)
    with pytest.raises(Invalid, match="nog niet nagekeken"):
        offered(second, entry, by=admission)
    page = client_of(admission).get(f"/en/places/vacancies/{second.pk}/").content.decode()
    assert f"/en/places/entries/{entry.pk}/" in page
    assert "Requests of which this home has not checked yet" in text_of(
        client_of(admission).get(f"/en/places/homes/{home.pk}/")
    )
    with pytest.raises(Refused):
        check(entry, by=officer_of(home, "analyst"))
    check(entry, by=admission)
    assert offered(second, Entry.objects.get(pk=entry.pk), by=admission).state == "made"
