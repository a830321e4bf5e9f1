"""Makers of homes with free places and of who waits for them. All come about through the actions."""

from datetime import date, timedelta
from itertools import count

from tests import factories
from tests.lists.factories import make_asking, make_entry
from tests.lists.factories import make_home as make_home
from veerkracht.register import clock
from veerkracht.register.assessments.actions import record_assessment
from veerkracht.register.assessments.writing import Measured
from veerkracht.register.care.models import Request
from veerkracht.register.lists.models import Entry
from veerkracht.register.offers import actions
from veerkracht.register.offers.actions import Choice, Passing
from veerkracht.register.offers.models import Offer, Vacancy
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership
from veerkracht.register.residence import actions as stays
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Service, Unit

TODAY = date(2024, 1, 15)
TESTS = Actor.for_command("tests")
_ITEMS = (
    "washing", "dressing", "transfer", "toilet", "continence", "eating", "orientation_time", "orientation_place",
)  # fmt: skip
_bundles = count(1_000_000)
BUSY = Passing("not-reached", "Called twice on Monday, nobody answered.")


def officer_of(home: Service, role: str = "admission") -> Actor:
    """Somebody who works for the organisation of a home."""
    user = factories.make_user(role)
    Membership.objects.filter(user=user).update(organisation=home.organisation)
    return factories.actor_for(user, role)


def stranger() -> Actor:
    """An admission officer of another home."""
    return officer_of(make_home())


def make_rooms(home: Service, size: int = 1, *, sleeps: int = 1, ward: str = "") -> list[Unit]:
    """So many free rooms of a home."""
    first = home.units.count() + 1
    rooms = [
        supply.add_unit(home, by=TESTS, name=f"Room {first + number}", on=date(2016, 1, 1))
        for number in range(size)
    ]
    Unit.objects.filter(pk__in=[room.pk for room in rooms]).update(sleeps=sleeps, ward=ward)
    return list(
        Unit.objects.filter(pk__in=[room.pk for room in rooms]).select_related("service").order_by("pk")
    )


def make_vacancies(
    home: Service, size: int = 1, *, by: Actor, ready_on: date = TODAY, **room
) -> list[Vacancy]:
    """So many places of a home that came free and are ready."""
    rooms = make_rooms(home, size, **room)
    return [
        actions.open_vacancy(one, by=by, from_date=min(ready_on, TODAY), ready_on=ready_on) for one in rooms
    ]


def make_waiting(
    home: Service, request: Request | None = None, *, on: date = date(2023, 2, 1), need: int = 1
) -> Entry:
    """Somebody on the list of a home, whose need was measured: 1 for no help needed at all, 4 for all of it."""
    request = request or make_asking()
    measured = Measured(
        instrument="katz",
        on=date(2023, 6, 1),
        items={**dict.fromkeys(_ITEMS, need), "dementia_diagnosed": False},
        author="A doctor",
        author_kind="physician",
    )
    if not request.person.assessments.exists():
        record_assessment(request.person, by=TESTS, measured=measured)
    return make_entry(home, request, on=on)


def make_line(home: Service, size: int) -> list[Entry]:
    """So many people on the list of a home, the first first."""
    return [make_waiting(home, on=date(2023, 2, 1) + timedelta(days=day)) for day in range(size)]


def make_couple(home: Service, *, on: date = date(2022, 2, 1)) -> list[Entry]:
    """Two people on the list of a home who come together, or not at all."""
    bundle = next(_bundles)
    return [make_waiting(home, make_asking(bundle=bundle), on=on) for _ in range(2)]


def offered(vacancy: Vacancy, entry: Entry, *, by: Actor, **choice) -> Offer:
    return actions.make_offer([vacancy], by=by, choice=Choice(entry.pk, **choice))


def is_over(offer: Offer) -> Offer:
    """Its term has passed, and nobody wrote that down yet."""
    past = clock.now() - timedelta(hours=1)
    Offer.objects.filter(pk=offer.pk).update(made_at=past - timedelta(days=3), until=past)
    for place in offer.places.select_related("hold"):
        type(place.hold).objects.filter(pk=place.hold_id).update(made_at=past - timedelta(days=3), until=past)
    offer.refresh_from_db()
    return offer


def lives(room: Unit, *, on: date = date(2023, 3, 1)) -> Residence:
    """Somebody who came to live in a room without an offer."""
    hold = supply.hold_place(room, by=TESTS, minutes=60, reference="test")
    return stays.start_stay(hold, by=TESTS, on=on, persons=[factories.make_person()])[0]


def states(*rows) -> list[str]:
    """The states of rows as they are now."""
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]
