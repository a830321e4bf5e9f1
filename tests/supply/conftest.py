from datetime import date

import pytest

from tests import factories
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, User
from veerkracht.register.supply.models import Unit

TODAY = date(2024, 1, 15)


@pytest.fixture(autouse=True)
def day(db) -> date:
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def unit(day) -> Unit:
    """One free place of the agency, where most who are made here work."""
    return factories.make_units()[0]


@pytest.fixture
def admission(day) -> Actor:
    return factories.make_actor("admission")


@pytest.fixture
def stranger(day) -> Actor:
    """An admission officer of another organisation."""
    return of_another("admission")


def of_another(role: str, organisation: str = "Another house") -> Actor:
    user: User = factories.make_user(role)
    other, _ = Organisation.objects.get_or_create(name=organisation, defaults={"kind": "provider"})
    Membership.objects.filter(user=user).update(organisation=other)
    return factories.actor_for(user, role)
