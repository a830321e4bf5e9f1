from datetime import date

import pytest

from tests.payments.making import Paying
from veerkracht.register import clock
from veerkracht.register.payments.models import Order

TODAY = date(2024, 5, 15)


@pytest.fixture
def today(db) -> date:
    """The register's today is Wednesday 15 May 2024."""
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def paying(today) -> Paying:
    return Paying()


@pytest.fixture
def sent(paying) -> Order:
    """An order to three organisations that is at the bank."""
    return paying.order("sent")
