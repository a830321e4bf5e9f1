from datetime import date

import pytest

from veerkracht.register import clock

TODAY = date(2024, 1, 15)


@pytest.fixture
def demo_day(db) -> date:
    """The register's today is 15 January 2024, on which the value of a point is 1,004.74 euro."""
    clock.stand_still_on(TODAY)
    return TODAY
