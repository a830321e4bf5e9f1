"""The planner's page: homes by area and on the map, for who plans; no resident comes out."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.residence.conftest import COMMAND, TODAY, make_home, worker
from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people import areas
from veerkracht.register.residence import actions
from veerkracht.register.residence.actions import Said
from veerkracht.register.residence.queries import planner, residents
from veerkracht.register.supply import actions as supply

AHEAD = TODAY + timedelta(days=90)


@pytest.fixture
def street(home, lives):
    """Two homes, one with two residents and a price, the other empty, elsewhere and dearer."""
    lives(0), lives(1)
    codes = areas.table()["code"].to_list()
    other = make_home("Oak House", places=2, area=codes[-1])
    supply.recognise(home, by=COMMAND, places=5, holds_from=TODAY, source="Made up")
    for one, cents in ((home, 5000), (other, 8000)):
        actions.set_price(one, by=COMMAND, said=Said({"roof": cents}, "first"), from_date=TODAY)
    return other


def test_homes_are_counted_by_area_and_together(home, street):
    plan = planner(worker(home, "analyst"), ahead=AHEAD, level="municipality")
    whole = plan.whole
    assert (whole.on_day.open, whole.on_day.occupied, whole.places.free) == (6, 2, 4)
    assert (whole.places.recognised, whole.on_day.recognised, whole.price_cents) == (5, 7, 6000)
    assert whole.places.expected.known == 4
    by_area = {one.places.area: one for one in plan.rows}
    assert (by_area[street.area].on_day.occupied, by_area[street.area].price_cents) == (0, 8000)
    assert plan.municipalities.keys() == by_area.keys()


def test_an_earlier_day_tells_who_lived_there_and_what_it_cost_then(home, street):
    analyst, before_anyone_came = worker(home, "analyst"), date(2023, 11, 30)
    before = planner(analyst, ahead=None, on=before_anyone_came).whole
    assert (before.on_day.occupied, before.places.recognised, before.price_cents) == (0, 0, None)
    yesterday = planner(analyst, ahead=None, on=TODAY - timedelta(days=1)).whole
    assert (yesterday.on_day.occupied, yesterday.places.recognised, yesterday.price_cents) == (2, 0, None)
    assert (before.places.expected, yesterday.places.expected) == (None, None)


def test_a_secret_home_is_counted_for_its_own_organisation_only(home, street):
    type(street).objects.filter(pk=street.pk).update(secret=True)
    seen = [
        planner(actor, ahead=AHEAD).whole.places.services
        for actor in (worker(home, "analyst"), worker(street, "analyst"))
    ]
    assert seen == [1, 2]


def test_who_may_not_see_how_full_homes_are_gets_nothing(home, street):
    for role in ("treasurer", "records"):
        with pytest.raises(Refused):
            planner(worker(home, role), ahead=AHEAD)


def asked(look: Callable[[], object]) -> int:
    """How many queries a look takes, without the one that asks which day it is."""
    with clock.one_look():
        clock.today()
        with CaptureQueriesContext(connection) as queries:
            look()
    return len(queries)


def test_it_asks_as_often_for_more_homes(home, street):
    actor = worker(home, "analyst")
    few = asked(lambda: planner(actor, ahead=AHEAD))
    for number in range(3):
        make_home(f"House {number}")
    assert asked(lambda: planner(actor, ahead=AHEAD)) == few


def test_a_home_sees_its_residents_page_by_page_with_as_many_queries_for_three_as_for_one(
    home, lives, admission
):
    lives(0, person=factories.make_person(given="Zoë", family="Alpha"))
    one = asked(lambda: residents(admission, home))
    for room, name in ((1, "Beta"), (2, "Çelik")):
        lives(room, person=factories.make_person(given="An", family=name))
    assert (len(residents(admission, home).rows), asked(lambda: residents(admission, home))) == (3, one)
    first = residents(admission, home, size=2)
    second = residents(admission, home, size=2, after=first.after)
    told = [[one.name for one in page.rows] for page in (first, second)]
    assert (told, first.how_many, second.after) == ([["Zoë Alpha", "An Beta"], ["An Çelik"]], 3, "")
    found = residents(admission, home, name="an celik")
    assert ([one.name for one in found.rows], found.how_many) == (["An Çelik"], 1)
    assert residents(admission, home, name="Nobody").rows == ()
    with pytest.raises(Invalid):
        residents(admission, home, after="999999")
    with pytest.raises(Refused):
        residents(worker(make_home("Oak House")), home)


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_tells_no_name(home, street, language):
    user = worker(home, "analyst").user
    client = Client()
    client.force_login(user)
    answer = client.get(f"/{language}/places/planner/?show=free&level=province&days=30")
    words = {"en": "Homes: the planner", "nl": "Woonzorgcentra: de planner"}[language]
    text = answer.content.decode()
    assert (answer.status_code, words in text, "Voorbeeld" in text) == (200, True, False)
    heads = {"en": ("Closed", "Held"), "nl": ("Gesloten", "Vastgehouden")}[language]
    assert [f'<th scope="col" class="n">{head}</th>' in text for head in heads] == [True, True]
    stranger = factories.make_user("treasurer")
    client.force_login(stranger)
    assert client.get(f"/{language}/places/planner/").status_code == 404
