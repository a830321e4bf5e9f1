"""A desk in Testland that has placed a family; the day stands still on 15 January 2024."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.crisis import making as desk
from tests.region.conftest import REGIONS
from tests.shelter import making
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter.models import CrisisStay


@pytest.fixture(autouse=True)
def _in_testland(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Faults are read in English here."""
    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))
    if {"db", "worker", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("db")
        clock.stand_still_on(making.TODAY)
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
