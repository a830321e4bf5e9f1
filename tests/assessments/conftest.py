"""People in Flanders whose need is measured; the day stands still on 15 January 2024."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests import factories
from veerkracht.register import clock
from veerkracht.register.assessments.writing import Measured
from veerkracht.register.care.models import Request
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, Person
from veerkracht.register.residence.actions import start_stay
from veerkracht.register.supply import actions as supply

TODAY = date(2024, 1, 15)
HOMES = "residential-care"
COMMAND = Actor.for_command("tests")
ALONE: dict[str, Any] = {
    "washing": 1, "dressing": 1, "transfer": 1, "toilet": 1, "continence": 1, "eating": 1,
    "orientation_time": 1, "orientation_place": 1, "dementia_diagnosed": False,
}  # fmt: skip
# Answers that give each category, by its id.
GIVES: dict[str, dict[str, Any]] = {
    "o": ALONE,
    "a": {**ALONE, "washing": 3},
    "b": {**ALONE, "washing": 3, "dressing": 3, "transfer": 3},
    "c": {**ALONE, "washing": 4, "dressing": 4, "transfer": 4, "toilet": 4, "eating": 4},
    "cd": {**ALONE, "washing": 3, "dressing": 3, "toilet": 3, "continence": 3, "dementia_diagnosed": True},
    "d": {**ALONE, "dementia_diagnosed": True},
}


def scored(category: str = "b", *, on: date = date(2024, 1, 10), **facts: Any) -> Measured:
    """A Katz score that gives a category."""
    said = {"author": "Dr. Janssens", "author_kind": "physician", "items": GIVES[category], **facts}
    return Measured(instrument="katz", on=on, **said)


def ltcf(*, on: date = date(2024, 1, 10), **facts: Any) -> Measured:
    said = {"author": "Team East", "author_kind": "care-team", "items": {"adl": 4, "cps": 3}, **facts}
    return Measured(instrument="belrai-ltcf", on=on, version="9.1", **said)


@pytest.fixture(autouse=True)
def _day(request: Any) -> None:
    if {"db", "person", "assessor", "resident", "admission"} & set(request.fixturenames):
        request.getfixturevalue("db")
        clock.stand_still_on(TODAY)


@pytest.fixture
def person(db: None) -> Person:
    return factories.make_person(born=date(1938, 4, 2))


@pytest.fixture
def assessor(db: None) -> Actor:
    return factories.make_actor("assessor", programme=HOMES)


@pytest.fixture
def admission(db: None) -> Actor:
    """Of the home where residents are made to stay."""
    return worker("admission", "Elm House")


def worker(role: str, organisation: str, programme: str = HOMES) -> Actor:
    user = factories.make_user(role, programme=programme)
    of, _ = Organisation.objects.get_or_create(name=organisation, defaults={"kind": "provider"})
    Membership.objects.filter(user=user).update(organisation=of)
    return factories.actor_for(user, role)


@pytest.fixture
def resident(db: None) -> Callable[..., Person]:
    """Somebody who came to stay at a home (Elm House) on a day."""

    def came(home: str = "Elm House", *, on: date = date(2023, 6, 1), **facts: Any) -> Person:
        person = factories.make_person(born=date(1935, 1, 1), **facts)
        request = asked(person)
        service = factories.make_service(f"{home} {person.pk}", organisation=home, programme=HOMES)
        (unit,) = factories.make_units(service)
        hold = supply.hold_place(unit, by=COMMAND, minutes=60, request=request)
        start_stay(hold, by=COMMAND, on=on)
        return person

    return came


def asked(person: Person) -> Request:
    return factories.make_request(
        person,
        state="asked",
        kind="permanent",
        programme=HOMES,
        category=None,
        recognised=None,
        complete=None,
    )
