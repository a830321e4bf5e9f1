"""An offer ends by itself when one whom it is for died or no longer asks: the place is free for the next."""

from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from veerkracht.register.care.models import Request
from veerkracht.register.offers.models import Offer
from veerkracht.register.offers.writing import Said, let_go, locked_in_order
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person

_DIED, _STOPPED = "died", "no-longer-asks"


def end_of_death(person: Person, by: Actor, on: date) -> None:
    """Withdraw what is offered to a person who died, whole: who was to come along is offered anew, not half."""
    _withdraw(Q(places__entry__request__person=person), by, on, _DIED)


def end_of_request(request: Request, by: Actor, on: date) -> None:
    """Withdraw what is offered for a request that ends."""
    _withdraw(Q(places__entry__request=request), by, on, _STOPPED)


def _withdraw(whose: Q, by: Actor, on: date, reason: str) -> None:
    live = Offer.objects.filter(whose, places__live=True).values_list("pk", flat=True)
    for offer in locked_in_order(Offer, live):
        let_go(offer, "withdrawn", by, Said(on=max(on, localdate(offer.made_at)), reason=reason))
