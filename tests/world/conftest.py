from collections.abc import Iterator
from contextlib import ExitStack

import pytest


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator:
    """The demo world at full size, for the tests of one module; taken back after the last."""
    from django.db import transaction

    from veerkracht.register.world import build

    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in ("default", "log"):
            stack.enter_context(transaction.atomic(alias))
        yield build(turns=False)
        for alias in ("default", "log"):
            transaction.set_rollback(True, alias)
