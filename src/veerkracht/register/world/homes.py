"""Homes with their residents in the demo world: a few, or as many as published; every name says that it is invented."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from django.db import transaction

from veerkracht import region
from veerkracht.region.residence import PublishedHomes, ResidenceRules
from veerkracht.register import bulk, clock
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.residence.models import Residence
from veerkracht.register.residence.queries import occupancy, together
from veerkracht.register.supply.models import Service, Unit, UnitClosure
from veerkracht.register.world import homes_drawn as drawn
from veerkracht.register.world import homes_lists, homes_needs, homes_offers, homes_services, homes_tables
from veerkracht.register.world.calendar import day

# As many as the demo's organisations that measure quality, so that a small world starts quickly and has both.
FEW = 24
_SEED = 81_909
Progress = Callable[..., None]


@dataclass(frozen=True)
class Homes:
    """What was built, in people: places in homes, of which closed, and residents, of whom with heavy care and away."""

    homes: int
    places: int
    closed: int
    residents: int
    heavy: int
    away: int
    stays: int


def add_homes(*, published: bool = False, progress: Progress = lambda *_, **__: None) -> Homes | None:
    """Add homes and who lives there: a few, or all that were `published`; None where the region publishes none.

    All of it or nothing.
    """
    rules = region.current().residence
    if rules is None or rules.published is None or not rules.programmes:
        return None
    progress(0, None, "Filling homes")
    wanted = _wanted(rules, rules.published, published=published)
    making = drawn.Making(rules.programmes[0], rules.published, wanted, Actor.for_command("world"))
    with transaction.atomic():
        return _write(making)


def _wanted(rules: ResidenceRules, homes: PublishedHomes, *, published: bool) -> drawn.Wanted:
    """From the reference year before this one on, so that a whole one can be looked back at."""
    today = clock.today()
    this_year, _ = rules.reference_year.of(today)
    since = this_year.replace(year=this_year.year - 1)
    count = homes.homes if published else min(FEW, homes.homes)
    wanted = drawn.Wanted.part(homes, count, day(since), day(today))
    return _beside_others(wanted, rules.programmes[0]) if published else wanted


def _beside_others(wanted: drawn.Wanted, programme: str) -> drawn.Wanted:
    """What is wanted beside the services of the demo that are there already, so that all together are as published."""
    there = list(Service.objects.filter(programme=programme))
    found = together(occupancy(there).values())
    return replace(
        wanted,
        homes=wanted.homes - len(there),
        places=wanted.places - (found.recognised or 0),
        occupied=wanted.occupied - found.occupied,
    )


def _write(making: drawn.Making) -> Homes:
    luck = [np.random.default_rng(part) for part in np.random.SeedSequence(_SEED).spawn(6)]
    wanted = making.wanted
    size = drawn.sizes(wanted, luck[0])
    rooms = drawn.rooms(size, making.published.unit_kinds)
    closed = drawn.closed(rooms, wanted.today, luck[0])
    beds = drawn.beds(rooms, closed, wanted.occupied, luck[1])
    stays = drawn.left_lately(drawn.stays(beds, wanted, luck[1]), beds, wanted.today)
    absences = drawn.absences(stays, wanted, luck[2])
    own_ward = homes_needs.in_own_ward(making, rooms, stays)
    heavy = drawn.heavy(stays, wanted.heavy, luck[3], own_ward)

    services = homes_services.add_services(making, size, luck[4])
    units = homes_tables.units(rooms, services)
    bulk.write(Unit, units)
    bulk.write(UnitClosure, homes_tables.closures(units, closed, making, luck[4]))
    people = homes_tables.persons(stays, services, drawn.births(stays, luck[5]), luck[5])
    bulk.write(Person, people)
    tables = homes_tables.of_stays(stays, absences, units, people, services)
    for model, frame in tables.items():
        bulk.write(model, frame)
    homes_needs.add_assessments(making, tables[Residence], heavy, own_ward)
    homes_lists.add_lists(making, services)
    homes_services.add_staff(making, services, units, luck[4])
    homes_services.add_prices(making, services, luck[4])
    bulk.numbers_follow([Unit, UnitClosure, Person, *tables, Assessment])
    homes_offers.add_offers(services[0])
    record(making.by, "create", "residence", detail={"rows": stays.height, "fictitious": True})
    here = stays["end"] == drawn.NEVER
    return Homes(
        homes=len(services),
        places=int(size.sum()),
        closed=int((closed < drawn.NEVER).sum()),
        residents=int(here.sum()),
        heavy=int(heavy[here.to_numpy()].sum()),
        away=int((absences["back"] == drawn.NEVER).sum()),
        stays=stays.height,
    )
