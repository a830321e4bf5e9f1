"""Rounds as pages: see what an amount does, prepare, review, sign by another, follow up; and bad input."""

import re
from datetime import date

import pytest

from tests import factories
from tests.pages import text_of
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request, Round
from veerkracht.register.money.queries import balances
from veerkracht.register.people.actors import Actor

# What category 12 asks in 2024: 54.17 points of 1,004.74 euro.
COST = "54,426.77"


@pytest.fixture
def queue(staff) -> list[Request]:
    """Three in group 1, in order, and money for rounds; the first by a name that must not leak."""
    factories.make_credit(500_000)
    secret = factories.make_person(given="Zed", family="Geheimzinnig")
    first = factories.make_request(secret, asked=date(2020, 5, 1))
    return [first, *factories.make_queue(2)]


def dry(client, money: object = 120_000, on: str = "2024-01-15", language: str = "en", **more):
    return client.get(f"/{language}/rounds/new/", {"on": on, "money": money, "basis": "programme", **more})


def prepare(client, money: object = 120_000, on: str = "2024-01-15", **more):
    return client.post("/en/rounds/new/", {"on": on, "money": money, "basis": "programme", **more})


def act(client, made: Round, verb: str, version: int | None = None):
    data = {"verb": verb, "version": version or made.version}
    return client.post(f"/en/rounds/{made.pk}/", data)


@pytest.mark.parametrize(
    ("language", "first_not"),
    [("en", "First who gets nothing"), ("nl", "Eerste die niets krijgt")],
)
def test_a_dry_run_shows_who_gets_what_and_the_first_who_does_not(as_role, queue, language, first_not):
    page = dry(as_role("officer"), language=language).content.decode()
    granted = re.findall(rf'<a href="/{language}/file/(V-\d+)/">', page)
    # The first who doesn't stands in the table of groups, before the grants.
    assert granted == [queue[2].number, queue[0].number, queue[1].number]
    assert first_not in page
    assert Round.objects.count() == 0


@pytest.mark.parametrize("money", ["120000", "120.000", "120,000", "€ 120 000", "120000,00", "120.000,00"])
def test_an_amount_is_read_as_people_write_it(as_role, queue, money):
    assert "€120,000" in text_of(dry(as_role("officer"), money=money))


