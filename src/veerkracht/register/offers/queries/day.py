"""A home's day: free and coming places, running offers, who came and left, and what waits to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from veerkracht.register import clock
from veerkracht.register.lists.models import Entry
from veerkracht.register.offers import access
from veerkracht.register.offers.idle import STAFF, WITHDRAWN, Idle, idle
from veerkracht.register.offers.models import LIVE_OFFERS, Offer, Vacancy
from veerkracht.register.offers.queries.views import SHIELDED, OfferView, offer_views, with_places
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import kept_from, may
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply.models import Hold, Service, UnitClosure
from veerkracht.register.supply.queries.capacity import Capacity, capacity
from veerkracht.register.supply.staffing import closed_on, in_the_way
from veerkracht.register.supply.words import kind_name, reason_name
from veerkracht.rulebook.types import Text

# So far back who came and who left is news.
RECENT = timedelta(days=7)


@dataclass(frozen=True)
class PlaceView:
    """A place that is free and no vacancy. `why`: as `idle.Idle` has it, with the `reason` for which it is closed and
    the day on which it opens again, where these are known.
    """

    id: int
    name: str
    kind: Text
    why: str
    reason: Text
    reopens_on: date | None

    @property
    def can_be_listed(self) -> bool:
        """Whether the home can put it among the vacancies itself."""
        return self.why in ("", STAFF, WITHDRAWN)


@dataclass(frozen=True)
class VacancyView:
    """A place that comes free. `waits_for`: why it can't be offered today: "resident" (somebody is still there),
    "turnover", "closed" or "staff"; "" when it can.
    """

    id: int
    name: str
    kind: Text
    ward: str
    sleeps: int
    from_date: date
    ready_on: date
    version: int
    waits_for: str


@dataclass(frozen=True)
class MoveView:
    """Somebody who came to live there or left, on a day. `stay`: its number; None for who may not be known."""

    stay: int | None
    person: Text
    room: str
    on: date


@dataclass(frozen=True)
class Reminder:
    """What waits to be done: an id of the page's words, and how many."""

    what: str
    count: int


@dataclass(frozen=True)
class HomeDay:
    """`unlisted`: free places that are no vacancy, each with why. `vacancies`: open, the first that is ready first.
    `offers`: those that run, the first that ends first.
    """

    service: Service
    on: date
    capacity: Capacity
    unlisted: tuple[PlaceView, ...]
    vacancies: tuple[VacancyView, ...]
    offers: tuple[OfferView, ...]
    came: tuple[MoveView, ...]
    left: tuple[MoveView, ...]
    reminders: tuple[Reminder, ...]
    may_offer: bool

    @property
    def can_list_more(self) -> bool:
        """Whether several free places can be put among the vacancies at once."""
        return sum(one.why in ("", STAFF) for one in self.unlisted) > 1


def home_day(actor: Actor, service: Service) -> HomeDay:
    """The day of a home of the actor's own organisation; a fixed number of queries for however many places.

    Raises `Refused` for anybody else.
    """
    access.require_of("offer.read", actor, service)
    today, kept = clock.today(), frozenset(kept_from(actor))
    there = capacity([service])[service.pk]
    unlisted = tuple(map(_place, idle([service])))
    vacancies = _vacancies(service, today, has_staff=there.offerable != 0)
    running = with_places(Offer.objects.filter(service=service, state__in=LIVE_OFFERS))
    offers = offer_views(running.order_by("until", "pk"), kept)
    return HomeDay(
        service=service,
        on=today,
        capacity=there,
        unlisted=unlisted,
        vacancies=vacancies,
        offers=offers,
        came=_moves(service, "from_date", today, kept),
        left=_moves(service, "until_date", today, kept),
        reminders=_reminders(service, today, unlisted, vacancies, offers),
        may_offer=may("offer.make", actor, service.programme),
    )


def _place(one: Idle) -> PlaceView:
    return PlaceView(
        id=one.unit.pk,
        name=one.unit.name,
        kind=kind_name(one.unit.kind),
        why=one.why,
        reason=reason_name(one.reason) if one.reason else Text(),
        reopens_on=one.reopens_on,
    )


def _vacancies(service: Service, today: date, *, has_staff: bool) -> tuple[VacancyView, ...]:
    closed = UnitClosure.objects.filter(closed_on(today), unit=OuterRef("unit"))
    taken = Hold.objects.filter(in_the_way(), unit=OuterRef("unit"))
    open_ = Vacancy.objects.filter(unit__service=service, state="open").select_related("unit")
    return tuple(
        VacancyView(
            id=one.pk,
            name=one.unit.name,
            kind=kind_name(one.unit.kind),
            ward=one.unit.ward,
            sleeps=one.unit.sleeps,
            from_date=one.from_date,
            ready_on=one.ready_on,
            version=one.version,
            waits_for=_waits_for(one, today, has_staff=has_staff),
        )
        for one in open_.annotate(is_closed=Exists(closed), is_taken=Exists(taken)).order_by("ready_on", "pk")
    )


def _waits_for(vacancy: Vacancy, today: date, *, has_staff: bool) -> str:
    if vacancy.from_date > today or vacancy.is_taken:
        return "resident"
    if vacancy.ready_on > today:
        return "turnover"
    if vacancy.is_closed:
        return "closed"
    return "" if has_staff else "staff"


def _moves(service: Service, day: str, today: date, kept: frozenset[int]) -> tuple[MoveView, ...]:
    """Who came or left lately, the last first."""
    recent = Q(**{f"{day}__gte": today - RECENT, f"{day}__lte": today})
    found = Residence.objects.filter(recent, service=service).select_related("person", "stay__unit")
    return tuple(
        MoveView(
            stay=None if one.person_id in kept else one.pk,
            person=_name(one.person, kept),
            room=one.stay.unit.name,
            on=getattr(one, day),
        )
        for one in found.order_by(f"-{day}", "-pk")
    )


def _name(person: Person, kept: frozenset[int]) -> Text:
    return SHIELDED if person.pk in kept else Text(str(person), str(person))


def _reminders(
    service: Service,
    today: date,
    unlisted: Sequence[PlaceView],
    vacancies: Sequence[VacancyView],
    offers: Sequence[OfferView],
) -> tuple[Reminder, ...]:
    # Of who is shielded not even the count tells that they are there.
    to_check = Entry.objects.filter(service=service, to_check=True, request__person__restricted=False).count()
    to_ask = Entry.objects.filter(service=service, ask_again_on__lte=today, answer_by=None).count()
    counts = {
        "unlisted": sum(one.why == "" for one in unlisted),
        "to-offer": sum(one.waits_for == "" for one in vacancies),
        "ends-today": sum(one.runs and localdate(one.until) == today for one in offers),
        "overdue": sum(one.state == "overdue" for one in offers),
        "arrives-today": sum(one.arrives_on == today for one in offers),
        "late": sum(one.late for one in offers),
        "to-ask": to_ask,
        "to-check": to_check,
    }
    return tuple(Reminder(what, count) for what, count in counts.items() if count)
