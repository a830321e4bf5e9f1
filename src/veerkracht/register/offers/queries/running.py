"""Whom on its list a home offers a place now."""

from dataclasses import dataclass
from datetime import date, datetime

from veerkracht.register import clock
from veerkracht.register.offers import access
from veerkracht.register.offers.models import LIVE_OFFERS, OfferedPlace
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service


@dataclass(frozen=True)
class Running:
    """An offer that is not over. `state`: as it stands, or "overdue": its term has passed and nobody answered."""

    offer: int
    state: str
    until: datetime
    arrives_on: date | None


def running(actor: Actor, service: Service) -> dict[int, Running]:
    """By entry on the list of a home, the offer that runs for it; one query. Raises `Refused` for another's home."""
    access.require_of("offer.read", actor, service)
    places = OfferedPlace.objects.filter(offer__service=service, offer__state__in=LIVE_OFFERS)
    return {place.entry_id: _running(place) for place in places.select_related("offer")}


def _running(place: OfferedPlace) -> Running:
    offer = place.offer
    is_overdue = offer.state == "made" and offer.until <= clock.now()
    return Running(offer.pk, "overdue" if is_overdue else offer.state, offer.until, offer.arrives_on)