def test_what_is_prepared_is_what_the_dry_run_showed(as_role, queue):
    client = as_role("officer")
    shown = text_of(dry(client))
    response = prepare(client)
    made = Round.objects.get()
    assert (response.status_code, response["location"]) == (302, f"/en/rounds/{made.pk}/")
    page = text_of(client.get(response["location"]))
    for words in ("€108,853.54 a year", "€11,146"):
        assert (words in shown, words in page) == (True, True), words
    assert made.summary["spent_cents"] == 2 * 5_442_677


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"money": ""}, "This field is required."),
        ({"money": "0"}, "A round hands out more than zero euro; asked: 0.00 euro."),
        ({"money": "-5"}, "A round hands out more than zero euro; asked: -5.00 euro."),
        ({"money": "1.0001"}, "This is no amount in euro: 1.0001. Write it as 20000000 or 20.000.000."),
        ({"money": "twenty"}, "This is no amount in euro: twenty."),
        ({"money": "9" * 14}, "This is more than a thousand billion euro"),
        ({"money": "500000.01"}, "500,000.00 euro is free; asked: 500,000.01 euro."),
        ({"on": "2016-03-31"}, "there can be no round on 31-03-2016."),
        ({"on": "2024-02-30"}, "Enter a valid date."),
        ({"on": "2026-01-15"}, "15-01-2026 is more than a year from now."),
        (
            {"share-group-1": "60", "share-group-2": "50"},
            "The shares together are 110.00%; they must be 100%.",
        ),
        ({"basis": "lottery"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(as_role, queue, asked, words):
    response = prepare(as_role("officer"), **asked)
    assert (response.status_code, words in text_of(response)) == (422, True), text_of(response)
    assert Round.objects.count() == 0


def test_more_than_there_is_may_be_looked_at_but_not_prepared(as_role, queue):
    page = text_of(dry(as_role("officer"), money=900_000))
    assert "it can be looked at, not prepared" in page
    assert "Prepare the round" not in page


def test_another_split_is_set_beside_it(as_role, queue):
    factories.make_queue(2, group=2, asked=date(2021, 1, 1))
    shares = {"share-group-1": "0", "share-group-2": "100"}
    page = text_of(dry(as_role("officer"), **shares))
    assert "With your other shares" in page
    assert "instead of" in page


def test_prepared_reviewed_and_signed_by_another(as_role, queue):
    prepare(as_role("officer"))
    made = Round.objects.get()
    assert act(as_role("officer"), made, "review").status_code == 302
    made.refresh_from_db()
    as_maker = as_role("officer").get(f"/en/rounds/{made.pk}/")
    assert "You prepared this round, so somebody else has to sign it." in text_of(as_maker)
    assert 'value="sign"' not in as_maker.content.decode()
    before = balances("personal-budget")["free"]
    assert act(as_role("signer"), made, "sign").status_code == 302
    made.refresh_from_db()
    assert (made.state, before - balances("personal-budget")["free"]) == ("signed", 2 * 5_442_677)
    assert [Request.objects.get(pk=one.pk).state for one in queue] == ["granted", "granted", "waiting"]


def test_its_maker_can_not_sign_by_hand_either(as_role, queue):
    """A signer may prepare; then another signer signs."""
    client = as_role("signer")
    prepare(client)
    made = Round.objects.get()
    act(client, made, "review")
    made.refresh_from_db()
    response = act(client, made, "sign")
    made.refresh_from_db()
    assert (response.status_code, made.state) == (422, "reviewed")


@pytest.mark.parametrize("role", ["officer", "assessor", "reader", "analyst", "person"])
def test_only_a_signer_signs(as_role, queue, role):
    made = factories.make_round(120_000, state="reviewed")
    response = act(as_role(role), made, "sign")
    made.refresh_from_db()
    assert (response.status_code, made.state) == (404, "reviewed")


def test_a_list_that_changed_says_what_changed_and_is_prepared_again(as_role, queue):
    made = factories.make_round(120_000, state="reviewed")
    actions.withdraw(queue[0], by=Actor.for_command("tests"), on=date(2024, 1, 15))
    assert "It can't be signed any more" in text_of(as_role("signer").get(f"/en/rounds/{made.pk}/"))
    response = act(as_role("signer"), made, "sign")
    said = text_of(response)
    assert (response.status_code, queue[0].number in said) == (409, True), said
    made.refresh_from_db()
    assert made.state == "reviewed"
    assert act(as_role("officer"), made, "cancel").status_code == 302
    again = re.search(
        r'href="(/en/rounds/new/\?[^"]+)"', as_role("officer").get(f"/en/rounds/{made.pk}/").content.decode()
    )
    page = as_role("officer").get(again[1].replace("&amp;", "&"))
    assert queue[2].number in page.content.decode()


def test_a_second_round_waits_for_the_first(as_role, queue):
    prepare(as_role("officer"))
    response = prepare(as_role("officer"))
    assert (response.status_code, Round.objects.count()) == (409, 1)
    assert "is still open: sign or cancel it first" in text_of(response)


def test_two_who_review_at_once(as_role, queue):
    made = factories.make_round(120_000)
    assert act(as_role("officer"), made, "review").status_code == 302
    assert act(as_role("signer"), made, "review", version=made.version).status_code == 409


def test_who_declines_makes_room_for_the_next(as_role, queue):
    made = factories.make_round(120_000, state="signed")
    queue[0].refresh_from_db()
    actions.decline_grant(queue[0], by=factories.make_actor("officer"), on=date(2024, 1, 15))
    follow_up = Round.objects.get(follows=made)
    page = as_role("officer").get(f"/en/rounds/{made.pk}/").content.decode()
    assert f'href="/en/rounds/{follow_up.pk}/"' in page
    assert queue[2].number in as_role("officer").get(f"/en/rounds/{follow_up.pk}/").content.decode()


@pytest.mark.parametrize("path", ["rounds/", "rounds/{id}/", "rounds/new/", "rounds/{id}/?pot=group-1"])
@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("officer", {"rounds/", "rounds/{id}/", "rounds/new/", "rounds/{id}/?pot=group-1"}),
        ("signer", {"rounds/", "rounds/{id}/", "rounds/new/", "rounds/{id}/?pot=group-1"}),
        ("reader", {"rounds/", "rounds/{id}/", "rounds/{id}/?pot=group-1"}),
        ("assessor", set()),
        ("analyst", {"rounds/new/"}),
        ("person", set()),
    ],
)
def test_who_may_see_what(as_role, queue, role, sees, path):
    made = factories.make_round(120_000)
    response = as_role(role).get(f"/en/{path.format(id=made.pk)}")
    assert response.status_code == (200 if path in sees else 404)
    if path not in sees:
        assert as_role(role).get(f"/en/{path.format(id=999999)}").status_code == 404


def test_an_analyst_sees_sums_and_nobody_and_nobodys_amount(as_role, queue):
    page = dry(as_role("analyst")).content.decode()
    secrets = (queue[0].number, "Geheimzinnig", queue[2].number, COST.split(".")[0], "108,854")
    assert [one for one in secrets if one in page] == []
    assert [one for one in secrets if one in dry(as_role("officer")).content.decode()] != []


def test_many_grants_are_shown_page_by_page(as_role, staff):
    factories.make_credit(20_000_000)
    factories.make_many(120)
    made = factories.make_round(10_000_000, state="signed")
    client, seen, path = as_role("officer"), [], f"/en/rounds/{made.pk}/?pot=group-1"
    while path:
        page = client.get(path).content.decode()
        seen += re.findall(r"/en/file/(V-\d+)/", page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = f"/en/rounds/{made.pk}/{found[1].replace('&amp;', '&')}" if found else ""
    assert (len(seen), len(set(seen))) == (120, 120)


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("rounds/", 8), ("rounds/{id}/", 10), ("rounds/new/", 6)])
def test_as_many_queries_for_three_as_for_one(as_role, staff, django_assert_num_queries, size, path, queries):
    factories.make_credit(1_000_000)
    factories.make_queue(size)
    for _ in range(size):
        made = factories.make_round(60_000, state="signed")
    client = as_role("officer")
    address = f"/en/{path.format(id=made.pk)}"
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
