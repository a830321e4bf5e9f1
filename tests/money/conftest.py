from datetime import date

import pytest

from veerkracht.register import clock

TODAY = date(2024, 5, 15)


@pytest.fixture
def today(db) -> date:
    """The register's today is 15 May 2024."""
    clock.stand_still_on(TODAY)
    return TODAY
