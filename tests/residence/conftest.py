"""Homes of Testland and who lives there; the day stands still on 15 January 2024."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.testland import stand_in_testland
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, Person, User
from veerkracht.register.residence import actions
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Service, Unit

TODAY = date(2024, 1, 15)
PROGRAMME = "home-place"
COMMAND = Actor.for_command("tests")


@pytest.fixture(autouse=True)
def _in_testland(request: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in_testland(request, monkeypatch, TODAY, "home")


@pytest.fixture
def home(db: None) -> Service:
    """A home of four single rooms, open since long ago, of which six are recognised."""
    return make_home("Elm House")


def make_home(name: str, places: int = 4, area: str = "north") -> Service:
    owner, _ = Organisation.objects.get_or_create(name=f"{name} Trust", defaults={"kind": "home"})
    service = supply.add_service(owner, by=COMMAND, programme=PROGRAMME, name=name, area=area)
    for number in range(1, places + 1):
        supply.add_unit(service, by=COMMAND, name=f"Room {number}", on=date(2020, 1, 1))
    return service


def rooms(home: Service) -> list[Unit]:
    return list(home.units.order_by("pk"))


@pytest.fixture
def admission(home: Service) -> Actor:
    return worker(home)


def worker(home: Service, role: str = "admission", **facts: Any) -> Actor:
    user: User = factories.make_user(role, **facts)
    Membership.objects.filter(user=user).update(organisation=home.organisation)
    return factories.actor_for(user, role)


@pytest.fixture
def lives(home: Service) -> Callable[..., Residence]:
    """Somebody who came to live in a room of Elm House on a day."""

    def came(room: int = 0, *, on: date = date(2023, 12, 1), person: Person | None = None) -> Residence:
        hold = supply.hold_place(rooms(home)[room], by=COMMAND, minutes=60, reference="test")
        resident = person or factories.make_person(born=date(1940, 2, 3), area="north")
        return actions.start_stay(hold, by=COMMAND, on=on, persons=[resident])[0]

    return came
