from datetime import date

import pytest

from tests.offers.factories import TODAY, make_home, officer_of
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service


@pytest.fixture(autouse=True)
def day(db) -> date:
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def home(day) -> Service:
    """A home with rules of its own, of an organisation of its own, in another municipality than who waits."""
    return make_home()


@pytest.fixture
def admission(home) -> Actor:
    return officer_of(home)
