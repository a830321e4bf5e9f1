"""A second factor: asked of who works here, set on one's own account, never taken away by oneself altogether."""

import json
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests import factories
from tests.identity import totp
from tests.identity.conftest import grow_older, is_in
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people import accounts
from veerkracht.register.people.actors import Actor

COMMAND = Actor.for_command("test")


def test_who_works_here_sets_a_second_factor_first(anna, client, sign_in):
    assert sign_in(client, "anna")["Location"] == "/en/"
    for path in ("", "list/", "file/V-0000001/"):
        assert client.get(f"/en/{path}")["Location"] == "/en/account/second-factor/"
    assert client.get("/en/account/second-factor/").status_code == 200


def test_a_form_does_not_get_round_it(anna, client, sign_in):
    sign_in(client, "anna")
    assert client.post("/en/rounds/new/", {"money": "1"})["Location"] == "/en/account/second-factor/"


def test_where_it_is_optional_nobody_is_kept_from_work(anna, client, sign_in, settings):
    settings.SECOND_FACTOR = "optional"
    sign_in(client, "anna")
    assert client.get("/en/").status_code == 200


def test_setting_an_app_opens_the_work_and_gives_recovery_codes(anna, app_of, client, sign_in):
    secret, codes = app_of(anna)
    assert (len(secret), len(set(codes))) == (32, 10)
    assert sign_in(client, "anna", next="/en/about/")["Location"] == "/en/sign-in/second/"
    assert not is_in(client)
    answer = client.post("/en/sign-in/second/", {"code": totp.code(secret, 1)})
    assert (answer.status_code, answer["Location"]) == (302, "/en/about/")
    assert client.get("/en/").status_code == 200


def test_neither_secret_nor_codes_lie_readable_in_the_database(anna, app_of):
    secret, codes = app_of(anna)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert [word for word in (secret, *codes) if word in kept] == []


def test_another_key_opens_no_secret_and_fits_no_code(anna, app_of, client, sign_in, settings):
    app_of(anna)
    settings.SECRET_KEY = "another"
    sign_in(client, "anna")
    # What an empty secret would give, which anybody can reckon.
    assert client.post("/en/sign-in/second/", {"code": totp.code("")}).status_code == 422
    assert not is_in(client)


