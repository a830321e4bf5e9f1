"""The gates to services, units and holds. A secret service does not exist for who is not of its organisation."""

from django.db.models import Q, QuerySet

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import kept_from, may, require
from veerkracht.register.supply.models import Award, Hold, Service, Unit


def list_services(actor: Actor, programme: str = "") -> QuerySet[Service]:
    """The services an actor may know of, by name: of one programme, or of all in their role's scope."""
    programme = programme or actor.programme
    require("place.read", actor, programme)
    record(actor, "list", "service", detail={"programme": programme})
    services = Service.objects.filter(_known_to(actor))
    if programme:
        services = services.filter(programme=programme)
    return services.order_by("name", "id")


def list_counted_services(actor: Actor, programme: str = "") -> QuerySet[Service]:
    """The services whose places an actor may count, by name. Raises `Refused`.

    Counts say where: what is at a secret address is among them for its own organisation only, whoever asks.
    """
    programme = programme or actor.programme
    require("place.count", actor, programme)
    record(actor, "list", "place.count", detail={"programme": programme})
    told = Q(secret=False) & (Q(location=None) | Q(location__secret=False))
    services = Service.objects.filter(told | Q(organisation=actor.organisation_id))
    if programme:
        services = services.filter(programme=programme)
    return services.select_related("organisation", "location").order_by("name", "id")


def list_awards(actor: Actor, programme: str = "") -> QuerySet[Award]:
    """The awards of growth that an actor may know of, with whom they are of. Raises `Refused`."""
    programme = programme or actor.programme
    require("growth.read", actor, programme)
    record(actor, "list", "award", detail={"programme": programme})
    found = Award.objects.filter(Q(service=None) | _known_to(actor, "service__"))
    if programme:
        found = found.filter(programme=programme)
    return found.select_related("organisation", "service")


def get_award(actor: Actor, id: int) -> Award:
    """The award with this number, to keep. Raises `Refused`, the same whether it exists or not."""
    require("growth.decide", actor, actor.programme)
    found = Award.objects.filter(Q(service=None) | _known_to(actor, "service__"), pk=id).first()
    if found is None or not may("growth.decide", actor, found.programme):
        record(actor, "refused", "award", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found)
    return found


def get_service(actor: Actor, id: int) -> Service:
    """The service with this number. Raises `Refused`, the same whether it exists or not."""
    found = Service.objects.filter(_known_to(actor), pk=id).first()
    return _seen(actor, "service", id, found, found)


def get_unit(actor: Actor, id: int) -> Unit:
    """The place with this number, with its service. Raises `Refused`, the same whether it exists or not."""
    found = Unit.objects.filter(_known_to(actor, "service__"), pk=id).select_related("service").first()
    return _seen(actor, "unit", id, found, found and found.service)


def get_hold(actor: Actor, id: int) -> Hold:
    """The hold with this number, by somebody of an actor's organisation or on a place of it; the look is logged.

    Raises `Refused`, the same whether it exists or not.
    """
    holds = Hold.objects.select_related("unit__service", "membership", "request")
    found = holds.filter(_known_to(actor, "unit__service__"), pk=id).first()
    if found and not (concerns(actor, found) and _may_know(actor, found)):
        found = None
    hold = _seen(actor, "hold", id, found, found and found.unit.service)
    record(actor, "read", hold, person_id=hold.request.person_id if hold.request else None)
    return hold


def _may_know(actor: Actor, hold: Hold) -> bool:
    """Whether a hold is for nobody in particular, or for somebody of whom the actor may know."""
    return hold.request is None or hold.request.person_id not in kept_from(actor)


def is_of(actor: Actor, service: Service) -> bool:
    """Whether an actor works for the organisation of a service; a command does for all."""
    return actor.role == COMMAND or service.organisation_id == actor.organisation_id


def concerns(actor: Actor, hold: Hold) -> bool:
    """Whether a hold was made by an actor's organisation, or on a place of it."""
    made_by = hold.membership.organisation_id if hold.membership else None
    return is_of(actor, hold.unit.service) or (made_by is not None and made_by == actor.organisation_id)


def may_settle(verb: str, actor: Actor, hold: Hold) -> bool:
    """Whether an actor may say that who is held for comes: the organisation of the place, or by another verb than its
    own (a desk that settled it with that organisation) who made the hold.
    """
    return is_of(actor, hold.unit.service) if verb == "place.confirm" else concerns(actor, hold)


def require_of(verb: str, actor: Actor, service: Service, allowed: bool) -> None:
    """Raise `Refused`, and log it, unless the matrix gives the verb and `allowed` says that this one is theirs."""
    require(verb, actor, service.programme)
    if not allowed:
        record(actor, "refused", verb, detail={"object": str(service.pk)})
        raise Refused()


def require_own(verb: str, actor: Actor, organisation: Organisation, programme: str = "") -> None:
    """Raise `Refused`, and log it, unless the matrix gives the verb and the organisation is the actor's own."""
    require(verb, actor, programme or actor.programme)
    if actor.role != COMMAND and organisation.pk != actor.organisation_id:
        record(actor, "refused", verb, detail={"object": str(organisation.pk)})
        raise Refused()


def knows(actor: Actor, service: Service) -> bool:
    """Whether an actor may know of a service: its own organisation, or the desk that looks for safe places."""
    return not service.secret or is_of(actor, service) or may("place.secret", actor, service.programme)


def _known_to(actor: Actor, path: str = "") -> Q:
    if actor.role == COMMAND or may("place.secret", actor, actor.programme):
        return Q()
    return Q(**{f"{path}secret": False}) | Q(**{f"{path}organisation": actor.organisation_id})


def _seen(actor: Actor, kind: str, asked: int, found, service: Service | None):
    if found is None or service is None or not may("place.read", actor, service.programme):
        record(actor, "refused", kind, detail={"asked": str(asked)[:20]})
        raise Refused()
    return found
