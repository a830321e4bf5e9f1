from datetime import date

import pytest
from django.utils import translation

from veerkracht.register import clock

TODAY = date(2024, 1, 15)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def day(request) -> date:
    """The day on which all stands still, for tests that use the database."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        clock.stand_still_on(TODAY)
    return TODAY
