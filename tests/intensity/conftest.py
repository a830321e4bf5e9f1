"""Homes in Flanders with residents whose need was measured; the day stands still on 15 January 2024."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import factories
from tests.assessments.conftest import COMMAND, HOMES, TODAY, scored, worker
from veerkracht.register import clock
from veerkracht.register.assessments.writing import drafted
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence.actions import start_stay
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.staffing import keep

CAME = date(2021, 1, 1)


@pytest.fixture(autouse=True)
def _day(db: None) -> None:
    clock.stand_still_on(TODAY)


@pytest.fixture
def analyst(db: None) -> Actor:
    return factories.make_actor("analyst", programme=HOMES)


@pytest.fixture
def admission(db: None) -> Actor:
    return worker("admission", "Elm House")


@pytest.fixture
def home() -> Callable[..., Service]:
    """A home with so many residents of each category, measured on the day they came."""

    def made(name: str = "Elm House", *, area: str = "11001", unknown: int = 0, **residents: int) -> Service:
        service = factories.make_service(name, organisation=name, programme=HOMES, area=area)
        for category, count in {**residents, "": unknown}.items():
            for _place in range(count):
                live_in(service, category)
        return service

    return made


def live_in(service: Service, category: str = "", **facts: Any) -> None:
    """Somebody comes to live there, and is measured unless the category is ""."""
    person = factories.make_person(born=date(1935, 1, 1))
    (unit,) = factories.make_units(service)
    hold = supply.hold_place(unit, by=COMMAND, minutes=60, reference=person.number)
    start_stay(hold, by=COMMAND, on=CAME, persons=[person])
    if category:
        said = scored(category, **{"on": CAME, "valid_until": date(2030, 1, 1), **facts})
        drafted(person, said, by=COMMAND).save()


def staffed(service: Service, *, nurses: int, assistants: int) -> None:
    """Full-time equivalents that were counted."""
    for profession, count in (("nurse", nurses), ("care-assistant", assistants)):
        keep(service, profession, date(2020, 1, 1), count * 100)


def recognised(service: Service, places: int, extra: int) -> None:
    supply.recognise(
        service, by=COMMAND, places=places, extra_places=extra, holds_from=CAME, source="Made up for a test"
    )
