from datetime import date
from typing import Any

import pytest

from tests import factories
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.staff import actions
from veerkracht.register.staff.facts import CountFigures, FlowFigures, Of
from veerkracht.register.staff.models import StaffCount, StaffFlow
from veerkracht.register.supply.models import Service

TODAY = date(2024, 1, 15)
SOURCE = "Telling van de tests"


@pytest.fixture(autouse=True)
def day(db) -> date:
    clock.stand_still_on(TODAY)
    return TODAY


@pytest.fixture
def admission(day) -> Actor:
    """Of the agency, where most who are made here work."""
    return factories.make_actor("admission")


@pytest.fixture
def analyst(day) -> Actor:
    return factories.make_actor("analyst")


@pytest.fixture
def home(day) -> Service:
    """A home of the agency with three places, of whose staff nothing is known."""
    return make_home()


def make_home(name: str = "A home", places: int = 3, **facts: Any) -> Service:
    service = factories.make_service(name, programme="residential-care", **facts)
    factories.make_units(service, places)
    return service


def agency() -> Organisation:
    return Organisation.objects.get_or_create(name="The agency", defaults={"kind": "agency"})[0]


def of(service: Service | None = None, profession: str = "nurse", **facts: Any) -> Of:
    organisation = facts.pop("organisation", None) or (service.organisation if service else agency())
    known = {"sector": "residential-care", "area": service.area if service else "11001", **facts}
    return Of(organisation, service, profession, **known)


def make_count(
    service: Service | None = None, profession: str = "nurse", *, on: date = TODAY, **facts: Any
) -> StaffCount:
    """A count by a command: of a service, or of an organisation as a whole."""
    key = {name: facts.pop(name) for name in ("organisation", "sector", "area") if name in facts}
    figures = CountFigures(**(facts or {"persons": 10, "fte_hundredths": 800}))
    by = Actor.for_command("tests")
    return actions.record_count(of(service, profession, **key), on, figures, by=by, source=SOURCE)


def staff(service: Service, nurses: int, assistants: int, *, on: date = TODAY) -> None:
    """Count the care staff of a home, in hundredths of a full-time equivalent."""
    for profession, fte in (("nurse", nurses), ("care-assistant", assistants)):
        make_count(service, profession, on=on, fte_hundredths=fte)


def make_flow(first: date, last: date, profession: str = "nurse", **figures: int) -> StaffFlow:
    by = Actor.for_command("tests")
    return actions.record_flow(
        of(None, profession), (first, last), FlowFigures(**figures), by=by, source=SOURCE
    )
