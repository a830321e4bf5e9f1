"""What a person, or who speaks for them, sees of the places offered to them, and of those that passed them by."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from veerkracht.region.offers import Decline
from veerkracht.register import clock
from veerkracht.register.offers import access
from veerkracht.register.offers.models import Offer, PassedOver
from veerkracht.register.offers.queries.views import OfferView, StepView, offer_views, step_views, with_steps
from veerkracht.register.offers.rules import rules_of
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class MyOffer:
    """An offer with what was said of it, and what each way to decline would do."""

    offer: OfferView
    organisation: str
    steps: tuple[StepView, ...]
    declines: tuple[Decline, ...]
    latest_arrival_days: int


@dataclass(frozen=True)
class MyPassing:
    """A place that was offered to somebody who stood lower: where, when, why and who signed for it."""

    service: str
    on: date
    reason: Text
    text: str
    by: str


def my_offers(actor: Actor, number: str = "") -> list[MyOffer]:
    """Somebody's offers, the last first. Raises `Refused` for anybody but them and who speaks for them."""
    found, today = list(with_steps(access.my_offers(actor, number))), clock.today()
    return [_mine(offer, view, today) for offer, view in zip(found, offer_views(found, ()), strict=True)]


def my_passings(actor: Actor, number: str = "") -> list[MyPassing]:
    """The places for which somebody was passed over, the last first. Raises as `my_offers`."""
    person = access.whom(actor, number)
    found = PassedOver.objects.filter(entry__request__person=person).select_related("offer__service")
    return [_passing(one) for one in found.order_by("-recorded_at", "-pk")]


def _mine(offer: Offer, view: OfferView, today: date) -> MyOffer:
    rules = rules_of(offer.service.programme)
    return MyOffer(
        offer=view,
        organisation=offer.service.organisation.name,
        steps=step_views(offer),
        declines=rules.declines_on(today),
        latest_arrival_days=rules.number("arrival-days", today),
    )


def _passing(one: PassedOver) -> MyPassing:
    on = localdate(one.recorded_at)
    reason = rules_of(one.offer.service.programme).passing(one.reason, on)
    return MyPassing(one.offer.service.name, on, reason.text if reason else Text(), one.text, one.by_name)
