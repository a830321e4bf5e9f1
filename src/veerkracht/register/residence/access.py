"""The gates to stays in homes. A home sees its own residents; to others no resident is there.

Who plans sees counts of places, never who lives in them (`queries.occupancy`).
"""

from django.db.models import QuerySet

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import kept_from, may
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.access import require_of as require_of_service
from veerkracht.register.supply.models import Service


def list_residents(actor: Actor, service: Service) -> QuerySet[Residence]:
    """Who lives in a home now, with the person and the place, by family name. Raises `Refused` for another's home."""
    require_of("stay.read", actor, service)
    record(actor, "list", "residence", detail={"service": service.pk})
    found = Residence.objects.filter(service=service, until_date=None).exclude(person__in=kept_from(actor))
    return found.select_related("person", "stay__unit").order_by("person__search_name", "pk")


def get_residence(actor: Actor, id: int) -> Residence:
    """The stay with this number; the look is logged. Raises `Refused`, the same whether it exists or not."""
    rows = Residence.objects.select_related("service", "person", "stay__unit", "stay__hold", "request")
    found = rows.filter(pk=id).first()
    if found is None or not _may_see(actor, found):
        record(actor, "refused", "residence", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found, person_id=found.person_id)
    return found


def _may_see(actor: Actor, residence: Residence) -> bool:
    return (
        may("stay.read", actor, residence.service.programme)
        and is_of(actor, residence.service)
        and residence.person_id not in kept_from(actor)
    )


def require_of(verb: str, actor: Actor, service: Service) -> None:
    """Raise `Refused`, and log it, unless the actor may do this for a home: it is of their own organisation."""
    require_of_service(verb, actor, service, is_of(actor, service))
