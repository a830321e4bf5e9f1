"""One home in one page for everybody: what it has, costs and chooses by, and no number of a few people."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.offers.factories import TESTS, TODAY, lives, make_home, make_rooms, officer_of
from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.offers.queries.profile import profile
from veerkracht.register.quality import actions as quality
from veerkracht.register.quality.actions import Noted
from veerkracht.register.residence import actions as stays
from veerkracht.register.residence.actions import Said
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Service

SUPERVISED = "heightened-supervision"


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ")


@pytest.mark.once
def test_everybody_reads_a_home_in_one_page_from_the_directory(home):
    make_rooms(home, 2)
    lives(*make_rooms(home))
    supply.recognise(home, by=TESTS, places=9, extra_places=4, holds_from=date(2020, 1, 1), source="Made up")
    said = Said({"living": 5500, "care": 700}, "first")
    stays.set_price(home, by=TESTS, said=said, from_date=date(2023, 7, 1))
    told = {SUPERVISED: "Inspection report 12", "complaint": "Letter of somebody"}
    for kind, source in told.items():
        quality.note_signal(home, by=TESTS, noted=Noted(kind, date(2023, 11, 6), source))
    client = Client()
    assert (
        f"/en/open/directory/{home.pk}/home/" in client.get(f"/en/open/directory/{home.pk}/").content.decode()
    )
    page = text_of(client.get(f"/en/open/directory/{home.pk}/home/"))
    wanted = (
        "Recognised places 9 of which 4 with extra recognition",
        "Open places 3 in 3 rooms, of which 1 taken",
        "€62",
        "Housing €55, Care €7",
        "Residents with heavy care too few to tell",
        "6 November 2023",
        "Inspection report 12",
        "Who may come",
        "You are 65 or older.",
    )
    assert [one for one in wanted if one not in page] == []
    # What the region does not make public is for who may read it.
    assert ("Letter of somebody" in page, "Staff, money and all" in page) == (False, False)
    client.force_login(officer_of(home).user)
    assert "Staff, money and all" in text_of(client.get(f"/en/open/directory/{home.pk}/home/"))


def test_what_is_no_home_or_is_secret_has_no_such_page(home):
    hidden = make_home()
    Service.objects.filter(pk=hidden.pk).update(secret=True)
    other = supply.add_service(
        home.organisation, by=TESTS, programme="personal-budget", name="X", area=home.area
    )
    for id in (hidden.pk, other.pk, 999_999):
        with pytest.raises(Refused):
            profile(id)
        assert Client().get(f"/nl/open/directory/{id}/home/").status_code == 404


def test_it_asks_as_often_for_three_residents_as_for_one(home):
    def asked() -> int:
        with clock.one_look():
            assert clock.today() == TODAY
            with CaptureQueriesContext(connection) as queries:
                profile(home.pk)
        return len(queries)

    lives(*make_rooms(home))
    one = asked()
    for room in make_rooms(home, 2):
        lives(room)
    assert (profile(home.pk).intensity.residents, asked()) == (3, one)
