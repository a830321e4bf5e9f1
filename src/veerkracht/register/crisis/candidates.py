"""The services that give a kind of help, as columns for the region's rules: what they take, what is free, how far.

A fixed number of queries for however many services. Who is avoided by name is looked for here, and comes out as yes or
no only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import polars as pl
from django.db.models import BigIntegerField, DateField, DateTimeField, Exists, OuterRef, Q, QuerySet

from veerkracht.region.crisis import Crisis
from veerkracht.register import clock
from veerkracht.register.crisis import identities
from veerkracht.register.crisis.distances import Middles, kilometres, middles, of_zone
from veerkracht.register.crisis.models import KnownPerson, Search, SearchStep, Shelter
from veerkracht.register.crisis.questions import Given, Question, Statement
from veerkracht.register.crisis.rules import kind_of, rules
from veerkracht.register.people.models import Membership, Person
from veerkracht.register.people.names import plain
from veerkracht.register.supply.models import LIVE_HOLDS, Hold, Service, Unit
from veerkracht.register.supply.staffing import NOTHING, free_of_closure, in_the_way, known, open_on, room_of
from veerkracht.rulebook.matching import COLUMNS, choose, in_order, judged
from veerkracht.rulebook.now import BEDS, Kind


@dataclass(frozen=True)
class Chosen:
    """The places of a service in which everybody sleeps, and how far the search falls back for them."""

    shelter: Shelter
    units: tuple[Unit, ...]
    zone_step: int | None

    @property
    def service(self) -> Service:
        return self.shelter.service


@dataclass(frozen=True)
class Judged:
    """`table`: one row a service, with what each rule says of it. `chosen`: by the number of the service."""

    table: pl.DataFrame
    chosen: dict[int, Chosen]

    def fitting(self) -> list[dict[str, Any]]:
        """The rows of the services that fit, the first to be asked first."""
        return in_order(self.table).to_dicts()


def judged_for(search: Search) -> Judged:
    """Every service that gives what a search is for, judged by the rules of today."""
    shelters = _shelters(kind_of(search.kind))
    return _judged(search, shelters, _free_units(shelters))


def chosen_at(search: Search, service: Service) -> Chosen | None:
    """The places for a search at one service as they are now; None when it does not fit."""
    shelters = _shelters(kind_of(search.kind), [service.pk])
    found = _judged(search, shelters, _free_units(shelters))
    return found.chosen[service.pk] if found.fitting() else None


def any_free_place(service: Service) -> Statement:
    """Asks whether any open place of a service is not held or taken now, whoever it is for."""
    return _FREE_PLACES.about(service=service.pk, today=clock.today(), now=clock.now())


def _free_places() -> QuerySet[Unit]:
    held = in_the_way(Given("now", DateTimeField()))
    busy = Hold.objects.filter(held, unit=OuterRef("pk"), state__in=LIVE_HOLDS)
    on_hand = open_on(Given("today", DateField()))
    return Unit.objects.filter(~Exists(busy), on_hand, service=Given("service", BigIntegerField()))


_FREE_PLACES = Question(_free_places)


def _judged(search: Search, shelters: Sequence[Shelter], free: Mapping[int, Sequence[Unit]]) -> Judged:
    """`free`: by service, the places that can be held now."""
    crisis = rules()
    ids = [shelter.service_id for shelter in shelters]
    facts = _Facts(
        crisis=crisis,
        search=search,
        now=clock.now(),
        refused=set(search.steps.filter(kind=SearchStep.Kind.REFUSED).values_list("service", flat=True)),
        avoided=_with_an_avoided_name(search, ids),
        middles=middles(crisis),
    )
    chosen, rows = {}, []
    for shelter in shelters:
        one = _choose(crisis, search, shelter, free.get(shelter.service_id, []))
        chosen[shelter.service_id] = one
        rows.append(_row(facts, one, free.get(shelter.service_id, []), fits=bool(one.units)))
    schema = {name: type_ for name, (type_, _meaning) in COLUMNS.items()}
    return Judged(judged(pl.DataFrame(rows, schema=schema), crisis.matching, clock.today()), chosen)


@dataclass(frozen=True)
class _Facts:
    crisis: Crisis
    search: Search
    now: datetime
    refused: set[int]
    avoided: set[int]
    middles: Middles


def _shelters(kind: Kind, services: Collection[int] | None = None) -> list[Shelter]:
    """`services`: of these only."""
    found = Shelter.objects.select_related("service__organisation").order_by("service")
    if services is not None:
        found = found.filter(service__in=services)
    # Which of a list holds a word is asked of no database: there are a few hundred shelters.
    return [shelter for shelter in found if kind.id in shelter.kinds]


def _free_units(shelters: Sequence[Shelter]) -> dict[int, list[Unit]]:
    """By service, the places that can be held now: open, free, and there is staff for them."""
    today = clock.today()
    ids = [shelter.service_id for shelter in shelters]
    busy = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"), state__in=LIVE_HOLDS)
    units = Unit.objects.filter(open_on(today), service__in=ids).annotate(busy=Exists(busy))
    by_service: dict[int, list[Unit]] = defaultdict(list)
    # A closed place needs no staff, unless somebody is in it still.
    for unit in units.filter(Q(busy=True) | free_of_closure(today)).order_by("service", "pk"):
        by_service[unit.service_id].append(unit)
    staff = known(ids, today)
    free = {}
    for shelter in shelters:
        there = by_service[shelter.service_id]
        open_ones = [unit for unit in there if not unit.busy]
        programme = shelter.service.programme
        places = [(unit.kind, unit.busy) for unit in there]
        room = room_of(programme, places, staff.get(shelter.service_id, NOTHING), today)
        fits = room.fits() if room else [True] * len(open_ones)
        free[shelter.service_id] = [
            unit for unit, is_staffed in zip(open_ones, fits, strict=True) if is_staffed
        ]
    return free


def _choose(crisis: Crisis, search: Search, shelter: Shelter, free: Sequence[Unit]) -> Chosen:
    persons = search.persons if crisis.kinds[search.kind].fills == BEDS else 1
    positions = choose([unit.sleeps for unit in free], persons) or ()
    # Where the search's zone never falls back on that of a service, there is no way to it.
    zone = crisis.zone_of(shelter.service.area)
    step = crisis.step_to(search.zone, zone.id) if zone else None
    return Chosen(shelter, tuple(free[one] for one in positions), step)


def _row(facts: _Facts, chosen: Chosen, free: Iterable[Unit], *, fits: bool) -> dict[str, Any]:
    shelter, service = chosen.shelter, chosen.service
    told = service.places_confirmed_at
    return {
        **_asked(facts.search),
        "id": service.pk,
        "takes_adults": shelter.adults,
        "from_age": shelter.from_age,
        "to_age": shelter.to_age,
        "takes_pets": shelter.pets,
        "step_free": shelter.step_free,
        "secret": service.secret,
        "free_units": sum(1 for _unit in free),
        "units_needed": len(chosen.units) if fits else None,
        "spare_beds": sum(unit.sleeps for unit in chosen.units) - facts.search.persons if fits else None,
        "zone_step": chosen.zone_step,
        "languages_shared": len(set(facts.search.languages) & set(shelter.languages)),
        "told_hours": (facts.now - told).total_seconds() / 3600 if told else None,
        "refused_before": service.pk in facts.refused,
        "avoided_name_there": service.pk in facts.avoided,
        **_far(facts, service),
    }


def _asked(search: Search) -> dict[str, Any]:
    return {
        "persons": search.persons,
        "adults": search.adults,
        "children": len(search.children),
        "youngest": min(search.children, default=None),
        "oldest": max(search.children, default=None),
        "pets": search.pets,
        "wheelchair": search.wheelchair,
        "nights": search.nights,
        "furthest_km": None if search.furthest_km is None else float(search.furthest_km),
        "languages_asked": len(search.languages),
    }


def _far(facts: _Facts, service: Service) -> dict[str, float | None]:
    """How far a service is. Of one at a secret address by zones, so that neither its place in the order nor whether it
    is within reach tells more than its zone; but from danger as far as it is, since who is in danger goes first.
    """
    search, known_ones = facts.search, facts.middles
    here = partial(_by_zone, facts.crisis) if service.secret else str
    there = here(service.area)
    avoided = (kilometres(known_ones, code, service.area) for code in search.avoid_areas)
    return {
        "km": kilometres(known_ones, here(search.from_area), there),
        "school_km": _farthest(known_ones, map(here, search.schools), there),
        "work_km": _farthest(known_ones, map(here, search.works), there),
        "near_km": kilometres(known_ones, here(search.near_area), there),
        "avoid_km": min((one for one in avoided if one is not None), default=None),
    }


def _farthest(known: Middles, codes: Iterable[str], there: str) -> float | None:
    found = (kilometres(known, code, there) for code in codes)
    return max((km for km in found if km is not None), default=None)


def _by_zone(crisis: Crisis, area: str) -> str:
    return of_zone(crisis.zone_by_area.get(area, ""))


def _with_an_avoided_name(search: Search, services: Collection[int]) -> set[int]:
    """The services where somebody whom a search avoids by name stays or works; for who avoids nobody none is asked."""
    names = identities.names_to_avoid(search)
    if not names:
        return set()
    there: dict[int, list[str]] = defaultdict(list)
    for service, name in [*_staying(services), *_sheltered(services), *_working(services)]:
        there[service].append(name)
    return {service for service, found in there.items() if identities.is_name_of(names, found)}


def _staying(services: Collection[int]) -> Iterable[tuple[int, str]]:
    """Who stays or is held for by a request, by the name they are searched by."""
    of_requests = Q(requests__holds__in=Hold.objects.filter(in_the_way(), unit__service__in=services))
    return Person.objects.filter(of_requests).values_list("requests__holds__unit__service", "search_name")


def _sheltered(services: Collection[int]) -> Iterable[tuple[int, str]]:
    """Who a desk placed there."""
    placed = Hold.objects.filter(in_the_way(), unit__service__in=services, of_search__isnull=False)
    rows = KnownPerson.objects.filter(call__searches__holds__hold__in=placed).values_list(
        "call__searches__holds__hold__unit__service", "sealed"
    )
    found = list(rows)
    names = identities.searched_names([sealed for _service, sealed in found])
    return zip((service for service, _sealed in found), names, strict=True)


def _working(services: Collection[int]) -> Iterable[tuple[int, str]]:
    """Who works for the organisation of a service."""
    rows = Membership.objects.filter(organisation__services__in=services).values_list(
        "organisation__services", "user__first_name", "user__last_name"
    )
    return [(service, plain(f"{last} {first}")) for service, first, last in rows if service in set(services)]
