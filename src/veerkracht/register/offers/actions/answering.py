"""What is answered to an offer: accepted with a day of arrival, declined with a reason; or the home takes it back."""

from datetime import date, timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.offers.access import require_answer, require_of
from veerkracht.register.offers.effects import take_effect
from veerkracht.register.offers.models import LIVE_OFFERS, Offer, Vacancy
from veerkracht.register.offers.rules import clean, decline_of, end_of, rules_of
from veerkracht.register.offers.writing import Said, let_go, locked_in_order, offer_becomes, vacancy_becomes
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.register.supply.actions.holds import keep_longer
from veerkracht.register.supply.models import Hold
from veerkracht.rulebook.types import Text


def accept_offer(offer: Offer, *, by: Actor, arrives_on: date, version: int | None = None) -> Offer:
    """Say that they take the place, all of them, and on which day they come. `version`: what was seen.

    For who is offered it, for who speaks for them, and for the home that writes down what it was told. Raises
    `Conflict` when the term has passed, it was answered already or somebody was before us, and `Invalid` for a day
    before today or later than the place is kept.
    """
    require_answer(by, offer)
    _check_arrival(offer, arrives_on)
    with said(), transaction.atomic():
        offer = _running(offer, version)
        places = list(offer.places.order_by("pk"))
        vacancies = locked_in_order(Vacancy, [place.vacancy_id for place in places])
        days = rules_of(offer.service.programme).number("arrival-days", clock.today())
        # Kept beyond the day itself: who comes a day late still has their place.
        holds = locked_in_order(Hold, [place.hold_id for place in places])
        keep_longer(holds, by=by, until=end_of(arrives_on + timedelta(days=days)))
        offer_becomes(offer, "accepted", by, Said(arrives_on=arrives_on))
        for vacancy in vacancies:
            vacancy_becomes(vacancy, "accepted", by)
    return offer


def decline_offer(
    offer: Offer, *, by: Actor, reason: str, text: str = "", version: int | None = None
) -> Offer:
    """Say that they do not take the place, and why; what that does to their place on the list is the region's word.

    For whom `accept_offer` is. Raises `Conflict` as there, and `Invalid` for a reason that isn't known.
    """
    require_answer(by, offer)
    decline = decline_of(offer.service.programme, reason)
    text = clean(text, "text")
    with said(), transaction.atomic():
        offer = _running(offer, version)
        let_go(offer, "declined", by, Said(reason=decline.id, text=text))
        take_effect(decline, [place.entry for place in offer.places.select_related("entry")], by)
    return offer


def withdraw_offer(offer: Offer, *, by: Actor, why: str, version: int | None = None) -> Offer:
    """Take an offer back, also one that was accepted and whom it is for will not come; their place on the list stays.

    Raises `Conflict` when it is over already or somebody was before us, and `Invalid` without a reason.
    """
    require_of("offer.make", by, offer.service)
    why = clean(why, "why")
    if not why:
        raise Invalid(Text(nl="Zeg waarom.", en="Say why."), "why")
    with said(), transaction.atomic():
        offer = locked(offer, version)
        if offer.state not in LIVE_OFFERS:
            raise Conflict(answered_text(offer))
        let_go(offer, "withdrawn", by, Said(text=why))
    return offer


def _running(offer: Offer, version: int | None) -> Offer:
    """The offer as it is now, locked, as long as it can be answered."""
    offer = locked(offer, version)
    if offer.state != "made":
        raise Conflict(answered_text(offer))
    if offer.until <= clock.now():
        raise Conflict(
            Text(
                nl=f"De termijn van dit aanbod is voorbij: hij liep tot {offer.until:%d-%m-%Y}.",
                en=f"The term of this offer has passed: it ran until {offer.until:%d-%m-%Y}.",
            )
        )
    return offer


_STATES = {
    "accepted": Text(nl="al aanvaard", en="accepted already"),
    "declined": Text(nl="al geweigerd", en="declined already"),
    "lapsed": Text(nl="vervallen: de termijn is voorbij", en="lapsed: its term has passed"),
    "withdrawn": Text(nl="ingetrokken door het woonzorgcentrum", en="withdrawn by the home"),
    "fulfilled": Text(nl="al ingelost: de persoon is er", en="fulfilled already: the person is there"),
}


def answered_text(offer: Offer) -> Text:
    """That an offer can't be answered any more, and why."""
    return Text(nl="Dit aanbod is {state}.", en="This offer is {state}.").fill(state=_STATES[offer.state])


def _check_arrival(offer: Offer, arrives_on: date) -> None:
    today = clock.today()
    last = today + timedelta(days=rules_of(offer.service.programme).number("arrival-days", today))
    if not today <= arrives_on <= last:
        raise Invalid(
            Text(
                nl=f"De plaats wordt vrijgehouden tot {last:%d-%m-%Y}: kies een dag vanaf vandaag. "
                f"Gevonden: {arrives_on:%d-%m-%Y}.",
                en=f"The place is kept until {last:%d-%m-%Y}: choose a day from today on. "
                f"Found: {arrives_on:%d-%m-%Y}.",
            ),
            "arrives_on",
        )
