"""The gates to what is noted of homes from outside."""

from django.db.models import Q, QuerySet

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.permissions import require
from veerkracht.register.quality.judged import threshold
from veerkracht.register.quality.measured import definitions
from veerkracht.register.quality.models import Signal
from veerkracht.register.supply.models import Service


def list_signals(actor: Actor, service: int | None = None) -> QuerySet[Signal]:
    """The signals that hold, on services an actor may know of, newest first: of one service, or of all."""
    require("signal.read", actor, actor.programme)
    record(actor, "list", "signal", detail={"service": service})
    found = Signal.objects.filter(_known_to(actor), corrected_by=None, withdrawn=False)
    if actor.programme:
        found = found.filter(service__programme=actor.programme)
    if service is not None:
        found = found.filter(service=service)
    return found.select_related("service").order_by("-from_date", "-pk")


def list_public_signals(service: Service) -> list[Signal]:
    """What everybody may read of a service, newest first: the kinds that the region makes public, and of counts only
    those that are not small. Nothing of a secret service.
    """
    quality = definitions()
    kinds = [one for one in quality.signals.values() if one.public] if quality else []
    lasting, counted = (
        Q(kind__in=[one.id for one in kinds if one.lasts is lasts]) for lasts in (True, False)
    )
    found = Signal.objects.filter(
        lasting | (counted & Q(count__gte=threshold())),
        service=service,
        service__secret=False,
        corrected_by=None,
        withdrawn=False,
    )
    return list(found.order_by("-from_date", "-pk"))


def get_signal(actor: Actor, id: int) -> Signal:
    """A signal, in whatever version, that an actor may correct. Raises `Refused`, the same whether it exists or not."""
    require("signal.record", actor, actor.programme)
    found = Signal.objects.filter(_known_to(actor), pk=id).select_related("service__organisation").first()
    if found is None or actor.programme not in ("", found.service.programme):
        record(actor, "refused", "signal", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found)
    return found


def _known_to(actor: Actor) -> Q:
    if actor.role == COMMAND:
        return Q()
    return Q(service__secret=False) | Q(service__organisation=actor.organisation_id)
