"""A register with money of which some is for few persons, so that there is something to leak."""

from datetime import date

import pytest

from tests import factories
from tests.open_money.making import Books, books
from tests.results import making
from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor

TODAY = date(2024, 6, 3)


@pytest.fixture
def day(db, monkeypatch) -> date:
    here = making.with_money()
    monkeypatch.setattr(region, "current", lambda: here)
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def officer(day) -> Actor:
    return factories.make_actor("budget-officer")


@pytest.fixture
def kept(day, officer) -> Books:
    return books(officer)
