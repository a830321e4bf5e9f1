"""Makers of homes and of who waits for them. All come about through the actions, so that the rules hold for them."""

from datetime import date
from itertools import count
from typing import Any

from tests.factories import make_person, make_user
from veerkracht.register.assessments.actions import record_assessment
from veerkracht.register.assessments.writing import Measured
from veerkracht.register.care import actions as care
from veerkracht.register.care.models import Request
from veerkracht.register.lists import actions
from veerkracht.register.lists.actions import Asked
from veerkracht.register.lists.models import Entry
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Membership, Organisation, Person
from veerkracht.register.supply.models import Service

PROGRAMME, KIND = "residential-care", "permanent"
TESTS = Actor.for_command("tests")
_serial = count(1)


def make_home(
    *, rules: str = "example-points", area: str = "11002", name: str = "", owner: str = ""
) -> Service:
    """A home with rules of its own, of an organisation of its own."""
    number = next(_serial)
    organisation, _ = Organisation.objects.get_or_create(
        name=owner or f"House number {number}", defaults={"kind": "provider"}
    )
    return Service.objects.create(
        organisation=organisation,
        programme=PROGRAMME,
        name=name or f"Home number {number}",
        area=area,
        rules=rules,
    )


def make_asking(
    person: Person | None = None, *, on: date = date(2023, 1, 10), bundle: int | None = None, **facts: Any
) -> Request:
    """Somebody of 84 who asks for a place in a home."""
    person = person or make_person(born=date(1939, 5, 17), **facts)
    return care.ask(person, by=TESTS, programme=PROGRAMME, kind=KIND, on=on, bundle=bundle)


def make_entry(
    home: Service,
    request: Request | None = None,
    *,
    on: date = date(2023, 2, 1),
    by: Actor = TESTS,
    **asked: Any,
) -> Entry:
    """A request on the list of a home since a day."""
    (entry,) = actions.register(request or make_asking(), [home], by=by, on=on, asked=Asked(**asked))
    return entry


_ITEMS = (
    "washing", "dressing", "transfer", "toilet", "continence", "eating", "orientation_time", "orientation_place",
)  # fmt: skip


def make_measured(person: Person, need: int = 1, *, on: date = date(2023, 6, 1)) -> None:
    """Somebody's need: 1 for no help needed at all, 4 for all of it."""
    items = {**dict.fromkeys(_ITEMS, need), "dementia_diagnosed": False}
    measured = Measured(instrument="katz", on=on, items=items, author="A doctor", author_kind="physician")
    record_assessment(person, by=TESTS, measured=measured)


def make_waiting(home: Service, *, on: date = date(2023, 2, 1), need: int = 1, **asked: Any) -> Entry:
    """Somebody on the list of a home, whose need was measured."""
    request = make_asking()
    make_measured(request.person, need)
    return make_entry(home, request, on=on, **asked)


def officer_of(home: Service, role: str = "admission") -> Actor:
    """Somebody who works for the organisation of a home."""
    user = make_user(role)
    Membership.objects.filter(user=user).update(organisation=home.organisation)
    return actor_for(user, role)
