"""People who look at pages: one user a role, and one person who signs in for themself."""

from datetime import date

import pytest
from django.test import Client

from veerkracht.register import clock
from veerkracht.register.people.models import Membership, Organisation, Person, User

DAY = date(2024, 1, 15)
ROLES = ("officer", "signer", "assessor", "reader", "analyst")


@pytest.fixture
def staff(db) -> dict[str, User]:
    """A user for each role, on a register whose clock stands on the demo's day."""
    clock.stand_still_on(DAY)
    agency = Organisation.objects.create(name="The agency", kind="agency")
    users = {}
    for role in ROLES:
        user = User.objects.create_user(
            role, password="long enough", first_name="Test", last_name=role.title()
        )
        Membership.objects.create(user=user, organisation=agency, role=role, from_date=date(2020, 1, 1))
        users[role] = user
    return users


@pytest.fixture
def somebody(staff) -> User:
    """A person who reads their own request."""
    person = Person.objects.create(
        number="P-0000001",
        given_name="Ann",
        family_name="Voorbeeld",
        search_name="ann voorbeeld",
        birth_date=date(1980, 5, 1),
        area="11002",
        fictitious=True,
    )
    return User.objects.create_user("P-0000001", person=person, first_name="Ann", last_name="Voorbeeld")


@pytest.fixture
def as_role(staff, somebody):
    """A browser signed in as a role: `as_role("officer").get("/en/")`."""

    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(somebody if role == "person" else staff[role])
        return client

    return sign_in
