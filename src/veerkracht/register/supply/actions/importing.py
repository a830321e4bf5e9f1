"""Taking in places from a file: all of them, or none and why."""

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.supply import reading
from veerkracht.register.supply.closure_reading import Closed
from veerkracht.register.supply.models import Location, Service, Unit, UnitClosure

_AT_ONCE = 2_000


def import_places(data: bytes, file: str, *, by: Actor, dry_run: bool = False) -> reading.PlacesReport:
    """Add the services and units of a CSV file (`reading.COLUMNS`): all of them, or none and why.

    What is there already just so is left alone. Raises `Refused` for who may manage no places; a row of an organisation
    that is not theirs is a fault as that of one that isn't there.
    """
    require("place.manage", by, by.programme)
    with said(), transaction.atomic():
        units, report = reading.read(data, file, by)
        if report.faults or dry_run or not units:
            return report
        # Two who bring the same file at once: the second waits, and then finds it there.
        owners = {unit.service.organisation.pk for unit in units}
        list(Organisation.objects.select_for_update().filter(pk__in=owners).order_by("pk"))
        units, report = reading.read(data, file, by)
        if report.faults:
            return report
        services = _services(units)
        made = Unit.objects.bulk_create((_unit(unit, services) for unit in units), batch_size=_AT_ONCE)
        closures = [
            _closure(unit, read.closed, by) for unit, read in zip(made, units, strict=True) if read.closed
        ]
        UnitClosure.objects.bulk_create(closures, batch_size=_AT_ONCE)
        record(by, "create", "unit", detail={"rows": len(units), "services": len(services)})
        return report.written(len(units), services_added=len(services))


def _services(units: list[reading.NewUnit]) -> dict[reading.NewService, Service]:
    """The services that are new, each with its location when its address is said."""
    new = dict.fromkeys(unit.service for unit in units if isinstance(unit.service, reading.NewService))
    return {one: _service(one) for one in new}


def _service(new: reading.NewService) -> Service:
    location = None
    if new.address:
        known = Location.objects.filter(organisation=new.organisation, name=new.name).first()
        location = known or Location.objects.create(
            organisation=new.organisation, name=new.name, area=new.area, address=new.address
        )
    return Service.objects.create(
        organisation=new.organisation,
        location=location,
        programme=new.programme,
        kind=new.kind,
        name=new.name,
        area=new.area,
        # The building that is there already may be a secret one.
        secret=location is not None and location.secret,
    )


def _unit(unit: reading.NewUnit, services: dict[reading.NewService, Service]) -> Unit:
    own = unit.service if isinstance(unit.service, Service) else services[unit.service]
    return Unit(
        service=own,
        name=unit.name,
        kind=unit.kind,
        sleeps=unit.sleeps,
        ward=unit.ward,
        from_date=unit.from_date,
        until_date=unit.until_date,
    )


def _closure(unit: Unit, closed: Closed, by: Actor) -> UnitClosure:
    """Closed from today, or from its first day, where the file does not say since when."""
    return UnitClosure(
        unit=unit,
        from_date=closed.from_date or max(unit.from_date, clock.today()),
        reopens_on=closed.reopens_on,
        reason=closed.reason,
        by=by.user,
        by_name=by.name,
        recorded_at=clock.now(),
    )
