"""The gates to quality indicators. Those of a secret service do not exist for who is not of its organisation.

Who reads sees organisations by name, never residents; who records does so for their own organisation.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from veerkracht.region.quality import Indicator
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.permissions import require
from veerkracht.register.quality.measured import definitions, indicator_of
from veerkracht.register.quality.models import Improvement, IndicatorValue
from veerkracht.register.supply.models import Service


def list_indicators(actor: Actor) -> dict[str, Indicator]:
    """The indicators that an actor may know the values of, by id in the file's order: of their programme, or all."""
    require("quality.read", actor, actor.programme)
    record(actor, "list", "indicatorvalue")
    quality = definitions()
    found = quality.indicators if quality else {}
    return {id: one for id, one in found.items() if covers(actor, one)}


def get_indicator(actor: Actor, id: str) -> Indicator:
    """The indicator with this id. Raises `Refused` when it isn't there or isn't the actor's."""
    found = list_indicators(actor).get(id)
    if found is None:
        record(actor, "refused", "indicator", detail={"asked": id[:60]})
        raise Refused()
    return found


def list_values(actor: Actor) -> QuerySet[IndicatorValue]:
    """The values that hold and that an actor may know of, with whom they are of, oldest first."""
    known = list_indicators(actor)
    values = in_force().filter(known_to(actor), indicator__in=known)
    return values.select_related("organisation", "service").order_by("from_date", "pk")


def list_improvements(actor: Actor) -> QuerySet[Improvement]:
    """What organisations did, as far as an actor may know of it, oldest first."""
    require("quality.read", actor, actor.programme)
    record(actor, "list", "improvement")
    found = Improvement.objects.filter(known_to(actor)).select_related("organisation", "service")
    return found.prefetch_related("aims").order_by("from_date", "pk")


def get_organisation(actor: Actor, id: int) -> Organisation:
    """The organisation with this number; organisations are public bodies. Raises `Refused` when there is none."""
    require("quality.read", actor, actor.programme)
    found = Organisation.objects.filter(pk=id).first()
    if found is None:
        record(actor, "refused", "organisation", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found, detail={"what": "quality"})
    return found


def get_value(actor: Actor, id: int) -> IndicatorValue:
    """A value, in whatever version, that an actor may correct. Raises `Refused`, the same whether it exists or not."""
    require("quality.record", actor, actor.programme)
    found = (
        IndicatorValue.objects.filter(_own(actor), pk=id).select_related("organisation", "service").first()
    )
    quality = definitions()
    if found is None or (quality and found.indicator not in quality.indicators):
        record(actor, "refused", "indicatorvalue", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found)
    return found


def get_improvement(actor: Actor, id: int) -> Improvement:
    """An improvement that an actor may end. Raises `Refused`, the same whether it exists or not."""
    require("quality.record", actor, actor.programme)
    found = Improvement.objects.filter(_own(actor), pk=id).select_related("organisation", "service").first()
    if found is None:
        record(actor, "refused", "improvement", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found)
    return found


def list_own_services(actor: Actor) -> QuerySet[Service]:
    """The services for which an actor may report values, by name."""
    require("quality.record", actor, actor.programme)
    record(actor, "list", "service", detail={"what": "quality"})
    services = Service.objects.filter(_own(actor)).select_related("organisation")
    if actor.programme:
        services = services.filter(programme=actor.programme)
    return services.order_by("organisation__name", "name", "pk")


def list_own_organisations(actor: Actor) -> QuerySet[Organisation]:
    """The organisations for which an actor may report values, by name: their own, or all for a command."""
    require("quality.record", actor, actor.programme)
    record(actor, "list", "organisation", detail={"what": "quality"})
    found = Organisation.objects.order_by("name", "pk")
    return found if actor.role == COMMAND else found.filter(pk=actor.organisation_id)


def require_recorder(actor: Actor, organisation: Organisation, indicators: Iterable[str] = ()) -> None:
    """Raise `Refused`, and log it, unless an actor may report values of an organisation.

    Raises `Invalid` for an indicator that isn't there.
    """
    require("quality.record", actor, actor.programme)
    if not is_of(actor, organisation.pk) or not all(covers(actor, indicator_of(id)) for id in indicators):
        record(actor, "refused", "quality.record", detail={"object": str(organisation.pk)})
        raise Refused()


def is_of(actor: Actor, organisation_id: int) -> bool:
    """Whether an actor works for an organisation; a command does for all."""
    return actor.role == COMMAND or organisation_id == actor.organisation_id


def covers(actor: Actor, indicator: Indicator) -> bool:
    """Whether an indicator is of the programme that a role is for, or of none in particular."""
    return not actor.programme or indicator.programme in ("", actor.programme)


def in_force() -> QuerySet[IndicatorValue]:
    """Of each value the last version, unless that took it away."""
    later = IndicatorValue.objects.filter(
        organisation=OuterRef("organisation"),
        indicator=OuterRef("indicator"),
        from_date=OuterRef("from_date"),
        version__gt=OuterRef("version"),
    )
    # Apart, since to a database no service does not equal no service.
    of_whole = Q(service=None) & ~Exists(later.filter(service=None))
    of_service = Q(service__isnull=False) & ~Exists(later.filter(service=OuterRef("service")))
    return IndicatorValue.objects.filter(of_whole | of_service, withdrawn=False)


def known_to(actor: Actor) -> Q:
    """Rows about an organisation as a whole, a service that is no secret, or one's own."""
    if actor.role == COMMAND:
        return Q()
    return Q(service=None) | Q(service__secret=False) | Q(organisation=actor.organisation_id)


def _own(actor: Actor) -> Q:
    return Q() if actor.role == COMMAND else Q(organisation=actor.organisation_id)
