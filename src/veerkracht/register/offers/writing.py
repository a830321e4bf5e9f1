"""How vacancies and offers change: the one place where their states and steps are written.

Only for actions that asked whether somebody may, on rows that are new or locked, in the transaction of the change.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db import models

from veerkracht.register import clock
from veerkracht.register.log.record import record
from veerkracht.register.offers.models import (
    LIVE_OFFERS,
    Offer,
    OfferedPlace,
    OfferStep,
    Vacancy,
    VacancyStep,
)
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Hold
from veerkracht.register.supply.writing import become as hold_becomes
from veerkracht.register.supply.writing import give_back

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Said:
    """What goes with a step of an offer: from which day it holds (today), the reason, words, and the day of arrival."""

    on: date | None = None
    reason: str = ""
    text: str = ""
    arrives_on: date | None = None


NOTHING_MORE = Said()


def vacancy_becomes(vacancy: Vacancy, state: str, by: Actor, why: str = "") -> None:
    """Add a step and keep its state beside it."""
    # Never before the step before it, even when the machine's clock was set back.
    at = max(clock.now(), vacancy.updated_at)
    VacancyStep.objects.create(
        vacancy=vacancy,
        kind=state,
        ready_on=vacancy.ready_on,
        at=at,
        by_id=by.user_id,
        by_name=by.name,
        role=by.role,
        why=why,
    )
    is_new = vacancy.version == 0
    vacancy.state, vacancy.updated_at = state, at
    vacancy.version += 1
    vacancy.save(update_fields=["state", "version", "updated_at", "from_date", "ready_on"])
    detail = {"unit": vacancy.unit_id, "state": state, "ready": str(vacancy.ready_on)}
    record(by, "create" if is_new else "change", vacancy, detail=detail)


def offer_becomes(offer: Offer, state: str, by: Actor, said: Said = NOTHING_MORE) -> None:
    """Add a step and keep its state beside it, on the offer and on its places; logged for each person it is for."""
    at = max(clock.now(), offer.updated_at)
    OfferStep.objects.create(
        offer=offer,
        kind=state,
        holds_from=said.on or clock.today(),
        recorded_at=at,
        by_id=by.user_id,
        by_name=by.name,
        role=by.role,
        reason=said.reason,
        text=said.text,
        arrives_on=said.arrives_on,
    )
    is_new = offer.version == 0
    offer.state, offer.updated_at = state, at
    if said.arrives_on is not None:
        offer.arrives_on = said.arrives_on
    offer.version += 1
    offer.save(update_fields=["state", "version", "updated_at", "arrives_on"])
    if state not in LIVE_OFFERS:
        OfferedPlace.objects.filter(offer=offer).update(live=False)
    people = offer.places.order_by("pk").values_list("entry__request__person", flat=True)
    for person in people:
        record(by, "create" if is_new else "change", offer, person_id=person, detail={"state": state})


def let_go(offer: Offer, state: str, by: Actor, said: Said) -> None:
    """End an offer without an admission: its holds go, and its vacancies wait for the next."""
    places = list(offer.places.select_related("hold", "vacancy").order_by("pk"))
    vacancies = locked_in_order(Vacancy, [place.vacancy_id for place in places])
    for hold in locked_in_order(Hold, [place.hold_id for place in places]):
        # What the supply side wrote off already, as after a death, is let go.
        if hold.state == "held":
            is_over = hold.until <= clock.now()
            hold_becomes(hold, "lapsed", by) if is_over else give_back(hold, by)
    offer_becomes(offer, state, by, said)
    for vacancy in vacancies:
        vacancy_becomes(vacancy, "open", by)


def locked_in_order(model: type[Row], ids: Iterable[int]) -> list[Row]:
    """Rows locked one after the other by number, so that two who do this at once don't wait for each other."""
    return list(model._default_manager.select_for_update(of=("self",)).filter(pk__in=set(ids)).order_by("pk"))
