from datetime import date

import pytest

from tests import factories
from tests.results import making
from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor

TODAY = date(2024, 1, 15)


@pytest.fixture
def day(db, monkeypatch) -> date:
    here = making.with_money()
    monkeypatch.setattr(region, "current", lambda: here)
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def owner(day) -> Actor:
    return factories.make_actor("measure-owner")


@pytest.fixture
def officer(day) -> Actor:
    return factories.make_actor("budget-officer")
