"""One offer with all that happened to it, for its home; and the letter about it, for whom it is for."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from veerkracht.region.offers import Decline, OfferRules
from veerkracht.register import clock
from veerkracht.register.offers.models import Offer, PassedOver
from veerkracht.register.offers.queries.views import (
    SHIELDED,
    OfferView,
    StepView,
    offer_views,
    step_views,
    with_steps,
)
from veerkracht.register.offers.rules import rules_of
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import kept_from, may
from veerkracht.register.residence.models import Residence
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class PassingView:
    """Who was passed over for an offer, why, and who signed for it."""

    person: Text
    reason: Text
    text: str
    by: str


@dataclass(frozen=True)
class CameView:
    """Somebody who came on an offer, and the number of their stay."""

    person: Text
    stay: int


@dataclass(frozen=True)
class OfferPage:
    """`declines`: the reasons that can be given today. `came`: who came of whom the reader may know. `may_change`:
    whether the reader may record what happens.
    """

    offer: OfferView
    service: int
    steps: tuple[StepView, ...]
    passed_over: tuple[PassingView, ...]
    came: tuple[CameView, ...]
    declines: tuple[Decline, ...]
    may_change: bool


@dataclass(frozen=True)
class OfferLetter:
    """What whom an offer is for is told. `language`: theirs; `latest_arrival_days`: within how many days they come."""

    offer: OfferView
    organisation: str
    language: str
    fictitious: bool
    on: date
    declines: tuple[Decline, ...]
    latest_arrival_days: int


def offer_page(actor: Actor, offer: Offer) -> OfferPage:
    """An offer for its home; `offer`: by the gate (`access.get_offer`)."""
    kept = frozenset(kept_from(actor))
    row, view = _row(offer, kept)
    rules = rules_of(offer.service.programme)
    passed = PassedOver.objects.filter(offer=offer).select_related("entry__request__person").order_by("pk")
    return OfferPage(
        offer=view,
        service=offer.service_id,
        steps=step_views(row),
        passed_over=tuple(_passing(one, rules, kept) for one in passed),
        came=_came(row, kept) if row.state == "fulfilled" else (),
        declines=rules.declines_on(clock.today()),
        may_change=may("offer.make", actor, offer.service.programme),
    )


def offer_letter(actor: Actor, offer: Offer) -> OfferLetter:
    """The letter about an offer, for its home to send and for whom it is for; `offer`: by the gate."""
    row, view = _row(offer, frozenset(kept_from(actor)))
    rules, on = rules_of(offer.service.programme), localdate(offer.made_at)
    first = row.places.all()[0].entry.request.person
    return OfferLetter(
        offer=view,
        organisation=row.service.organisation.name,
        language=first.language,
        fictitious=first.fictitious,
        on=on,
        declines=rules.declines_on(on),
        latest_arrival_days=rules.number("arrival-days", on),
    )


def _row(offer: Offer, kept: frozenset[int]) -> tuple[Offer, OfferView]:
    row = with_steps(Offer.objects.filter(pk=offer.pk)).get()
    return row, offer_views([row], kept)[0]


def _came(row: Offer, kept: frozenset[int]) -> tuple[CameView, ...]:
    requests = [place.entry.request_id for place in row.places.all()]
    stays = Residence.objects.filter(request__in=requests, service=row.service_id).exclude(person__in=kept)
    found = stays.select_related("person").order_by("pk")
    return tuple(CameView(Text(str(one.person), str(one.person)), one.pk) for one in found)


def _passing(one: PassedOver, rules: OfferRules, kept: frozenset[int]) -> PassingView:
    person = one.entry.request.person
    reason = rules.passing(one.reason, localdate(one.recorded_at))
    return PassingView(
        person=SHIELDED if person.pk in kept else Text(str(person), str(person)),
        reason=reason.name if reason else Text(one.reason, one.reason),
        text=one.text,
        by=one.by_name,
    )
