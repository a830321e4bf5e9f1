"""A person in a case, somebody of the case team, and somebody who isn't; on the demo's day."""

from datetime import date

import pytest

from tests import factories
from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Membership, Organisation, Person, User
from veerkracht.register.permissions import Case
from veerkracht.register.sharing.models import CaseWorker

DAY = date(2024, 1, 15)


@pytest.fixture
def demo_day(db) -> date:
    clock.stand_still_on(DAY)
    return DAY


@pytest.fixture
def ann(demo_day) -> Person:
    return factories.make_person(given="Ann", family="Verborgen", area="11002")


@pytest.fixture
def asked(ann) -> Request:
    return factories.make_request(ann, group=2, asked=date(2021, 4, 1))


@pytest.fixture
def case(asked) -> Case:
    return Case(asked.person, asked.programme, asked.area)


@pytest.fixture
def officer(demo_day) -> Actor:
    return factories.make_actor("officer", name="Olga Officer")


@pytest.fixture
def records(demo_day) -> Actor:
    return factories.make_actor("records", name="Rik Records")


def work_on(person: Person, user: User, organisation: Organisation) -> None:
    CaseWorker.objects.create(
        person=person,
        user=user,
        organisation=organisation,
        from_date=date(2021, 1, 1),
        given_by_name="tests",
    )


def make_case_worker(person: Person, organisation: str = "The refuge", name: str = "Cas Worker") -> Actor:
    """Somebody who works on a person's case, for an organisation of their own."""
    user = factories.make_user("case-worker", name=name)
    house, _ = Organisation.objects.get_or_create(name=organisation, defaults={"kind": "refuge"})
    Membership.objects.filter(user=user).update(organisation=house)
    work_on(person, user, house)
    return actor_for(user, "case-worker")


@pytest.fixture
def worker(ann) -> Actor:
    return make_case_worker(ann)
