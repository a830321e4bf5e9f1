"""Every page opens in a demo world, for who may see it, in both languages."""

import pytest
from django.test import Client

from veerkracht.register.care.models import STATES, Request, Round
from veerkracht.register.people import codes
from veerkracht.register.people.models import User

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

LANGUAGES = ("nl", "en")
PAGES = ("", "through-time/", "ending/", "list/", "list/?on=2021-12-31", "rounds/", "rounds/new/", "about/")


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_an_officer(small_world, language, page):
    assert signed_in("demo-officer").get(f"/{language}/{page}").status_code == 200


@pytest.mark.parametrize("state", STATES)
def test_a_file_opens_in_each_state(small_world, state):
    for request in Request.objects.filter(state=state)[:2]:
        assert signed_in("demo-officer").get(f"/nl/file/{request.number}/").status_code == 200


def test_each_kind_of_step_has_words(small_world):
    kinds = Request.objects.values_list("steps__kind", flat=True).distinct()
    assert len(kinds) > 12
    for kind in kinds:
        number = Request.objects.filter(steps__kind=kind).values_list("number", flat=True).first()
        assert signed_in("demo-officer").get(f"/en/file/{number}/").status_code == 200


def test_past_rounds_open(small_world):
    for number in Round.objects.values_list("pk", flat=True)[:3]:
        assert signed_in("demo-signer").get(f"/nl/rounds/{number}/").status_code == 200


@pytest.mark.parametrize("group", ["group-1", "group-2", "group-3"])
def test_people_see_their_own_request(small_world, group):
    client = Client()
    client.force_login(codes.redeem(small_world.codes[group]))
    assert client.get("/nl/my/").status_code == 200


def test_who_comes_when_all_of_a_group_were_chosen_is_told_so(small_world):
    visitor = Client()
    answers = [visitor.post("/en/sign-in/demo/", {"group": "1"}).status_code for _ in range(12)]
    assert (answers[0], answers[-1], set(answers)) == (200, 302, {200, 302})
    assert "All people in this group of the demo" in visitor.get("/en/sign-in/").content.decode()
    assert visitor.post("/en/sign-in/demo/", {"group": "99"}).status_code == 404


def test_one_click_leads_a_visitor_to_a_home_and_to_the_family_that_it_offers_a_place(small_world):
    home, family = Client(), Client()
    entered = home.post("/en/sign-in/demo/", {"role": "admission"})
    assert (entered.status_code, entered["Location"]) == (302, "/en/places/homes/")
    assert home.get(entered["Location"]).status_code == 200
    shown = family.post("/en/sign-in/demo/", {"home": "1"})
    own = family.post("/en/sign-in/code/", {"code": shown.context["code"]})
    assert (own.status_code, own["Location"]) == (302, "/en/my/")
    assert [family.get(f"/en/my/{page}").status_code for page in ("", "homes/")] == [200, 200]
    assert "Read it and answer" in family.get("/en/my/").content.decode()
    assert [mine.offer.runs for mine, _forms in family.get("/en/my/offers/").context["running"]] == [True]
