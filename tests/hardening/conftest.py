"""One register with what must not leak, for the tests of a module; and somebody signed in for each role."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.hardening import planted


@pytest.fixture(scope="module")
def plantation(django_db_setup: None, django_db_blocker: Any) -> Iterator[planted.Planted]:
    """Planted once for the module, and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("log"):
        yield planted.plant()
        for alias in ("default", "log"):
            transaction.set_rollback(True, alias)


@pytest.fixture
def as_caller(db: None, plantation: planted.Planted) -> Callable[[str], Client]:
    """`as_caller("officer").get("/en/list/")`; "nobody" is not signed in."""

    def signed_in(caller: str) -> Client:
        client = Client(raise_request_exception=False)
        if user := plantation.users.get(caller):
            client.force_login(user)
        return client

    return signed_in
