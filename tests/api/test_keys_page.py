"""The page on which keys for programs are made and revoked."""

import re
from datetime import date

import pytest
from django.test import Client

from tests import factories
from veerkracht.register import clock
from veerkracht.register.people.models import User
from veerkracht.register.tokens.models import Token

PAGE = "/en/account/keys/"


@pytest.fixture
def officer(db, settings) -> User:
    """In a real region: the accounts of a demo world are everybody's, and make no keys."""
    settings.SECOND_FACTOR = "optional"
    return factories.make_user("officer")


@pytest.fixture
def browser_of(officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def test_a_key_is_shown_once_works_and_is_revoked(browser_of):
    form = {"name": "nightly list", "days": 30}
    html = browser_of.post(PAGE, form).content.decode()
    secret = re.search(r"vkr_[\w-]{43}", html).group()
    assert secret not in browser_of.get(PAGE).content.decode()
    program = Client(headers={"Authorization": f"Bearer {secret}"})
    assert program.get("/api/v1/me").json()["role"] == "officer"
    token = Token.objects.get()
    assert (token.name, token.may_write) == ("nightly list", False)
    browser_of.post(f"{PAGE}{token.pk}/revoke/")
    assert program.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    "form",
    [{"name": "", "days": 30}, {"name": "x", "days": 0}, {"name": "x", "days": 366}, {"name": "x" * 81}],
)
def test_a_key_that_can_not_be_is_not_made(browser_of, form):
    assert (browser_of.post(PAGE, form).status_code, Token.objects.count()) == (422, 0)


def test_nobody_makes_more_keys_than_they_can_keep_track_of(browser_of):
    statuses = [browser_of.post(PAGE, {"name": f"key {n}", "days": 1}).status_code for n in range(21)]
    assert (statuses[19], statuses[20], Token.objects.count()) == (200, 422, 20)


def test_anothers_key_can_not_be_revoked_nor_learned_of(browser_of):
    other = Client()
    other.force_login(factories.make_user("officer"))
    other.post(PAGE, {"name": "not yours", "days": 1})
    token = Token.objects.get()
    answers = [browser_of.post(f"{PAGE}{id}/revoke/") for id in (token.pk, 999_999)]
    token.refresh_from_db()
    assert ([one.status_code for one in answers], token.revoked_at) == ([404, 404], None)
    assert "not yours" not in browser_of.get(PAGE).content.decode()


def test_who_only_reads_their_own_file_makes_no_keys(officer):
    client = Client()
    client.force_login(factories.make_own_actor(factories.make_person()).user)
    assert client.get(PAGE).status_code == 404


def test_in_a_demo_world_whose_accounts_are_everybodys_no_keys_are_made(browser_of):
    clock.stand_still_on(date(2024, 1, 15))
    assert (browser_of.post(PAGE, {"name": "x", "days": 1}).status_code, Token.objects.count()) == (404, 0)
