"""Who looks at pages: one user a role, and one person who signs in for themself."""

from datetime import date

import pytest
from django.test import Client

from tests import factories
from veerkracht.register import clock
from veerkracht.register.people.models import Person, User

DAY = date(2024, 1, 15)
ROLES = ("officer", "signer", "assessor", "reader", "analyst")


@pytest.fixture
def staff(db) -> dict[str, User]:
    """A user for each role, on a register whose clock stands on the demo's day."""
    clock.stand_still_on(DAY)
    return {role: factories.make_user(role, username=role, name=f"Test {role.title()}") for role in ROLES}


@pytest.fixture
def ann(staff) -> Person:
    return factories.make_person(given="Ann", family="Voorbeeld", area="11002")


@pytest.fixture
def somebody(ann) -> User:
    """A person who reads their own request."""
    return User.objects.create_user(ann.number, person=ann, first_name="Ann", last_name="Voorbeeld")


@pytest.fixture
def as_role(staff, somebody):
    """A browser signed in as a role: `as_role("officer").get("/en/")`."""

    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(somebody if role == "person" else staff[role])
        return client

    return sign_in
