"""The gates to figures on staff. Those of a secret service do not exist for who is not of its organisation.

Whoever reads sees counts by organisation; who records does so for their own organisation, and can't learn of others by
trying.
"""

from typing import TypeVar

from django.db.models import Q, QuerySet

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import may, require
from veerkracht.register.staff.models import OfOrganisation, StaffCount, StaffFlow, TrainingInflow
from veerkracht.register.supply.models import Service

Row = TypeVar("Row", bound=OfOrganisation)


def list_counts(actor: Actor) -> QuerySet[StaffCount]:
    """The counts that an actor may know of, each in its latest version."""
    return _listed(actor, StaffCount.objects.all())


def list_flows(actor: Actor) -> QuerySet[StaffFlow]:
    """Who came and went, as far as an actor may know of it, each in its latest version."""
    return _listed(actor, StaffFlow.objects.all())


def list_training(actor: Actor) -> QuerySet[TrainingInflow]:
    """Who is in training in the region, each in its latest version."""
    require("staff.read", actor, actor.programme)
    record(actor, "list", "traininginflow")
    return TrainingInflow.objects.filter(replaced_by=None)


def get_count(actor: Actor, id: int) -> StaffCount:
    """The count with this number, in whatever version. Raises `Refused`, the same whether it exists or not."""
    found = StaffCount.objects.select_related("organisation", "service")
    count = (
        found.filter(_known_to(actor), pk=id).first() if may("staff.read", actor, actor.programme) else None
    )
    if count is None:
        record(actor, "refused", "staffcount", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", count)
    return count


def list_staffed_services(actor: Actor) -> QuerySet[Service]:
    """The services whose staffed places an actor may see, by name."""
    require("staff.read", actor, actor.programme)
    record(actor, "list", "service", detail={"staffed": True})
    found = Service.objects.all()
    if actor.role != COMMAND:
        found = found.filter(Q(secret=False) | Q(organisation=actor.organisation_id))
    if actor.programme:
        found = found.filter(programme=actor.programme)
    return found.select_related("organisation", "location").order_by("name", "id")


def require_recorder(actor: Actor, organisation: Organisation | None, service: Service | None = None) -> None:
    """Raise `Refused`, and log it, unless an actor may report figures of an organisation; None: of the whole region."""
    require("staff.record", actor, service.programme if service else actor.programme)
    own = organisation is not None and organisation.pk == actor.organisation_id
    if actor.role != COMMAND and not own:
        record(
            actor,
            "refused",
            "staff.record",
            detail={"object": str(organisation.pk if organisation else "region")},
        )
        raise Refused()


def list_own_organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations for which an actor may report figures, by name."""
    require("staff.record", actor, actor.programme)
    record(actor, "list", "organisation", detail={"own": True})
    found = Organisation.objects.order_by("name")
    return found if actor.role == COMMAND else found.filter(pk=actor.organisation_id)


def list_own_services(actor: Actor) -> QuerySet[Service]:
    """The services for which an actor may report figures, by name."""
    require("staff.record", actor, actor.programme)
    record(actor, "list", "service", detail={"own": True})
    found = Service.objects.all()
    if actor.role != COMMAND:
        found = found.filter(organisation=actor.organisation_id)
    if actor.programme:
        found = found.filter(programme=actor.programme)
    return found.select_related("organisation", "location").order_by("name", "id")


def _listed(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    require("staff.read", actor, actor.programme)
    record(actor, "list", rows.model._meta.model_name or "")
    return rows.filter(_known_to(actor), replaced_by=None)


def _known_to(actor: Actor) -> Q:
    if actor.role == COMMAND:
        return Q()
    known = Q(service=None) | Q(service__secret=False) | Q(organisation=actor.organisation_id)
    return known & (Q(service=None) | Q(service__programme=actor.programme)) if actor.programme else known
