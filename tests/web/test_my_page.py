"""My request: one's own and nobody else's; why, when, what one can do, who looked."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from veerkracht.register.care.models import Request


@pytest.fixture
def own(ann):
    """Ann waits behind somebody whose name and number must not show on her page."""
    factories.make_request(
        factories.make_person(given="Zed", family="Geheimzinnig"), group=2, asked=date(2021, 2, 3)
    )
    return factories.make_request(ann, group=2, asked=date(2021, 4, 1))


@pytest.mark.parametrize("role", ["officer", "signer", "assessor", "reader", "analyst"])
def test_staff_have_no_such_page(as_role, own, role):
    assert as_role(role).get("/en/my/").status_code == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["Dag Ann Voorbeeld", "Waarom sta ik hier?"]),
        ("en", ["Hello Ann Voorbeeld", "Why do I stand here?"]),
    ],
)
def test_a_person_reads_why_they_stand_there(as_role, own, language, said):
    html = as_role("person").get(f"/{language}/my/").content.decode()
    assert [words for words in said if words not in html] == []
    assert [name for name in re.findall(r"V-\d{7}", html) if name != own.number] == []
    assert "Geheimzinnig" not in html


def test_who_looked_is_shown(as_role, own):
    as_role("officer").get(f"/en/file/{own.number}/")
    html = as_role("person").get("/en/my/looks/").content.decode()
    assert ("Test Officer" in html, "looked at your file" in html) == (True, True)


def test_without_a_request_the_page_says_so(as_role, staff):
    assert "You have no open request." in as_role("person").get("/en/my/").content.decode()


def stop(client, request, **words):
    return client.post(f"/en/my/{request.number}/stop/", {"version": request.version, **words}, follow=True)


def test_withdrawing_needs_a_tick(as_role, own):
    response = stop(as_role("person"), own)
    assert "Tick the box first" in response.content.decode()
    assert Request.objects.get(pk=own.pk).state == "waiting"


def test_a_person_withdraws_their_own_request(as_role, own):
    response = stop(as_role("person"), own, sure="yes")
    assert "That is done." in response.content.decode()
    assert Request.objects.get(pk=own.pk).state == "withdrawn"


def test_nobody_withdraws_the_request_of_somebody_else(as_role, own):
    other = Request.objects.exclude(pk=own.pk).get()
    assert stop(as_role("person"), other, sure="yes").status_code == 404
    assert Request.objects.get(pk=other.pk).state == "waiting"


def test_withdrawing_what_changed_meanwhile_is_told(as_role, own):
    response = as_role("person").post(f"/en/my/{own.number}/stop/", {"version": 0, "sure": "yes"})
    assert (response.status_code, "Somebody else changed this" in response.content.decode()) == (409, True)
    assert Request.objects.get(pk=own.pk).state == "waiting"


def test_three_requests_cost_as_many_queries_as_two(as_role, ann):
    client = as_role("person")
    stop(client, factories.make_request(ann), sure="yes")
    factories.make_request(ann, asked=date(2022, 4, 1))
    two = queries(client)
    factories.make_request(ann, kind="increase", asked=date(2023, 4, 1))
    assert queries(client) == two


def queries(client) -> int:
    """How many queries the page takes, once what is kept in memory is there."""
    client.get("/en/my/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/en/my/")
    return len(seen)
