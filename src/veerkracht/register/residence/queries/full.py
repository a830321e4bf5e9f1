"""How full one home is on a day and over a reference year, for who may count."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.residence.queries.occupancy import Occupancy, OverYear, occupancy, occupancy_over
from veerkracht.register.residence.rules import check_not_later
from veerkracht.register.supply.access import list_counted_services
from veerkracht.register.supply.models import Service


@dataclass(frozen=True)
class HowFull:
    """A home `on` a day, and over the reference year in which that day is."""

    service: Service
    on: date
    on_day: Occupancy
    over_year: OverYear


def how_full(actor: Actor, service: int, on: date | None = None) -> HowFull:
    """How full a home is. Raises `Refused`, the same whether it exists or not, and `Invalid` for a day to come."""
    found = list_counted_services(actor).filter(pk=service).first()
    if found is None:
        record(actor, "refused", "service", detail={"asked": str(service)[:20]})
        raise Refused()
    require("stay.count", actor, found.programme)
    on = on or clock.today()
    check_not_later(on)
    return HowFull(found, on, occupancy([found], on)[found.pk], occupancy_over([found], on)[found.pk])
