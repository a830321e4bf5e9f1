"""Places as pages: what is free, holding one, confirming and giving back; and who sees nothing of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.pages import client_of, text_of
from tests.supply.conftest import of_another
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import Hold, Service
from veerkracht.register.supply.queries.places import places


@pytest.mark.parametrize(
    ("language", "free", "held"), [("nl", "1 plaats vrij", "Vastgehouden"), ("en", "1 place free", "Held")]
)
def test_the_page_says_what_is_free_and_what_is_held(unit, admission, language, free, held):
    page = text_of(client_of(admission).get(f"/{language}/places/"))
    assert (free in page, held in page) == (True, False)
    actions.hold_place(unit, by=admission, minutes=30, reference="A 17")
    page = text_of(client_of(admission).get(f"/{language}/places/"))
    assert (free in page, held in page, "A 17" in page) == (False, True, True)


def test_a_place_is_held_confirmed_and_given_back_by_the_pages(unit, admission):
    client = client_of(admission)
    data = {"minutes": "45", "reference": "A 17", "request": ""}
    held = client.post(f"/en/places/unit/{unit.pk}/", data)
    hold = Hold.objects.get()
    assert (held.status_code, held["location"], hold.state) == (302, "/en/places/", "held")
    for verb, version, state in (("confirm", 1, "confirmed"), ("release", 2, "released")):
        answer = client.post(f"/en/places/hold/{hold.pk}/{verb}/", {"version": version})
        hold.refresh_from_db()
        assert (answer.status_code, hold.state) == (302, state)


def test_who_comes_second_reads_why(unit, admission, stranger):
    hold = actions.hold_place(unit, by=admission, minutes=30)
    second = client_of(stranger).post(f"/en/places/unit/{unit.pk}/", {"minutes": "45"})
    assert (second.status_code, "This place is taken or held already." in text_of(second)) == (409, True)
    actions.confirm_hold(hold, by=admission)
    late = client_of(admission).post(f"/en/places/hold/{hold.pk}/release/", {"version": 1})
    assert (late.status_code, "Somebody else has changed this" in text_of(late)) == (409, True)
    assert Hold.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"minutes": ""}, "This field is required."),
        ({"minutes": "0"}, "Ensure this value is greater than or equal to 1."),
        ({"minutes": "60", "request": "V-9999999"}, "This does not exist, or you may not see or do it."),
    ],
)
def test_what_can_not_be_held_is_said_at_its_field(unit, admission, data, words):
    answer = client_of(admission).post(f"/en/places/unit/{unit.pk}/", data)
    assert (answer.status_code, words in text_of(answer), Hold.objects.count()) == (422, True, 0)


def test_a_request_that_may_not_be_seen_and_one_that_is_not_there_are_answered_alike(unit, admission):
    real = factories.make_request()
    answers = [
        client_of(admission).post(f"/en/places/unit/{unit.pk}/", {"minutes": "60", "request": number})
        for number in (real.number, "V-9999999")
    ]
    said = [text_of(one).replace(real.number, "").replace("V-9999999", "") for one in answers]
    assert said[0] == said[1]


def test_another_organisation_sees_that_a_place_is_held_and_not_for_whom(unit, admission, stranger):
    actions.hold_place(unit, by=admission, minutes=30, reference="Zed Geheimzinnig")
    page = text_of(client_of(stranger).get("/en/places/"))
    assert ("Held" in page, "Geheimzinnig" in page, admission.name in page) == (True, False, False)
    assert client_of(stranger).post("/en/places/hold/1/release/", {"version": 1}).status_code == 404


def test_a_secret_service_is_on_no_page_of_others(admission, stranger):
    refuge = factories.make_service("Refuge", organisation="Another house", secret=True)
    place = factories.make_units(refuge)[0]
    own, other = client_of(stranger), client_of(admission)
    assert ["Refuge" in text_of(client.get("/en/places/")) for client in (own, other)] == [True, False]
    addresses = [f"/en/places/unit/{place.pk}/", f"/en/places/{refuge.pk}/confirm/"]
    assert [other.get(address).status_code for address in addresses] == [404, 404]
    hidden, absent = other.post(addresses[1]), other.post("/en/places/999999/confirm/")
    assert (hidden.status_code, text_of(hidden)) == (absent.status_code, text_of(absent))
    assert own.post(addresses[1]).status_code == 302
    assert Service.objects.get(pk=refuge.pk).places_confirmed_at is not None


def test_who_has_nothing_to_do_with_places_finds_no_such_page(unit):
    reader = client_of(factories.make_actor("reader"))
    addresses = ["/en/places/", f"/en/places/unit/{unit.pk}/"]
    assert [reader.get(address).status_code for address in addresses] == [404, 404]
    assert Client().get("/en/places/").status_code == 302


def test_the_number_of_queries_does_not_grow_with_the_places(unit, admission, django_assert_num_queries):
    client = client_of(admission)
    client.get("/en/places/")
    actions.hold_place(unit, by=admission, minutes=30)
    with CaptureQueriesContext(connection) as one:
        client.get("/en/places/")
    for name in ("B house", "C house"):
        service = factories.make_service(name, organisation=name)
        for place in factories.make_units(service, 2):
            actions.hold_place(place, by=of_another("admission", name), minutes=30)
    with django_assert_num_queries(len(one)):
        client.get("/en/places/")


def test_services_come_page_by_page_one_s_own_first(admission, stranger):
    owners = {"A": "A house", "B": "The agency", "C": "Another house", "D": "The agency"}
    for name, organisation in owners.items():
        factories.make_service(name, organisation=organisation)

    def pages(actor, size: int) -> list[list[str]]:
        found, after = [], None
        while after != "":
            page = places(actor, after=after or "", size=size)
            found.append([one.name for one in page.services])
            after = page.after
        return found

    assert pages(admission, 3) == [["B", "D", "A"], ["C"]]
    assert pages(stranger, 1) == [["C"], ["A"], ["B"], ["D"]]
    assert client_of(admission).get("/en/places/?after=999999").status_code == 404
