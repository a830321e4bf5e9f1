"""The case that all cells are asked on: made once for a module, and taken back after its last test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.permissions import kept as world


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[world.Kept]:
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("log"):
        yield world.keep()
        for alias in ("default", "log"):
            transaction.set_rollback(True, alias)
