"""The gates to vacancies and offers: those of an organisation for who works there, and somebody's own for themself."""

from django.db.models import Q, QuerySet

from veerkracht import region
from veerkracht.register.care.access import whom
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.offers.models import Offer, Vacancy
from veerkracht.register.people.actors import COMMAND, PERSON, Actor
from veerkracht.register.permissions import kept_from, may, only_looks, require
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.models import Service


def require_of(verb: str, actor: Actor, service: Service) -> None:
    """Raise `Refused`, and log it, unless an actor may do this for the organisation of a service."""
    require(verb, actor, service.programme)
    if not is_of(actor, service):
        record(actor, "refused", verb, detail={"object": str(service.pk)})
        raise Refused()


def require_answer(actor: Actor, offer: Offer) -> None:
    """Raise `Refused`, and log it, unless an actor may answer an offer: for the home, or for one whom it is for."""
    if actor.role != PERSON:
        require_of("offer.make", actor, offer.service)
        return
    requests = [place.entry.request for place in offer.places.select_related("entry__request__person")]
    if not any(may("offer.answer", actor, request) for request in requests):
        # Of a couple's offer somebody may look at the file of one alone.
        require("offer.answer", actor, next((one for one in requests if only_looks(actor, one)), requests[0]))


def list_services(actor: Actor) -> QuerySet[Service]:
    """The services whose vacancies and offers an actor may see: of programmes whose places are offered, of their own
    organisation or all for a command.
    """
    require("offer.read", actor, actor.programme)
    record(actor, "list", "offer")
    programmes = {actor.programme} if actor.programme else set(region.current().offers)
    return Service.objects.filter(_own(actor), programme__in=programmes & set(region.current().offers))


def get_service(actor: Actor, id: int) -> Service:
    """A service whose vacancies and offers an actor may see; the look is logged.

    Raises `Refused`, the same whether it exists or not.
    """
    found = Service.objects.filter(_own(actor), pk=id).first()
    service = _seen(actor, "service", id, found, found)
    record(actor, "read", service)
    return service


def get_vacancy(actor: Actor, id: int) -> Vacancy:
    """A vacancy, with its unit and service. Raises `Refused`, the same whether it exists or not."""
    vacancies = Vacancy.objects.select_related("unit__service")
    found = vacancies.filter(_own(actor, "unit__service__"), pk=id).first()
    vacancy = _seen(actor, "vacancy", id, found, found and found.unit.service)
    record(actor, "read", vacancy)
    return vacancy


def get_offer(actor: Actor, id: int) -> Offer:
    """An offer of an actor's own organisation, or for themself or whom they are here for; the look is logged.

    Raises `Refused`, the same whether it exists or not.
    """
    found = Offer.objects.select_related("service").filter(pk=id).first()
    if found is None or not _may_see(actor, found):
        record(actor, "refused", "offer", detail={"asked": str(id)[:20]})
        raise Refused()
    for person in _people(found):
        record(actor, "read", found, person_id=person)
    return found


def my_offers(actor: Actor, number: str = "") -> QuerySet[Offer]:
    """The offers for an actor, or for the person with this number for whom they speak, last first; the look is logged.

    Raises `Refused` for who is not a person who asks, and for anybody they don't speak for.
    """
    person = whom(actor, number)
    record(actor, "read", "offer", person_id=person.pk)
    mine = Offer.objects.filter(places__entry__request__person=person).distinct()
    return mine.select_related("service__organisation").order_by("-made_at", "-pk")


def _may_see(actor: Actor, offer: Offer) -> bool:
    """Whether an offer is for an actor or whom they are here for, or of their home for somebody they may know of."""
    if actor.role == PERSON:
        places = offer.places.select_related("entry__request__person")
        return any(may("request.read", actor, place.entry.request) for place in places)
    is_ours = may("offer.read", actor, offer.service.programme) and is_of(actor, offer.service)
    return is_ours and not set(_people(offer)) & set(kept_from(actor))


def _people(offer: Offer) -> list[int]:
    return list(offer.places.order_by("pk").values_list("entry__request__person", flat=True))


def _own(actor: Actor, path: str = "") -> Q:
    return Q() if actor.role == COMMAND else Q(**{f"{path}organisation": actor.organisation_id})


def _seen(actor: Actor, kind: str, asked: int, found, service: Service | None):
    if found is None or service is None or not may("offer.read", actor, service.programme):
        record(actor, "refused", kind, detail={"asked": str(asked)[:20]})
        raise Refused()
    return found
