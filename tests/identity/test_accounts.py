"""Accounts from the command line: made, opened by a link that works once, closed."""

import pytest
from click.testing import CliRunner
from django.test import Client

from tests.identity.conftest import PASSWORD, is_in
from veerkracht.cli.account import command
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.models import Membership, User


@pytest.fixture
def run(db):
    """`veerkracht account …`; gives exit code, stdout, and the fault or stderr."""

    def called(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(command, words)
        fault = str(result.exception) if result.exit_code == 1 else result.stderr
        return result.exit_code, result.stdout.strip(), fault.strip()

    return called


@pytest.fixture
def link(run):
    """The link that opens a new account, as a path."""
    _, out, _ = run(
        "make", "anna", "--name", "Anna Peeters", "--email", "anna@example.org", "--language", "en"
    )
    return out.removeprefix("http://127.0.0.1:8000")


def use(link: str, password: str = PASSWORD, again: str = "") -> int:
    browser = Client()
    form = browser.get(link)
    if form.status_code != 302:
        return form.status_code
    words = {"new_password1": password, "new_password2": again or password}
    return browser.post(form["Location"], words).status_code


def test_a_new_account_has_no_role_and_no_password_until_its_link_is_used(link, sign_in):
    user = User.objects.get(username="anna")
    assert (user.full_name, user.has_usable_password(), Membership.objects.count()) == (
        "Anna Peeters",
        False,
        0,
    )
    assert use(link) == 302
    assert sign_in(Client(), "anna")["Location"] == "/en/sign-in/no-access/"


def test_a_link_works_once(link):
    assert [use(link), use(link)] == [302, 404]


def test_a_later_link_does_not_bring_back_a_used_one(run, link):
    use(link)
    _, out, _ = run("link", "anna")
    assert [use(link), use(out.removeprefix("http://127.0.0.1:8000"))] == [404, 302]


def test_an_old_link_and_a_made_up_one_look_the_same(link, settings):
    made_up = Client().get("/en/sign-in/link/MTIz/abc-def/")
    settings.PASSWORD_RESET_TIMEOUT = -1
    old = Client().get(link)
    assert (old.status_code, made_up.status_code) == (404, 404)
    assert b"This link does not work" in old.content
    assert b"This link does not work" in made_up.content


def test_the_link_of_an_account_that_was_closed_opens_nothing(run, link):
    run("close", "anna")
    assert use(link) == 404


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("kort", "This password is too short. It must contain at least 12 characters."),
        ("qwerty123456", "This password is too common."),
        ("123456789012345", "This password is entirely numeric."),
        ("anna@example.org", "The password is too similar to the email address."),
    ],
)
def test_a_weak_password_is_refused_with_why(link, password, fault):
    browser = Client()
    address = browser.get(link)["Location"]
    answer = browser.post(address, {"new_password1": password, "new_password2": password})
    assert (answer.status_code, fault in answer.content.decode()) == (422, True)
    assert not User.objects.get(username="anna").has_usable_password()


def test_twice_not_the_same_is_refused(link):
    assert use(link, PASSWORD, PASSWORD + "!") == 422


def test_a_link_takes_no_second_factor_away(run, link, app_of, sign_in, anna_works):
    use(link)
    app_of(User.objects.get(username="anna"))
    _, out, _ = run("link", "anna")
    assert use(out.removeprefix("http://127.0.0.1:8000"), "een andere lange zin") == 302
    browser = Client()
    assert sign_in(browser, "anna", "een andere lange zin")["Location"] == "/en/sign-in/second/"
    assert not is_in(browser)


@pytest.fixture
def anna_works(link):
    from datetime import date

    from veerkracht.register.people.models import Organisation

    agency = Organisation.objects.create(name="The agency", kind="agency")
    user = User.objects.get(username="anna")
    Membership.objects.create(user=user, organisation=agency, role="officer", from_date=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("make", "ANNA", "--name", "Another"), "“ANNA” exists already."),
        (
            ("make", "ben", "--name", "Ben", "--email", "Anna@Example.org"),
            "“Anna@Example.org” belongs to another.",
        ),
        (("make", "ben", "--name", "Ben", "--email", "nowhere"), "“nowhere” is no e-mail address."),
        (("make", "ben ben", "--name", "Ben"), "A user name is made of letters, digits and @ . + - _"),
        (("link", "nobody"), "There is no user “nobody”."),
    ],
)
def test_what_can_not_be_is_refused_and_changes_nothing(run, link, words, fault):
    code, out, said = run(*words)
    assert (code, out, said) == (1, "", fault)
    assert list(User.objects.values_list("username", flat=True)) == ["anna"]


def test_the_list_says_who_and_how(run, link):
    use(link)
    run("close", "anna")
    code, out, _ = run("list")
    assert code == 0
    assert out.splitlines()[1].split() == ["anna", "Anna", "Peeters", "no", "yes", "no", "no", "–"]


def test_what_is_done_to_an_account_is_logged(run, link):
    run("close", "anna")
    run("reopen", "anna")
    verbs = list(LogEntry.objects.order_by("id").values_list("verb", "detail__what"))
    assert verbs == [("create", None), ("create", None), ("change", "closed"), ("change", "reopened")]
