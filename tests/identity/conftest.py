"""Who signs in: somebody at work with an account, in a register whose days are real."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.identity import totp
from veerkracht.register.people.models import User

PASSWORD = "een lange zin die ik onthoud"


@pytest.fixture
def anna(db) -> User:
    """An officer with a password, and no second factor yet."""
    user = factories.make_user("officer", username="anna", name="Anna Peeters")
    user.email = "anna@example.org"
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def sign_in() -> Callable[..., Any]:
    """Types a user name and a password into a browser: `sign_in(client, "anna")`."""

    def typed(client: Client, username: str, password: str = PASSWORD, **more: str) -> Any:
        return client.post("/en/sign-in/", {"username": username, "password": password, **more})

    return typed


@pytest.fixture
def app_of(sign_in) -> Callable[..., tuple[str, list[str]]]:
    """Sets an app with codes as a user's second factor; gives the secret in it and the recovery codes."""

    def set_up(user: User) -> tuple[str, list[str]]:
        browser = Client()
        sign_in(browser, user.username)
        secret = re.search(r"<code>(\w+)</code>", browser.get("/en/account/app/").content.decode())[1]
        response = browser.post("/en/account/app/", {"code": totp.code(secret)}, follow=True)
        return secret, re.findall(r"<li><code>(\w+)</code></li>", response.content.decode())

    return set_up


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def grow_older(client: Client, **minutes: int) -> None:
    """As if a session began, or somebody was seen in it, so many minutes earlier: `began=5`, `seen=5`."""
    session = client.session
    session["signed-in"] = {
        name: value - 60 * minutes.get(name, 0) if name in minutes else value
        for name, value in session["signed-in"].items()
    }
    session.save()


def said(response: Any, *typed: str) -> str:
    """What a page says, without what was typed and the token that differs by itself."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    for word in typed:
        html = html.replace(word, "")
    return html
