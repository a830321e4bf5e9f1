"""Places that can be had now, by ward and by how many people they are for."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef

from veerkracht.register.supply.models import Hold, Service, Stay, Unit, UnitClosure
from veerkracht.register.supply.queries.staffing import staffing
from veerkracht.register.supply.staffing import closed_on, in_the_way, open_on


def free_by_ward(services: Sequence[Service], on: date) -> dict[tuple[int, str, int], int]:
    """By service, ward and for how many people, the free places of services; none of a service that has staff for no
    more, as far as that is known. A fixed number of queries.
    """
    unit = OuterRef("pk")
    stays = Stay.objects.filter(unit=unit, from_date__lte=on).exclude(until_date__lte=on)
    free = Unit.objects.filter(
        open_on(on),
        ~Exists(stays),
        ~Exists(Hold.objects.filter(in_the_way(), unit=unit)),
        ~Exists(UnitClosure.objects.filter(closed_on(on), unit=unit)),
        service__in=[service.pk for service in services],
    )
    rows = free.values_list("service", "ward", "sleeps").annotate(count=Count("pk")).order_by()
    staffed = staffing(services, on)
    return {
        (service, ward, sleeps): count
        for service, ward, sleeps, count in rows
        if staffed[service].offerable != 0
    }
