"""Tests that stand in Testland, the small region of the tests."""

from datetime import date
from typing import Any

import pytest

from tests.region.conftest import REGIONS
from veerkracht.register import clock


def stand_in_testland(request: Any, monkeypatch: pytest.MonkeyPatch, on: date, *of_database: str) -> None:
    """Testland is the region; for a test that uses the database, or a fixture that does, it is this day."""
    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))
    if {"db", *of_database} & set(request.fixturenames):
        request.getfixturevalue("db")
        clock.stand_still_on(on)
