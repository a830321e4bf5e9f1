"""Who calls the interface: a browser with a session, or a program with a token, in each role."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from tests import factories
from veerkracht.register import clock
from veerkracht.register.people.actors import actor_for
from veerkracht.register.people.models import User
from veerkracht.register.tokens import actions as tokens

DAY = date(2024, 1, 15)
Call = Callable[..., Any]


@pytest.fixture(autouse=True)
def _counted_anew(db: None) -> None:
    """How often somebody called is no business of the next test."""
    caches["process"].clear()


@pytest.fixture
def day(db: None) -> date:
    clock.stand_still_on(DAY)
    return DAY


@pytest.fixture
def bearer(day: date) -> Callable[..., Client]:
    """`bearer("officer").get("/api/v1/me")`: a program with a fresh token of a new user in that role."""

    def made(
        role: str = "officer", *, may_write: bool = True, user: User | None = None, **facts: Any
    ) -> Client:
        actor = actor_for(user or factories.make_user(role, **facts), role)
        _, secret = tokens.make(actor, name="test", days=1, may_write=may_write)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return made


@pytest.fixture
def browser(day: date) -> Callable[..., Client]:
    """A browser that is signed in; CSRF is held to, as in real life."""

    def made(user: User) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        return client

    return made
