"""Offers whose term has passed without an answer: the place goes to the next."""

from django.db import transaction

from veerkracht.region.offers import NO_ANSWER
from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.offers.effects import take_effect
from veerkracht.register.offers.models import Offer
from veerkracht.register.offers.rules import rules_of
from veerkracht.register.offers.writing import Said, let_go
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.models import Service


def lapse_offers(*, by: Actor) -> list[Offer]:
    """Write down which offers nobody answered in time: those of an actor's organisation, or all for a command.

    They could no longer be accepted before this either. What that does to a place on the list is the region's word.
    """
    require("offer.lapse", by, by.programme)
    over = Offer.objects.filter(state="made", until__lte=clock.now()).select_related("service")
    if by.programme:
        over = over.filter(service__programme=by.programme)
    return _lapse([offer for offer in over.order_by("pk") if is_of(by, offer.service)], by)


def lapse_of(service: Service, *, by: Actor) -> None:
    """Write off the offers of a service whose term has passed, for an action that asked and offers a place there: who
    did not answer is not before who is next, and their place is free.
    """
    over = Offer.objects.filter(service=service, state="made", until__lte=clock.now())
    _lapse(list(over.select_related("service").order_by("pk")), by)


def _lapse(over: list[Offer], by: Actor) -> list[Offer]:
    """Each in a transaction of its own: one that somebody is busy with keeps no other back."""
    return [offer for offer in over if _lapsed(offer, by)]


def _lapsed(offer: Offer, by: Actor) -> bool:
    rules = rules_of(offer.service.programme)
    with said(), transaction.atomic():
        # Locked, so that an answer that just came in time is seen.
        offer = locked(offer)
        if offer.state != "made":
            return False
        let_go(offer, "lapsed", by, Said(reason=NO_ANSWER))
        decline = rules.decline(NO_ANSWER, clock.today())
        if decline is not None:
            take_effect(decline, [place.entry for place in offer.places.select_related("entry")], by)
    return True
