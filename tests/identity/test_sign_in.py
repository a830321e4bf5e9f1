"""Signing in with an account or a code: nobody learns who has one, guesses are counted, no one is locked out."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client

from tests import factories
from tests.identity.conftest import PASSWORD, is_in, said
from veerkracht.register import clock
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people import accounts, codes
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, User

COMMAND = Actor.for_command("test")


class Counting(MD5PasswordHasher):
    """Counts how often a hash is computed, which is what a sign-in spends its time on."""

    computed = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.computed += 1
        return super().encode(password, salt)


@pytest.fixture
def closed(db) -> User:
    user = factories.make_user("officer", username="closed")
    user.set_password(PASSWORD)
    user.save()
    accounts.close(user, by=COMMAND)
    return user


@pytest.fixture
def only_provider(db) -> User:
    """An account without a password."""
    user = accounts.make("peter", by=COMMAND, name="Peter Provider")
    return user


def from_address(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def test_unknown_wrong_closed_and_without_password_look_the_same(anna, closed, only_provider, sign_in):
    tries = {"nobody": PASSWORD, "anna": "wrong", "closed": PASSWORD, "peter": PASSWORD}
    answers = {name: sign_in(Client(), name, password) for name, password in tries.items()}
    assert {one.status_code for one in answers.values()} == {422}
    assert len({said(one, name) for name, one in answers.items()}) == 1
    assert "This user name and password do not go together." in said(answers["nobody"])


def test_each_costs_one_hash(anna, closed, only_provider, sign_in, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    for user in (anna, closed):
        user.set_password(PASSWORD)
        user.save()
    spent = []
    for name in ("nobody", "anna", "closed", "peter"):
        Counting.computed = 0
        sign_in(Client(), name, "wrong")
        spent.append(Counting.computed)
    assert spent == [1, 1, 1, 1]


def test_a_code_costs_one_hash_whether_its_person_exists_or_not(db, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    code = codes.issue(factories.make_person(), by=COMMAND)
    spent = []
    for typed in (f"9999999{code[7:]}", f"{code[:-4]}AAAA"):
        Counting.computed = 0
        answer = Client().post("/en/sign-in/code/", {"code": typed})
        spent.append((answer.status_code, Counting.computed))
    assert spent == [(422, 1), (422, 1)]


def test_a_refused_sign_in_is_written_down_without_what_was_typed(anna, client, sign_in):
    sign_in(client, "anna", "a-secret-typed-wrong")
    sign_in(client, "my-password-typed-here", "x")
    entries = LogEntry.objects.filter(verb="refused").order_by("id")
    assert [(one.object_type, one.object_id) for one in entries] == [("user", str(anna.pk)), ("user", "")]
    kept = str(list(LogEntry.objects.values()))
    assert [word for word in ("a-secret-typed-wrong", "my-password-typed-here") if word in kept] == []


def test_five_wrong_guesses_from_one_address_and_then_not_even_the_right_one(anna, client, sign_in):
    assert {sign_in(client, "anna", "wrong").status_code for _ in range(5)} == {422}
    answer = sign_in(client, "anna")
    assert (answer.status_code, is_in(client)) == (429, False)
    assert "Too many attempts. Wait a few minutes and try again." in answer.content.decode()


def test_an_unknown_account_is_limited_just_so(anna, sign_in):
    answers = []
    for name in ("anna", "nobody"):
        browser = Client()
        for _ in range(5):
            sign_in(browser, name, "wrong")
        answers.append(sign_in(browser, name))
    assert [one.status_code for one in answers] == [429, 429]
    assert said(answers[0], "anna") == said(answers[1], "nobody")


def test_guesses_from_elsewhere_lock_nobody_out(anna, sign_in, settings):
    settings.SECOND_FACTOR = "optional"
    for _ in range(8):
        sign_in(from_address("203.0.113.9"), "anna", "wrong")
    mine = from_address("198.51.100.7")
    sign_in(mine, "anna")
    assert is_in(mine)


def test_guesses_from_everywhere_keep_out_strangers_but_not_a_device_that_is_known(anna, sign_in):
    known = from_address("198.51.100.7")
    sign_in(known, "anna")
    known.post("/en/sign-out/")
    for number in range(31):
        sign_in(from_address(f"203.0.113.{number}"), "anna", "wrong")
    assert sign_in(from_address("192.0.2.1"), "anna").status_code == 429
    assert sign_in(known, "anna").status_code == 302
    assert is_in(known)


def test_a_known_device_of_one_account_is_no_known_device_of_another(anna, closed, sign_in):
    accounts.reopen(closed, by=COMMAND)
    known = from_address("198.51.100.7")
    sign_in(known, "closed")
    known.post("/en/sign-out/")
    for number in range(31):
        sign_in(from_address(f"203.0.113.{number}"), "anna", "wrong")
    assert sign_in(known, "anna").status_code == 429


def test_a_made_up_device_counts_as_none(anna, sign_in):
    browser = Client()
    browser.cookies["device"] = "WyJ4IiwgWyJ5Il1d:1tGJx9:made-up"
    for _ in range(5):
        sign_in(browser, "anna", "wrong")
    assert sign_in(browser, "anna").status_code == 429


def test_one_address_can_not_try_many_accounts(anna, sign_in):
    browser = Client()
    statuses = [sign_in(browser, f"name{number}", "wrong").status_code for number in range(51)]
    assert statuses == [422] * 50 + [429]
    assert sign_in(browser, "anna").status_code == 429


def test_codes_stand_under_the_same_limits(db, client):
    code = codes.issue(factories.make_person(), by=COMMAND)
    statuses = [
        client.post("/en/sign-in/code/", {"code": typed}).status_code
        for typed in [f"{code[:-4]}AAAA"] * 5 + [code]
    ]
    assert statuses == [422] * 5 + [429]
    assert from_address("192.0.2.1").post("/en/sign-in/code/", {"code": code})["Location"] == "/en/my/"


def test_counts_lie_where_every_process_sees_them(anna, client, sign_in, settings):
    sign_in(client, "anna", "wrong")
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert cache.get("made-up-key") is None


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "javascript:alert(1)",
        "http:///x",
    ],
)
def test_no_way_in_leads_to_another_site(anna, sign_in, settings, address):
    settings.SECOND_FACTOR = "optional"
    code = codes.issue(factories.make_person(), by=COMMAND)
    assert sign_in(Client(), "anna", next=address)["Location"] == "/en/"
    assert Client().post("/en/sign-in/code/", {"code": code, "next": address})["Location"] == "/en/my/"


def test_the_session_is_another_one_after_signing_in(anna, client, sign_in):
    client.post("/i18n/setlang/", {"language": "en"})
    session = client.session
    session["before"] = "somebody else's"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, "anna")
    assert (is_in(client), client.session.session_key == before) == (True, False)


def test_who_has_no_role_is_told_so_and_stays_out(anna, client, sign_in):
    Membership.objects.all().delete()
    assert sign_in(client, "anna")["Location"] == "/en/sign-in/no-access/"
    assert not is_in(client)


def test_a_code_opens_only_ones_own_requests_also_for_who_works_here(anna, client):
    anna.person = factories.make_person()
    anna.save()
    code = codes.issue(anna.person, by=COMMAND)
    assert client.post("/en/sign-in/code/", {"code": code})["Location"] == "/en/my/"
    assert client.get("/en/my/").status_code == 200
    client.post("/en/capacity/", {"capacity": str(anna.memberships.get().pk)})
    assert client.get("/en/account/app/")["Location"] == "/en/sign-in/?next=/en/account/app/"
    assert not is_in(client)


def test_a_demo_lets_in_with_one_click_and_asks_for_no_second_factor(anna, client):
    clock.stand_still_on(factories.date(2024, 1, 15))
    assert client.post("/en/sign-in/demo/", {"role": "officer"})["Location"] == "/en/"
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize("by_click", [True, False])
def test_the_account_that_visitors_of_a_demo_share_is_nobodys_to_change(anna, sign_in, by_click):
    clock.stand_still_on(factories.date(2024, 1, 15))
    first, second = from_address("192.0.2.1"), from_address("192.0.2.2")
    for browser in (first, second):
        if by_click:
            browser.post("/en/sign-in/demo/", {"role": "officer"})
        else:
            sign_in(browser, "anna")
    html = second.get("/en/account/").content.decode()
    assert ("192.0.2.1" in html, "Every visitor of this demo shares this account" in html) == (False, True)
    for path in ("password", "app", "passkeys/new", "recovery-codes/new"):
        assert second.get(f"/en/account/{path}/").status_code == 404
    assert second.post("/en/account/sessions/end/").status_code == 404
    assert is_in(first)


@pytest.mark.parametrize(
    "path",
    ["signup/", "login/", "password/reset/", "email/", "social/signup/", "inactive/", "account/signup/"],
)
@pytest.mark.parametrize("root", ["/en/", "/en/accounts/", "/accounts/", "/en/sign-in/"])
def test_no_page_of_the_library_exists(db, client, root, path):
    assert client.get(f"{root}{path}").status_code == 404
