"""The homes of a programme as the register holds them: where a forecast of its places starts, when all are there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import polars as pl
from django.db.models import Q

from veerkracht import region
from veerkracht.forecast.services.homes import ENOUGH, Homes, hold_enough, published, with_homes
from veerkracht.region import Region
from veerkracht.region.places import PLACES
from veerkracht.region.supply import AWARDS, CLOSED, SCHEMA
from veerkracht.register import clock
from veerkracht.register.assessments.queries.results import latest
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.care.models import Request, State
from veerkracht.register.people.models import Person
from veerkracht.register.supply.models import AwardStep, Service, Stay, Unit
from veerkracht.register.supply.queries.capacity import capacity
from veerkracht.register.supply.queries.states import closed_places
from veerkracht.rulebook.types import Programme

_COLUMNS = {**SCHEMA, "occupied": pl.Int64()}


def with_registered_homes(here: Region, on: date | None = None) -> Region:
    """The region with the register's homes in place of the published totals, for each programme of which the register
    holds about all places that are published; else as it is. Who asks looks to who may see figures."""
    for programme in here.programmes.values():
        if (
            programme.id in here.supplies
            and programme.resource == "places"
            and _may_be_enough(here, programme)
        ):
            homes = homes_of(programme, on or clock.today())
            if hold_enough(here, programme, homes):
                here = with_homes(here, programme.id, homes)
    return here


def _may_be_enough(here: Region, programme: Programme) -> bool:
    """Whether so many places were ever kept that they can be about all: one count, before the homes are read."""
    units = Unit.objects.filter(service__programme=programme.id, service__secret=False).count()
    return units >= ENOUGH * published(here, programme)


def homes_of(programme: Programme, on: date) -> Homes:
    """The homes of a programme on a day, each with its recognised places and its residents, what of them is closed, and
    what was awarded.

    How heavy the care is and who waits is known of today alone, as the register is read; of a day before it is left to
    the region's figures.
    """
    services = list(Service.objects.filter(programme=programme.id, secret=False).order_by("pk"))
    found = capacity(services, on) if services else {}
    rows = []
    for service in services:
        there = found[service.pk]
        units = there.recognised or there.places
        if units:
            occupied = min(there.occupied, units)
            rows.append((str(service.pk), service.name, service.area, units, occupied))
    said = [there.extra for there in found.values() if there.extra is not None]
    homes = Homes(
        on,
        pl.DataFrame(rows, schema=_COLUMNS, orient="row"),
        extra=sum(said) if said else None,
        awards=_awards(programme, on, services),
        closed=_closed(services, on),
    )
    if not rows or on != clock.today():
        return homes
    return replace(homes, categories=_categories(programme, on), waiting=_waiting(programme))


def _awards(programme: Programme, on: date, services: Iterable[Service]) -> pl.DataFrame:
    """What became of the awards of growth by a day, step by step; none of a service at a secret address. An award that
    names no service is of the only one that its organisation has in that municipality, if it has one."""
    there: dict[tuple[int, str], list[int]] = {}
    for one in services:
        there.setdefault((one.organisation_id, one.area), []).append(one.pk)
    only = {key: ids[0] for key, ids in there.items() if len(ids) == 1}
    steps = AwardStep.objects.filter(award__programme=programme.id, holds_from__lte=on)
    told = steps.exclude(award__service__secret=True).order_by("award", "pk")
    fields = ("award", "award__service", "award__organisation", "award__area", "award__kind")
    places = region.current().places
    kinds = places.growth_kinds if places else {}
    rows = [
        (
            award,
            str(service or only.get((organisation, area), "")),
            area,
            kinds[kind].adds if kind in kinds else PLACES,
            *step,
        )
        for award, service, organisation, area, kind, *step in told.values_list(
            *fields, "kind", "holds_from", "units", "period_from"
        )
    ]
    return pl.DataFrame(rows, schema=AWARDS, orient="row")


def _closed(services: Iterable[Service], on: date) -> pl.DataFrame:
    """What is closed on a day, by home, reason and the day on which it opens again."""
    found = closed_places([one.pk for one in services], on)
    rows = [(str(one.service), one.reason, one.count, one.reopens_on) for one in found]
    return pl.DataFrame(rows, schema=CLOSED, orient="row")


def _categories(programme: Programme, on: date) -> dict[str, int]:
    """Residents by care category, of those who were measured with the instrument that money follows; none where the
    region does not say which that is."""
    pays = definitions().pays_on(programme.id, on)
    if pays is None:
        return {}
    stays = Stay.objects.filter(
        Q(until_date=None) | Q(until_date__gt=on), unit__service__programme=programme.id, from_date__lte=on
    )
    # Who came before requests were kept here lives there without one.
    residents = Person.objects.filter(Q(requests__stays__in=stays) | Q(residences__stay__in=stays)).distinct()
    known = {one.id for one in programme.care_categories}
    ids = (result.outcome.lower() for result in latest(residents, on, pays.instrument).values())
    return dict(Counter(id for id in ids if id in known))


def _waiting(programme: Programme) -> int:
    """Persons who wait: on the list of a home, and not just in case; of a kind of help without such lists, those whose
    request waits."""
    asked = Request.objects.filter(programme=programme.id)
    lists = region.current().lists
    if lists is not None and lists.programme == programme.id:
        asked = asked.filter(entries__state="waiting", entries__when_ready="now")
    else:
        asked = asked.filter(state=State.WAITING)
    return asked.values("person").distinct().count()
