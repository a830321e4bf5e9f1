"""The agency with an administrator, on a register whose clock stands still."""

from datetime import date

import pytest
from django.test import Client

from tests import factories
from veerkracht.register import clock
from veerkracht.register.people.models import Membership, Organisation, User

DAY = date(2024, 1, 15)


@pytest.fixture
def today(db) -> date:
    clock.stand_still_on(DAY)
    return DAY


@pytest.fixture
def agency(today) -> Organisation:
    return Organisation.objects.get_or_create(name="The agency", defaults={"kind": "agency"})[0]


@pytest.fixture
def give(agency):
    """Another role for a user, as a row: `give(user, "signer", until_date=…)`."""

    def given(user: User, role: str, **facts) -> Membership:
        own = facts.get("delegates")
        facts = {"organisation": agency, "from_date": date(2020, 1, 1), **facts}
        if own:
            facts["given_by"] = own.user
        return Membership.objects.create(user=user, role=role, **facts)

    return given


@pytest.fixture
def officer(agency) -> User:
    return factories.make_user("officer", username="officer", name="Olga Officer")


@pytest.fixture
def browser():
    """A browser signed in as a user: `browser(officer).get("/en/")`."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
