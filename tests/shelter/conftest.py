"""A desk in Testland that has placed a family; the day stands still on 15 January 2024."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.crisis import making as desk
from tests.shelter import making
from tests.testland import stand_in_testland
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter.models import CrisisStay


@pytest.fixture(autouse=True)
def _in_testland(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Faults are read in English here."""
    stand_in_testland(request, monkeypatch, making.TODAY, "worker", "transactional_db")
    with translation.override("en"):
        yield


@pytest.fixture
def worker(db: None) -> Actor:
    """Somebody on duty at Desk North."""
    return desk.make_worker()


@pytest.fixture
def stay(worker: Actor) -> CrisisStay:
    """A mother and her son, known by name, in House Birch."""
    return making.make_stay(worker)
