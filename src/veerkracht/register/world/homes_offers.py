"""Vacancies and offers of the demo's own home, by the verbs that its admission officer uses."""

from contextlib import suppress
from datetime import timedelta

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.offers import actions
from veerkracht.register.offers.actions import Choice
from veerkracht.register.offers.idle import free_units, ready_after
from veerkracht.register.offers.models import Offer, Vacancy
from veerkracht.register.offers.opening import left_on
from veerkracht.register.offers.queries.line import line
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Membership
from veerkracht.register.supply.models import Service

# After so many days who accepted comes.
ARRIVES_DAYS = 2


def add_offers(service: Service) -> list[Offer]:
    """Let a home offer some of its free places: one runs, one is accepted, one was declined; the others wait, all of
    them among the vacancies.

    Nothing where nobody works at the home, or the region does not say how its places are offered.
    """
    held = Membership.objects.filter(role="admission", organisation=service.organisation_id)
    worker = held.select_related("user").order_by("pk").first()
    if worker is None or service.programme not in region.current().offers:
        return []
    by = actor_for(worker.user, "admission")
    offers = [_offered(one, by) for one in _vacancies(service, by)[:3]]
    made = [offer for offer in offers if offer is not None]
    today = clock.today()
    if len(made) > 1:
        actions.accept_offer(made[1], by=by, arrives_on=today + timedelta(days=ARRIVES_DAYS))
    if len(made) > 2:
        rules = region.current().offers[service.programme]
        reason = next((one.id for one in rules.declines_on(today) if one.effect == "none"), None)
        if reason:
            actions.decline_offer(made[2], by=by, reason=reason)
    return made


def _vacancies(service: Service, by: Actor) -> list[Vacancy]:
    opened = []
    for unit in free_units([service.pk]).select_related("service").order_by("pk"):
        left = left_on(unit) or clock.today()
        ready = ready_after(service.programme, left)
        opened.append(actions.open_vacancy(unit, by=by, from_date=left, ready_on=ready, fictitious=True))
    return opened


def _offered(vacancy: Vacancy, by: Actor) -> Offer | None:
    """A vacancy offered to who is next; None when nobody is, or the home has no rules or no staff for it."""
    unit = vacancy.unit
    with suppress(Conflict, Invalid):
        candidates = line(unit.service, [vacancy])
        first = next((one for one in candidates if not one.hindrance), None)
        if first is not None:
            return actions.make_offer([vacancy], by=by, choice=Choice(first.ids[0], fictitious=True))
    return None
