from datetime import date

import pytest

from tests.factories import make_actor
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor

TODAY = date(2024, 1, 15)


@pytest.fixture
def demo_day(db) -> date:
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def officer(demo_day) -> Actor:
    return make_actor("officer")
