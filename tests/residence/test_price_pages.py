"""Prices and contributions on pages: recorded by the home, refused by the rule of the day with its reason, read by whom
they concern."""

import re
from datetime import date

import pytest
from django.test import Client

from tests import factories
from tests.residence.conftest import COMMAND, TODAY, make_home, worker
from veerkracht.register.residence import actions
from veerkracht.register.residence.actions import Said
from veerkracht.register.residence.models import Contribution, DayPrice

pytestmark = pytest.mark.once
FIRST = Said({"roof": 4000, "soup": 1000}, "first")


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


def test_a_home_records_a_price_the_rule_of_the_day_may_forbid_it_and_a_mistake_is_put_right(home, admission):
    client, address = signed_in(admission), f"/en/places/homes/{home.pk}/prices/"
    assert "Nobody said yet what a day costs here." in text_of(client.get(address))
    new = {"verb": "set", "set-from_date": "2023-09-01", "set-ground": "first", "set-part_roof": "40,00"}
    assert client.post(address, {**new, "set-part_soup": "10"}).status_code == 302
    rise = {**new, "set-from_date": "2023-10-01", "set-ground": "bell", "set-part_soup": "12"}
    refused = client.post(address, rise)
    assert (refused.status_code, "at most 51.00" in text_of(refused)) == (422, True)
    unapproved = client.post(address, {**rise, "set-ground": "mayor"})
    assert (unapproved.status_code, "names the decision" in text_of(unapproved)) == (422, True)
    assert client.post(address, {**rise, "set-ground": "mayor", "set-reference": "MB 7"}).status_code == 302
    # Dutch amounts, an empty part, and what is no amount at its own field.
    assert client.post(address, {**rise, "set-part_roof": "veel"}).status_code == 422
    last = DayPrice.objects.latest("pk")
    put_right = {
        "verb": "correct",
        "id": last.pk,
        f"correct-{last.pk}-version": 1,
        f"correct-{last.pk}-ground": "bell",
        f"correct-{last.pk}-part_roof": "41",
        f"correct-{last.pk}-part_soup": "10",
        f"correct-{last.pk}-why": "No decision was needed.",
    }
    assert client.post(address, put_right).status_code == 302
    told = text_of(client.get(address))
    assert ("€51" in told, "corrected: No decision was needed." in told, "€52" in told) == (True, True, False)
    # Of what was corrected since, the form is not there any more.
    assert client.post(address, put_right).status_code == 404
    rows = DayPrice.objects.order_by("pk").values_list("cents", "ground", "version", "by_name")
    assert [row[:3] for row in rows] == [(5000, "first", 1), (5200, "mayor", 1), (5100, "bell", 2)]
    assert {row[3] for row in rows} == {admission.name}


def test_others_read_prices_or_not_at_all_and_none_of_them_sets_one(home):
    actions.set_price(home, by=COMMAND, said=FIRST, from_date=date(2023, 1, 1))
    new = {"verb": "set", "set-from_date": "2024-01-01", "set-ground": "less", "set-part_roof": "1"}
    for actor, status in (
        (worker(make_home("Oak House")), 200),
        (worker(home, "analyst"), 200),
        (worker(home, "treasurer"), 404),
    ):
        client, address = signed_in(actor), f"/nl/places/homes/{home.pk}/prices/"
        answer = client.get(address)
        assert (answer.status_code, "Prijs opnemen" in text_of(answer)) == (status, False)
        assert client.post(address, new).status_code == 404
    assert DayPrice.objects.count() == 1


def test_what_is_paid_beside_it_is_recorded_and_ended_at_the_stay(home, lives, admission):
    resident, client = lives(), signed_in(admission)
    address = f"/en/places/residents/{resident.pk}/"
    alms = {"on": "2024-01-02", "kind": "alms", "cents_a_day": "3,50", "payer": "The parish"}
    assert client.post(f"{address}pay/", {**alms, "cents_a_day": "0"}).status_code == 422
    assert client.post(f"{address}pay/", alms).status_code == 302
    assert client.post(f"{address}pay/", alms).status_code == 409
    paid = Contribution.objects.get()
    assert (paid.cents_a_day, paid.payer, paid.from_date) == (350, "The parish", date(2024, 1, 2))
    told = text_of(client.get(address))
    assert ("Alms, The parish" in told, "since 2 January 2024" in told) == (True, True)
    end = {"on": TODAY.isoformat(), "contribution": f"{paid.pk}-1"}
    assert signed_in(worker(make_home("Oak House"))).post(f"{address}paid/", end).status_code == 404
    assert client.post(f"{address}paid/", end).status_code == 302
    # It is no longer among what can be ended.
    assert client.post(f"{address}paid/", end).status_code == 422
    paid.refresh_from_db()
    assert (paid.until_date, paid.version) == (TODAY, 2)


def test_a_resident_reads_where_they_live_and_what_it_costs_and_nobody_elses(home, lives, admission):
    actions.set_price(home, by=COMMAND, said=FIRST, from_date=date(2023, 1, 1))
    resident, other = lives(0), lives(1)
    actions.start_contribution(
        resident, by=admission, kind="alms", cents_a_day=350, on=TODAY, payer="The parish"
    )
    own, stranger = (signed_in(factories.make_own_actor(one.person)) for one in (resident, other))
    told = text_of(own.get("/en/my/stays/"))
    wanted = (
        "Elm House",
        "Room 1",
        "€50 a day, from 1 January 2023",
        "From 1 January 2024 to 15 January 2024.",
        "€746.50",
    )
    assert [one for one in wanted if one not in told] == []
    # December, the month before, stands there too.
    assert "€1,550" in told
    assert ("The parish" in text_of(stranger.get("/nl/my/stays/")), "Kamer" in told) == (False, False)
    assert stranger.get(f"/nl/my/for/{resident.person.number}/stays/").status_code == 404
    # Who never lived in a home has no such tab.
    nowhere = signed_in(factories.make_own_actor(factories.make_person()))
    tabs = [one.get("/en/my/").content.decode().count("/en/my/stays/") for one in (own, nowhere)]
    assert tabs == [1, 0]
    assert signed_in(admission).get("/nl/my/stays/").status_code == 404
