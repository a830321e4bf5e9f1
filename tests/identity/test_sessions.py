"""Sessions end by themselves, one by one, and everywhere at once."""

import re

from allauth.usersessions.models import UserSession
from django.test import Client

from tests import factories
from tests.identity.conftest import PASSWORD, grow_older, is_in
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people import accounts, codes
from veerkracht.register.people.actors import Actor

COMMAND = Actor.for_command("test")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def test_a_session_ends_after_half_an_hour_of_nothing(anna, client, sign_in):
    sign_in(client, "anna")
    grow_older(client, seen=29)
    assert client.get("/en/account/").status_code == 200
    # What was seen just now counts again from now.
    grow_older(client, seen=29)
    assert client.get("/en/account/").status_code == 200
    grow_older(client, seen=31)
    answer = client.get("/en/account/", follow=True)
    assert answer.redirect_chain == [("/en/sign-in/?next=/en/account/", 302)]
    assert "You were signed out: that happens by itself after a while." in answer.content.decode()


def test_a_session_ends_after_eight_hours_whatever_is_done_in_it(anna, client, sign_in):
    sign_in(client, "anna")
    grow_older(client, began=8 * 60 - 1)
    assert client.get("/en/account/").status_code == 200
    grow_older(client, began=2)
    client.get("/en/account/")
    assert not is_in(client)


def test_how_long_is_for_the_installation_to_say(anna, client, sign_in, settings):
    settings.SESSION_IDLE_MINUTES = 5
    sign_in(client, "anna")
    grow_older(client, seen=6)
    client.get("/en/account/")
    assert not is_in(client)


def test_being_there_is_not_written_at_every_request(anna, client, sign_in):
    sign_in(client, "anna")
    client.get("/en/account/second-factor/")
    before = client.session["signed-in"]["seen"]
    client.get("/en/account/second-factor/")
    assert client.session["signed-in"]["seen"] == before


def test_ones_own_sessions_say_since_when_and_from_where(anna, sign_in):
    here, there = Client(), Client(REMOTE_ADDR="198.51.100.7", headers={"User-Agent": FIREFOX})
    for browser in (here, there):
        sign_in(browser, "anna")
    html = here.get("/en/account/").content.decode()
    cells = re.findall(r'<td data-label="(Device|Address)">([^<]+)</td>', html)
    assert cells == [
        ("Device", "Firefox · Linux"),
        ("Address", "198.51.100.7"),
        ("Device", "Unknown device"),
        ("Address", "127.0.0.1"),
    ]
    assert html.count("Here and now") == 1


def test_one_session_is_ended_and_the_others_go_on(anna, sign_in):
    here, there = Client(), Client(REMOTE_ADDR="198.51.100.7")
    for browser in (here, there):
        sign_in(browser, "anna")
    ends = re.findall(r'action="(/en/account/sessions/\d+/end/)"', here.get("/en/account/").content.decode())
    assert len(ends) == 1
    here.post(ends[0])
    assert (is_in(here), is_in(there)) == (True, False)


def test_nobody_ends_the_session_of_another(anna, sign_in):
    other = factories.make_user("reader", username="other")
    other.set_password(PASSWORD)
    other.save()
    mine, others = Client(), Client()
    sign_in(mine, "anna")
    sign_in(others, "other")
    theirs = accounts.sessions_of(other)[0].pk
    answers = [mine.post(f"/en/account/sessions/{id}/end/").status_code for id in (theirs, 999_999)]
    assert answers == [404, 404]
    assert is_in(others)


def test_signing_out_everywhere(anna, sign_in):
    browsers = [Client() for _ in range(3)]
    for browser in browsers:
        sign_in(browser, "anna")
    assert browsers[0].post("/en/account/sessions/end/")["Location"] == "/en/sign-in/"
    assert [is_in(browser) for browser in browsers] == [False, False, False]
    assert LogEntry.objects.filter(verb="sign-out").count() == 1


def test_another_password_ends_the_other_sessions(anna, sign_in):
    here, there = Client(), Client()
    for browser in (here, there):
        sign_in(browser, "anna")
    new = "nog een lange zin erbij"
    words = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    # Before there is a second factor only that can be set.
    assert here.post("/en/account/password/", words)["Location"] == "/en/account/second-factor/"
    for browser in (here, there):
        session = browser.session
        session["signed-in"] = {**session["signed-in"], "is_strong": True}
        session.save()
    assert here.post("/en/account/password/", words)["Location"] == "/en/account/"
    assert here.get("/en/account/").status_code == 200
    assert there.get("/en/account/")["Location"] == "/en/sign-in/?next=/en/account/"
    assert sign_in(Client(), "anna").status_code == 422
    assert sign_in(Client(), "anna", new).status_code == 302


def test_a_closed_account_is_out_at_the_next_click(anna, client, sign_in):
    sign_in(client, "anna")
    accounts.close(anna, by=COMMAND)
    assert client.get("/en/account/")["Location"] == "/en/sign-in/?next=/en/account/"


def test_who_came_by_a_code_sees_their_sessions_and_ends_them(db, client):
    person = factories.make_person()
    code = codes.issue(person, by=COMMAND)
    for browser in (client, Client()):
        browser.post("/en/sign-in/code/", {"code": code})
    assert client.get("/en/account/").content.decode().count('data-label="Address"') == 2
    client.post("/en/account/sessions/end/")
    assert client.get("/en/my/")["Location"] == "/en/sign-in/?next=/en/my/"


def test_cookies_are_not_for_script_nor_for_other_sites(anna, client, sign_in):
    sign_in(client, "anna")
    for name in ("sessionid", "device"):
        cookie = client.cookies[name]
        assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Lax")


def test_a_session_of_which_nothing_is_known_is_none(anna, client):
    client.force_login(anna)
    session = client.session
    del session["signed-in"]
    session.save()
    assert client.get("/en/account/")["Location"] == "/en/sign-in/?next=/en/account/"


def test_programs_are_told_in_their_own_way_that_a_second_factor_is_missing(anna, client, sign_in):
    sign_in(client, "anna")
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_nothing_is_left_of_a_session_that_ended(anna, sign_in):
    gone, here = Client(), Client()
    for browser in (gone, here):
        sign_in(browser, "anna")
    gone.post("/en/sign-out/")
    assert accounts.forget_ended_sessions() == 1
    assert [one.session_key for one in UserSession.objects.all()] == [here.session.session_key]
