"""Places as rows of a file that `import_places` reads. Nothing at a secret address goes out."""

from collections.abc import Iterator

from django.db.models import Prefetch

from veerkracht.register import clock
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import access
from veerkracht.register.supply.models import Service, Unit, UnitClosure
from veerkracht.register.supply.secrecy import refuse_secret
from veerkracht.register.supply.staffing import closed_or_to_close

HEADS = (
    "organisation",
    "programme",
    "service",
    "service_kind",
    "area",
    "address",
    "unit",
    "kind",
    "sleeps",
    "ward",
    "from",
    "until",
    "closed_because",
    "closed_from",
    "reopens_on",
)


def exported(actor: Actor, programme: str = "", *, without_secret: bool = False) -> list[tuple[object, ...]]:
    """A row for each unit of the services that an actor may know of, in the columns of `HEADS`; three queries.

    Raises `Refused`, and `Invalid` when a service at a secret address is among them and `without_secret` does not leave
    it out.
    """
    services = access.list_services(actor, programme).select_related("organisation", "location")
    if without_secret:
        services = services.filter(secret=False).exclude(location__secret=True)
    closures = UnitClosure.objects.filter(closed_or_to_close(clock.today())).order_by("from_date", "pk")
    units = Unit.objects.order_by("name", "id").prefetch_related(
        Prefetch("closures", closures, to_attr="next_closures")
    )
    found = list(services.prefetch_related(Prefetch("units", units)))
    refuse_secret(found)
    record(actor, "export", "unit", detail={"services": len(found)})
    return [row for service in found for row in _rows(service)]


def _rows(service: Service) -> Iterator[tuple[object, ...]]:
    about = (
        service.organisation.name,
        service.programme,
        service.name,
        service.kind,
        service.area,
        service.location.address if service.location else "",
    )
    for unit in service.units.all():
        facts = (unit.name, unit.kind, unit.sleeps, unit.ward, unit.from_date, unit.until_date)
        closed = [(one.reason, one.from_date, one.reopens_on) for one in unit.next_closures]
        yield (*about, *facts, *(closed[0] if closed else ("", None, None)))
