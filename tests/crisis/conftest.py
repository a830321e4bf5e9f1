"""A desk in Testland; the day stands still on 15 January 2024."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from tests.crisis import making
from tests.region.conftest import REGIONS
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor

TODAY = date(2024, 1, 15)


@pytest.fixture(autouse=True)
def _in_testland(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))
    translation.activate("en")
    if {"db", "worker", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("db")
        clock.stand_still_on(TODAY)


@pytest.fixture
def worker(db: None) -> Actor:
    """Somebody on duty at Desk North."""
    return making.make_worker()
