"""Taking in places from a file: all of them, or none and why."""

from collections.abc import Sequence

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.supply import reading
from veerkracht.register.supply.closure_changes import Change
from veerkracht.register.supply.closure_reading import Closed
from veerkracht.register.supply.models import Location, Service, Unit, UnitClosure

_AT_ONCE = 2_000


def import_places(data: bytes, file: str, *, by: Actor, dry_run: bool = False) -> reading.PlacesReport:
    """Add the services and units of a CSV file (`reading.COLUMNS`), and make the closings of units that are there as it
    tells them: all of it, or nothing and why.

    What is there already just so is left alone. Raises `Refused` for who may manage no places; a row of an organisation
    that is not theirs is a fault as that of one that isn't there.
    """
    require("place.manage", by, by.programme)
    with said(), transaction.atomic():
        read, report = reading.read(data, file, by)
        if report.faults or dry_run or not (read.new or read.closings):
            return report
        # Two who bring the same file at once: the second waits, and then finds it there.
        owners = {unit.service.organisation.pk for unit in read.new}
        list(Organisation.objects.select_for_update().filter(pk__in=owners).order_by("pk"))
        # Nobody takes a place, closes it or opens it between the look and the closing.
        list(Unit.objects.select_for_update().filter(pk__in=read.closed).order_by("pk"))
        read, report = reading.read(data, file, by)
        if report.faults:
            return report
        services = _add_units(read.new, by)
        for change in read.closings:
            _change_closing(change, by)
        return report.written(len(read.new), services_added=services, closings_changed=len(read.closings))


def _add_units(units: Sequence[reading.NewUnit], by: Actor) -> int:
    """Add units with their closings, and the services that are new; how many services these are."""
    if not units:
        return 0
    services = _services(units)
    made = Unit.objects.bulk_create((_unit(unit, services) for unit in units), batch_size=_AT_ONCE)
    pairs = zip(made, units, strict=True)
    closures = [_closure(unit, read.closed, by) for unit, read in pairs if read.closed]
    UnitClosure.objects.bulk_create(closures, batch_size=_AT_ONCE)
    record(by, "create", "unit", detail={"rows": len(units), "services": len(services)})
    return len(services)


def _services(units: Sequence[reading.NewUnit]) -> dict[reading.NewService, Service]:
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
    return UnitClosure(
        unit=unit,
        from_date=closed.since(unit),
        reopens_on=closed.reopens_on,
        reason=closed.reason,
        by=by.user,
        by_name=by.name,
        recorded_at=clock.now(),
    )


def _change_closing(change: Change, by: Actor) -> None:
    """Make a closing as a file tells it; the log keeps what it was."""
    closure, before = change.closure, {}
    if closure is None:
        _closure(change.unit, change.said, by).save()
    else:
        before = {"was": {"reason": closure.reason, "reopens_on": str(closure.reopens_on or "")}}
        closure.reason, closure.reopens_on = change.said.reason, change.said.reopens_on
        closure.save(update_fields=["reason", "reopens_on"])
    said = {"reason": change.said.reason, "reopens_on": str(change.said.reopens_on or "")}
    record(by, "change", change.unit, detail={"closed": str(change.from_date), **said, **before})
