"""A desk in Testland; the day stands still on 15 January 2024."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from tests.crisis import making
from tests.testland import stand_in_testland
from veerkracht.register.people.actors import Actor

TODAY = date(2024, 1, 15)


@pytest.fixture(autouse=True)
def _in_testland(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    translation.activate("en")
    stand_in_testland(request, monkeypatch, TODAY, "worker", "transactional_db")


@pytest.fixture
def worker(db: None) -> Actor:
    """Somebody on duty at Desk North."""
    return making.make_worker()