def test_a_code_works_once(anna, app_of, sign_in):
    secret, _ = app_of(anna)
    code = totp.code(secret, 1)
    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, "anna")
        browser.post("/en/sign-in/second/", {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_works_once_and_is_shown_once(anna, app_of, sign_in):
    _, codes = app_of(anna)
    first, second = Client(), Client()
    for browser in (first, second):
        sign_in(browser, "anna")
        browser.post("/en/sign-in/second/", {"code": codes[0]})
    assert (is_in(first), is_in(second)) == (True, False)
    shown = first.get("/en/account/recovery-codes/").content.decode()
    assert [code for code in codes if code in shown] == []


def test_a_wrong_code_signs_nobody_in_and_is_written_down_without_it(anna, app_of, client, sign_in):
    app_of(anna)
    sign_in(client, "anna")
    answer = client.post("/en/sign-in/second/", {"code": "000000"})
    assert (answer.status_code, is_in(client)) == (422, False)
    refused = LogEntry.objects.filter(verb="refused").get()
    assert (refused.object_type, refused.object_id) == ("user", str(anna.pk))
    assert refused.detail == {"way": "second factor", "address": "127.0.0.1"}


def test_codes_are_guessed_five_times_and_no_more(anna, app_of, client, sign_in):
    secret, _ = app_of(anna)
    sign_in(client, "anna")
    for _ in range(5):
        client.post("/en/sign-in/second/", {"code": "000000"})
    assert client.post("/en/sign-in/second/", {"code": totp.code(secret, 1)}).status_code == 422
    assert not is_in(client)


def test_without_the_password_the_second_step_leads_back(anna, app_of, client):
    app_of(anna)
    assert client.get("/en/sign-in/second/")["Location"] == "/en/sign-in/"
    assert client.post("/en/sign-in/second/", {"code": "123456"})["Location"] == "/en/sign-in/"


def test_the_last_second_factor_stays(anna, app_of, client, sign_in):
    secret, _ = app_of(anna)
    sign_in(client, "anna")
    client.post("/en/sign-in/second/", {"code": totp.code(secret, 1)})
    answer = client.post("/en/account/app/remove/")
    assert (answer.status_code, "Add another one before you remove this one" in answer.content.decode()) == (
        422,
        True,
    )
    assert Authenticator.objects.filter(user=anna, type="totp").count() == 1


def test_where_it_is_optional_the_last_one_goes_too(anna, app_of, client, sign_in, settings):
    secret, _ = app_of(anna)
    settings.SECOND_FACTOR = "optional"
    sign_in(client, "anna")
    client.post("/en/sign-in/second/", {"code": totp.code(secret, 1)})
    assert client.post("/en/account/app/remove/")["Location"] == "/en/account/"
    assert Authenticator.objects.filter(user=anna).count() == 0


@pytest.mark.parametrize("path", ["app/remove/", "recovery-codes/new/", "passkeys/new/"])
def test_after_a_while_one_shows_once_more_who_one_is(anna, app_of, client, sign_in, path):
    secret, _ = app_of(anna)
    sign_in(client, "anna")
    client.post("/en/sign-in/second/", {"code": totp.code(secret, 1)})
    grow_older(client, began=6)
    asked = unquote(client.get(f"/en/account/{path}")["Location"])
    assert asked == f"/en/account/confirm/?next=/en/account/{path}"
    assert client.post(asked, {"password": "not it", "next": f"/en/account/{path}"}).status_code == 422
    right = {"password": "een lange zin die ik onthoud", "next": f"/en/account/{path}"}
    assert client.post(asked, right)["Location"] == f"/en/account/{path}"
    assert client.get(f"/en/account/{path}").status_code == 200


def test_who_lost_everything_is_helped_by_the_administrator(anna, app_of, client, sign_in):
    app_of(anna)
    assert accounts.forget_second_factors(anna, by=COMMAND) == 2
    assert sign_in(client, "anna")["Location"] == "/en/"
    assert client.get("/en/")["Location"] == "/en/account/second-factor/"


def test_a_person_who_reads_their_own_request_needs_none(db, client):
    actor = factories.make_own_actor(factories.make_person())
    client.force_login(actor.user)
    assert client.get("/en/my/").status_code == 200


# What a device would never send: missing pieces, pieces of another kind, an unknown user.
BROKEN = [
    "",
    "{}",
    "[1]",
    "nonsense",
    json.dumps({"id": "x", "response": {}}),
    json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": {"userHandle": 5}}),
    json.dumps(
        {
            "id": "eA",
            "rawId": "eA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "eA",
                "authenticatorData": "eA",
                "signature": "eA",
                "userHandle": "MTIz",
            },
        }
    ),
]


@pytest.mark.parametrize("credential", BROKEN)
def test_what_no_device_gives_signs_nobody_in(db, client, credential):
    answer = client.post("/en/sign-in/passkey/", {"credential": credential})
    assert (answer.status_code, answer["Location"]) == (302, "/en/sign-in/")
    assert not is_in(client)


@pytest.mark.parametrize("credential", BROKEN)
def test_what_no_device_gives_is_no_second_factor(anna, client, app_of, sign_in, credential):
    sign_in(client, "anna")
    assert client.post("/en/account/passkeys/new/", {"credential": credential}).status_code == 422
    assert Authenticator.objects.count() == 0
    app_of(anna)
    client.post("/en/sign-out/")
    sign_in(client, "anna")
    assert client.post("/en/sign-in/second/", {"credential": credential}).status_code == 422
    assert not is_in(client)


def test_who_is_asked_too_often_who_they_are_gets_words_of_ours(anna, app_of, client, sign_in):
    secret, _ = app_of(anna)
    sign_in(client, "anna")
    client.post("/en/sign-in/second/", {"code": totp.code(secret, 1)})
    answers = [client.post("/en/account/confirm/code/", {"code": "000000"}) for _ in range(11)]
    assert [one.status_code for one in answers] == [422] * 10 + [429]
    assert "Wait a few minutes and try again." in answers[-1].content.decode()
