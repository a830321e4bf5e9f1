"""Who accepted a place comes: their stay begins, and their other entries follow the region's word."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.lists.actions import after_admission
from veerkracht.register.offers.access import require_of
from veerkracht.register.offers.actions.answering import answered_text
from veerkracht.register.offers.models import Offer, Vacancy
from veerkracht.register.offers.writing import Said, locked_in_order, offer_becomes, vacancy_becomes
from veerkracht.register.people.actors import Actor
from veerkracht.register.residence.actions import start_stay
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text

NOT_ACCEPTED = Text(
    nl="Dit aanbod is nog niet aanvaard: neem eerst het antwoord op.",
    en="This offer has not been accepted yet: record the answer first.",
)
NOT_READY = Text(
    nl="De plaats was pas klaar op {day}: kies die dag of een latere.",
    en="The place was ready on {day} only: choose that day or a later one.",
)


def admit(offer: Offer, *, by: Actor, on: date | None = None, version: int | None = None) -> Offer:
    """Say that they came on a day (today), all of them: their stays begin, and the place is filled.

    What becomes of their entries elsewhere is the region's word. Raises `Conflict` for an offer that was not accepted
    or whose place is no longer kept, `Invalid` for a day on which the place was not ready yet, and what `start_stay`
    raises for a person or a day that can't be.
    """
    require_of("offer.make", by, offer.service)
    on = on or clock.today()
    with said(), transaction.atomic():
        offer = locked(offer, version)
        if offer.state != "accepted":
            raise Conflict(NOT_ACCEPTED if offer.state == "made" else answered_text(offer))
        places = list(offer.places.select_related("hold__request", "entry__request").order_by("pk"))
        vacancies = locked_in_order(Vacancy, [place.vacancy_id for place in places])
        ready_on = max(vacancy.ready_on for vacancy in vacancies)
        if on < ready_on:
            raise Invalid(NOT_READY.fill(day=ready_on), "on")
        # First: a place that is still offered is not confirmed.
        offer_becomes(offer, "fulfilled", by, Said(on=on, arrives_on=on))
        start_stay([place.hold for place in places], by=by, on=on)
        for vacancy in vacancies:
            vacancy_becomes(vacancy, "filled", by)
        for place in places:
            after_admission(place.entry.request, offer.service, by=by, on=on)
    return offer
