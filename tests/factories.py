"""Small makers of facts for tests. All but people come about through the actions, so that the rules hold for them."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from veerkracht.register import clock
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request, Round, Step
from veerkracht.register.money.actions import Decided, NewCredit, vote_credit
from veerkracht.register.money.models import Credit
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Membership, Organisation, Person, User
from veerkracht.register.people.names import search_name
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.access import list_services
from veerkracht.register.supply.models import Service, Unit
from veerkracht.register.supply.queries.staffing import staffing
from veerkracht.rulebook.types import Text

PROGRAMME = "personal-budget"
_serial = count(1)
# Names stand on every page: without digits, so that no number a test looks for is found in one by luck.
_LETTERS = str.maketrans("0123456789", "abcdefghij")


def make_user(
    role: str = "officer", *, programme: str = "", username: str = "", name: str = "", language: str = "en"
) -> User:
    """Somebody who works at the agency in a role, since long ago."""
    number = next(_serial)
    given, _, family = (name or f"{role.capitalize()} Number{str(number).translate(_LETTERS)}").partition(" ")
    user = User.objects.create_user(
        username=username or f"{role}-{number}",
        password="a-demo-password",
        first_name=given,
        last_name=family,
        language=language,
    )
    organisation, _ = Organisation.objects.get_or_create(name="The agency", defaults={"kind": "agency"})
    Membership.objects.create(
        user=user, organisation=organisation, role=role, programme=programme, from_date=date(2016, 1, 1)
    )
    return user


def make_actor(role: str = "officer", **facts: Any) -> Actor:
    """A new user in a role, as who acts."""
    return actor_for(make_user(role, **facts), role)


def make_person(
    *,
    given: str = "Fien",
    family: str = "Voorbeeld",
    born: date = date(1990, 5, 17),
    area: str = "11001",
    **facts: Any,
) -> Person:
    return Person.objects.create(
        number=numbers.take(numbers.PERSON)[0],
        given_name=given,
        family_name=family,
        search_name=search_name(given, family),
        birth_date=born,
        area=area,
        fictitious=True,
        **facts,
    )


def make_own_actor(person: Person) -> Actor:
    """The person themself, signed in."""
    user = User.objects.create_user(username=person.number, person=person)
    return Actor(user=user, person=person)


def make_request(
    person: Person | None = None,
    *,
    state: str = "waiting",
    kind: str = "first",
    asked: date = date(2021, 3, 1),
    group: int | None = 1,
    route: str | None = None,
    category: str | None = "12",
    recognised: bool | None = True,
    complete: bool | None = True,
    plan_approved_on: date | None = date(2021, 2, 1),
    bundle: int | None = None,
    programme: str = PROGRAMME,
    by: Actor | None = None,
) -> Request:
    """A request that has come as far as `state`: asked, or waiting (in a group, on a route, or both)."""
    by = by or Actor.for_command("tests")
    request = actions.ask(
        person or make_person(), by=by, programme=programme, kind=kind, on=asked, bundle=bundle
    )
    if category or recognised is not None or complete is not None:
        found = actions.Assessed(category, recognised, plan_approved_on, complete)
        request = actions.assess(request, found, by=by, on=asked)
    if state == "asked":
        return request
    return actions.prioritise(request, by=by, on=asked, group=group, route=route)


def make_queue(size: int, **facts: Any) -> list[Request]:
    """So many waiting requests, a day apart, in the order in which they are served."""
    first = facts.pop("asked", date(2021, 3, 1))
    return [make_request(asked=first + timedelta(days=day), **facts) for day in range(size)]


def make_credit(euro: int = 1_000_000, *, programme: str = PROGRAMME) -> Credit:
    """Voted money, free to hand out."""
    new = NewCredit(programme, 2024, Text(nl="Uitbreiding", en="Growth"), euro * 100, recurrent=True)
    decided = Decided(date(2023, 12, 20), "Made up for a test")
    return vote_credit(new, by=Actor.for_command("tests"), decided=decided, fictitious=True)


def make_round(
    euro: int = 100_000,
    *,
    on: date | None = None,
    state: str = "prepared",
    programme: str = PROGRAMME,
    officer: Actor | None = None,
    signer: Actor | None = None,
    **facts: Any,
) -> Round:
    """A round that has come as far as `state`: prepared, reviewed or signed; money must have been voted before."""
    officer = officer or make_actor("officer")
    made = actions.prepare_round(
        programme, by=officer, on=on or clock.today(), money_cents=euro * 100, **facts
    )
    if state in ("reviewed", "signed"):
        made = actions.review_round(made, by=officer)
    if state == "signed":
        made = actions.sign_round(made, by=signer or make_actor("signer"))
    return made


def make_many(size: int, *, asked: date = date(2021, 3, 1), group: int = 1, category: str = "12") -> None:
    """So many waiting requests at once, each with one step that sets all: for tests of size, not of histories."""
    at = clock.now()
    points = {"1": "7.75", "12": "54.17"}[category]
    people = Person.objects.bulk_create(
        Person(
            number=number,
            given_name="Fien",
            family_name="Voorbeeld",
            search_name="voorbeeld fien",
            birth_date=date(1990, 5, 17),
            area="11001",
            fictitious=True,
        )
        for number in numbers.take(numbers.PERSON, size)
    )
    facts = {
        "state": "waiting",
        "request_date": asked,
        "priority_group": group,
        "priority_date": asked,
        "scheme": "twenty-four",
        "category": category,
        "points": points,
        "recognised": True,
        "plan_approved_on": asked,
        "complete": True,
    }
    requests = Request.objects.bulk_create(
        Request(
            number=number,
            person=person,
            programme=PROGRAMME,
            kind="first",
            live=True,
            area=person.area,
            updated_at=at,
            **facts,
        )
        for number, person in zip(numbers.take(numbers.REQUEST, size), people, strict=True)
    )
    Step.objects.bulk_create(
        Step(
            request=request,
            kind="prioritised",
            holds_from=asked,
            recorded_at=at,
            by_name="tests",
            role="command",
            **facts,
        )
        for request in requests
    )


def make_service(
    name: str = "A house",
    *,
    organisation: str = "The agency",
    programme: str = PROGRAMME,
    area: str = "11001",
    secret: bool = False,
) -> Service:
    """A service of an organisation (that of `make_user`, if not another), without places."""
    owner, _ = Organisation.objects.get_or_create(name=organisation, defaults={"kind": "provider"})
    by = Actor.for_command("tests")
    return supply.add_service(owner, by=by, programme=programme, name=name, area=area, secret=secret)


def make_units(service: Service | None = None, count: int = 1) -> list[Unit]:
    """So many places of a service, open since long ago."""
    service = service or make_service()
    first = service.units.count() + 1
    by = Actor.for_command("tests")
    return [
        supply.add_unit(service, by=by, name=f"Room {first + place}", on=date(2016, 1, 1))
        for place in range(count)
    ]


def free_now(actor: Actor) -> int:
    """How many places of the services that an actor may know of are free at this moment, as far as there is staff."""
    found = staffing(list_services(actor))
    return sum(one.free if one.offerable is None else one.offerable for one in found.values())
