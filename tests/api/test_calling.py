"""Who may call, and what is said when something is wrong."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import factories
from veerkracht.register import clock
from veerkracht.register.people.actors import actor_for
from veerkracht.register.tokens import actions as tokens

ME = "/api/v1/me"


def test_a_token_acts_as_its_maker_in_one_capacity(bearer):
    user = factories.make_user("officer", name="Ann Voorbeeld")
    told = bearer("officer", user=user).get(ME).json()
    assert told == {
        "name": "Ann Voorbeeld",
        "role": "officer",
        "organisation": "The agency",
        "programme": "",
        "area_kind": "",
        "area_code": "",
        "until": None,
    }


def test_a_session_will_do_too(browser):
    assert browser(factories.make_user("reader")).get(ME).json()["role"] == "reader"


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer vkr_nothing"}, {"Authorization": "Basic x"}]
)
def test_who_is_nobody_is_told_so_as_a_problem(day, header):
    answer = Client(headers={"Accept-Language": "en", **header}).get(ME)
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"], answer.json()) == (
        401,
        "application/problem+json",
        "Bearer",
        {"type": "about:blank", "title": "Sign in, or send a token that still holds.", "status": 401},
    )


@pytest.mark.parametrize("ended", ["expired", "revoked", "role", "account"])
def test_a_token_stops_at_once(day, ended):
    user = factories.make_user("officer")
    actor = actor_for(user, "officer")
    token, secret = tokens.make(actor, name="test", days=1)
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    assert client.get(ME).status_code == 200
    if ended == "expired":
        type(token).objects.update(expires_at=token.made_at + timedelta(microseconds=1))
    elif ended == "revoked":
        tokens.revoke(actor, token.pk)
    elif ended == "role":
        user.memberships.update(until_date=day - timedelta(days=1))
    else:
        type(user).objects.update(is_active=False)
    assert client.get(ME).status_code == 401


def test_a_token_that_only_reads_changes_nothing(bearer):
    made = factories.make_credit() and factories.make_queue(1) and factories.make_round()
    answer = bearer("officer", may_write=False).post(
        f"/api/v1/rounds/{made.pk}/review", {"version": made.version}, content_type="application/json"
    )
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (404, "prepared")


def test_a_signature_is_a_persons_and_not_a_programs(bearer, browser):
    factories.make_credit()
    factories.make_queue(1)
    made = factories.make_round(state="reviewed")
    user = factories.make_user("signer")
    address, body = f"/api/v1/rounds/{made.pk}/sign", {"version": made.version}
    by_token = bearer("signer", user=user).post(address, body, content_type="application/json")
    assert by_token.status_code == 401
    client = browser(user)
    without = client.post(address, body, content_type="application/json")
    assert (without.status_code, without["Content-Type"]) == (403, "application/problem+json")
    made.refresh_from_db()
    assert made.state == "reviewed"
    client.get("/en/about/")
    proof = {"X-CSRFToken": client.cookies["csrftoken"].value}
    signed = client.post(address, body, content_type="application/json", headers=proof)
    assert (signed.status_code, signed.json()["state"]) == (200, "signed")


def test_what_does_not_exist_and_what_may_not_be_seen_are_answered_the_same(bearer):
    request = factories.make_request()
    outsider = bearer("analyst")
    answers = [
        outsider.get(f"/api/v1/requests/{number}", headers={"Accept-Language": "en"})
        for number in (request.number, "V-9999999", "V-1")
    ]
    told = "This does not exist, or you may not see or do it."
    assert {(one.status_code, one.json()["title"], one.content) for one in answers} == {
        (404, told, answers[0].content)
    }
    assert bearer("officer").get(f"/api/v1/requests/{request.number}").status_code == 200


def test_an_address_that_is_none_is_a_problem_and_not_a_page(day):
    answer = Client().get("/api/v1/nothing/here")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("nonsense=1", "nonsense", "There is no such field."),
        ("size=101", "size", "At most 100."),
        ("size=x", "size", "Expected a whole number."),
        ("on=31-12-2023", "on", "Expected a date, such as 2024-01-15."),
        (f"search={'x' * 101}", "search", "At most 100 characters."),
        ("cursor=x", "cursor", "There is no such page of the list. Start again at the first."),
    ],
)
def test_what_is_asked_wrongly_is_named_by_its_field(bearer, query, field, said):
    answer = bearer().get(f"/api/v1/requests?{query}", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["errors"]) == (422, [{"field": field, "detail": said}])


def test_a_field_that_nobody_named_is_refused(bearer):
    body = {"version": 1, "state": "signed"}
    answer = bearer().post(
        "/api/v1/rounds/1/review", body, content_type="application/json", headers={"Accept-Language": "nl"}
    )
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"field": "state", "detail": "Dit veld bestaat niet."}],
    )


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"version=1", "application/x-www-form-urlencoded", 415),
        (b"{", "application/json", 400),
        (b'{"version": 1, "x": "' + b"x" * 2_100_000 + b'"}', "application/json", 413),
    ],
)
def test_what_is_no_json_or_too_much_of_it_is_not_read(bearer, body, kind, status):
    answer = bearer().post("/api/v1/rounds/1/review", body, content_type=kind)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_who_changed_something_in_between_is_said(bearer):
    factories.make_credit()
    factories.make_queue(1)
    made = factories.make_round()
    client = bearer("officer")
    address, body = f"/api/v1/rounds/{made.pk}/review", {"version": made.version}
    first, second = (client.post(address, body, content_type="application/json") for _ in range(2))
    assert (first.status_code, second.status_code, second.json()["status"]) == (200, 409, 409)


def test_too_many_calls_are_put_off(bearer, settings, monkeypatch):
    from veerkracht.api.limits import PerCapacity

    monkeypatch.setattr(PerCapacity, "parse_rate", lambda self, rate: (2, 60))
    throttle = PerCapacity()
    from veerkracht.api import app

    operations = [
        operation
        for router in app.api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    for operation in operations:
        monkeypatch.setattr(operation, "throttle_objects", [throttle])
    client = bearer()
    statuses = [client.get(ME).status_code for _ in range(3)]
    last = client.get(ME)
    assert (statuses, last.status_code, int(last["Retry-After"]) > 0) == ([200, 200, 429], 429, True)


def test_a_reader_is_answered_in_their_own_language(bearer):
    dutch = bearer("reader", language="nl").get("/api/v1/requests/V-1")
    english = bearer("reader", language="en").get("/api/v1/requests/V-1")
    assert [dutch.json()["title"], english.json()["title"]] == [
        "Dit bestaat niet, of u mag het niet zien of doen.",
        "This does not exist, or you may not see or do it.",
    ]


def test_only_its_hash_is_kept_and_only_its_maker_sees_it(day):
    actor = factories.make_actor("officer")
    token, secret = tokens.make(actor, name="test", days=1)
    assert secret not in {str(value) for value in vars(token).values()}
    assert [one.pk for one in tokens.own_tokens(actor)] == [token.pk]
    assert tokens.own_tokens(factories.make_actor("officer")) == []
    assert clock.now() < token.expires_at
