"""An offer as its home and whom it is for see it; for several offers in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from veerkracht.region.offers import Decline
from veerkracht.register import clock
from veerkracht.register.offers.models import Offer, OfferedPlace, OfferStep
from veerkracht.register.offers.rules import rules_of
from veerkracht.rulebook.types import Text

# Who may not be known stands there without a name.
SHIELDED = Text(nl="Afgeschermd dossier", en="Shielded file")


@dataclass(frozen=True)
class OfferView:
    """`state`: as it stands; "overdue": made, its term has passed, and nobody wrote that down yet. `people`, `rooms`:
    in one order. `late`: they said a day of arrival that has passed. `shielded`: the reader may not know of one.
    """

    id: int
    service: str
    state: str
    people: tuple[Text, ...]
    rooms: tuple[str, ...]
    made_at: datetime
    until: datetime
    arrives_on: date | None
    place_in_order: int
    of_how_many: int
    signed_by: str
    version: int
    late: bool
    shielded: bool

    @property
    def runs(self) -> bool:
        """Whether it can be answered now."""
        return self.state == "made"


@dataclass(frozen=True)
class StepView:
    """What happened to an offer. `reason`: of the region's file, or None; `effect`: what it meant for the list."""

    kind: str
    on: date
    at: datetime
    by: str
    reason: Text | None
    effect: Text | None
    text: str


def with_places(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Offers with what a view of them needs: two queries for however many."""
    places = OfferedPlace.objects.select_related("vacancy__unit", "entry__request__person").order_by("pk")
    return offers.select_related("service__organisation").prefetch_related(Prefetch("places", places))


def with_steps(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """As `with_places`, with what happened to them: one query more."""
    return with_places(offers).prefetch_related(Prefetch("steps", OfferStep.objects.order_by("pk")))


def offer_views(offers: Iterable[Offer], kept: Iterable[int]) -> tuple[OfferView, ...]:
    """Views of offers that came with their places. `kept`: people of whom the reader may not know."""
    hidden, now, today = frozenset(kept), clock.now(), clock.today()
    return tuple(_view(offer, hidden, now, today) for offer in offers)


def _view(offer: Offer, hidden: frozenset[int], now: datetime, today: date) -> OfferView:
    places = list(offer.places.all())
    people = [place.entry.request.person for place in places]
    return OfferView(
        id=offer.pk,
        service=offer.service.name,
        state="overdue" if offer.state == "made" and offer.until <= now else offer.state,
        people=tuple(SHIELDED if one.pk in hidden else Text(str(one), str(one)) for one in people),
        rooms=tuple(place.vacancy.unit.name for place in places),
        made_at=offer.made_at,
        until=offer.until,
        arrives_on=offer.arrives_on,
        place_in_order=offer.place_in_order,
        of_how_many=offer.of_how_many,
        signed_by=offer.signed_by_name,
        version=offer.version,
        late=offer.state == "accepted" and offer.arrives_on is not None and offer.arrives_on < today,
        shielded=any(one.pk in hidden for one in people),
    )


def step_views(offer: Offer) -> tuple[StepView, ...]:
    """What happened to an offer that came with its steps, the first first."""
    rules = rules_of(offer.service.programme)
    steps = offer.steps.all()
    return tuple(_step(step, rules.decline(step.reason, localdate(step.recorded_at))) for step in steps)


def _step(step: OfferStep, decline: Decline | None) -> StepView:
    reason = decline.name if decline else _BY_ITSELF.get(step.reason)
    return StepView(
        kind=step.kind,
        on=step.holds_from,
        at=step.recorded_at,
        by=step.by_name,
        reason=reason,
        effect=decline.text if decline else None,
        text=step.text,
    )


# Why an offer ends by itself (`ending`).
_BY_ITSELF = {
    "died": Text(nl="Overleden", en="Died"),
    "no-longer-asks": Text(nl="Vraagt geen plaats meer", en="No longer asks for a place"),
}
