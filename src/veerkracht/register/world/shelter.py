"""What followed a safe place in the demo world: stays, counselling, messages and a campaign. All invented."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from veerkracht import region
from veerkracht.region.crisis import Crisis
from veerkracht.register import clock
from veerkracht.register.crisis.models import Search, SearchStep
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership
from veerkracht.register.shelter import actions, agreeing, norms
from veerkracht.register.shelter.actions.campaigns import Meant
from veerkracht.register.shelter.actions.contacts import Sent
from veerkracht.register.shelter.actions.stays import guests_of
from veerkracht.register.shelter.models import CrisisStay, Guest, StayStep
from veerkracht.register.shelter.queries.contacts import message, messages
from veerkracht.register.shelter.queries.counselling import teams
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.now import CASE
from veerkracht.rulebook.stay_terms import STAY

# Of so many families; every third of them waits for a first talk.
_FOLLOWED, _WAITS = 7, 3


def add_stays() -> None:
    """Add what followed; nothing in a region without a crisis desk or without norms. After `crisis.add_crisis`."""
    held = (
        Membership.objects.filter(role="crisis-worker").select_related("user", "organisation").order_by("pk")
    )
    workers = [Actor(one.user, one) for one in held]
    here = region.current()
    if here.crisis is None or here.shelter is None or not workers:
        return
    with transaction.atomic():
        _past(here.crisis)
    _counselling(workers)
    _messages(workers[0])
    _campaign()


def _past(desk: Crisis) -> None:
    """The stays of searches that found a place before today, as rows: no verb works in the past."""
    visits = [kind.id for kind in desk.kinds.values() if kind.fills == CASE]
    confirmed = SearchStep.objects.filter(kind=SearchStep.Kind.CONFIRMED, search__crisis_stay=None)
    confirmed = confirmed.exclude(search__kind__in=visits)
    reasons = list(norms.shelter().end_reasons)
    stays, steps, guests = [], [], []
    for number, one in enumerate(confirmed.select_related("search__call", "service").order_by("pk")):
        stay = _stay(one.search, one.service, one.at, reasons[number % len(reasons)])
        own = guests_of(stay, one.search)
        # Nobody was asked: so it often goes, and it shows.
        stay.consent = agreeing.together(own, {}, "")
        stays.append(stay)
        guests += own
        steps += _steps(stay, one)
    CrisisStay.objects.bulk_create(stays)
    Guest.objects.bulk_create(guests)
    StayStep.objects.bulk_create(steps)


def _stay(search: Search, service: Service, at: datetime, reason: str) -> CrisisStay:
    ended = search.steps.filter(kind=SearchStep.Kind.ENDED).values_list("at", flat=True).first()
    left = max(at, min(ended or at, clock.now()))
    stay = CrisisStay(
        search=search,
        service=service,
        desk_id=search.call.organisation_id,
        kind=search.kind,
        from_at=at,
        state="ended",
        ended_at=left,
        end_reason=reason,
        version=2,
        updated_at=left,
        fictitious=True,
    )
    norm = norms.norm_of(stay, STAY)
    if norm is not None:
        stay.norm, stay.due_at = norm.id, norm.ends(at, norms.zone())
    return stay


def _steps(stay: CrisisStay, confirmed: SearchStep) -> list[StayStep]:
    moments = (
        (StayStep.Kind.OPENED, stay.from_at, ""),
        (StayStep.Kind.ENDED, stay.ended_at, stay.end_reason),
    )
    return [
        StayStep(
            stay=stay,
            sequence=place,
            kind=kind,
            holds_at=at,
            recorded_at=at,
            due_at=stay.due_at,
            consent=stay.consent,
            reason=reason,
            by=confirmed.by,
            by_name=confirmed.by_name,
            role=confirmed.role,
        )
        for place, (kind, at, reason) in enumerate(moments, 1)
    ]


def _counselling(workers: Sequence[Actor]) -> None:
    """Most families who are there are followed by a team as well."""
    desks = {worker.organisation_id: worker for worker in workers}
    stays = CrisisStay.objects.filter(state="running", desk__in=desks).select_related("search__call")
    there = list(teams().values())
    modules = [one for one in norms.shelter().modules if one.holds(clock.today())]
    if not there or not modules:
        return
    for number, stay in enumerate(stays.order_by("pk")[:_FOLLOWED]):
        asked = actions.ask_counselling(
            stay.search,
            by=desks[stay.desk_id],
            module=modules[number // 2 % len(modules)].id,
            service=there[number % len(there)],
        )
        counsellor = _counsellor(asked.service)
        if number % _WAITS and counsellor:
            actions.start_counselling(asked, by=counsellor, worker=counsellor.user)


def _counsellor(team: Service) -> Actor | None:
    """Somebody who works for a team; None where nobody does."""
    held = Membership.objects.filter(role="admission", organisation=team.organisation_id)
    one = held.select_related("user", "organisation").order_by("pk").first()
    return Actor(one.user, one) if one else None


def _messages(worker: Actor) -> None:
    form = norms.contact()
    for text in ("Mijn buurvrouw wordt bedreigd. Wat kan ik doen?", "Ik durf niet naar huis."):
        sent = Sent(kind=form.kinds[0].id, sender=form.senders[0].id, text=text)
        actions.send_message(sent, fictitious=True)
    waiting = messages(worker).rows
    if waiting:
        first = message(worker, waiting[0].id).row
        actions.answer_message(
            first, by=worker, text="Bel ons: wij zoeken samen wat kan, ook als u anoniem blijft."
        )


def _campaign() -> None:
    by, today = Actor.for_command("world"), clock.today()
    meant = Meant(
        name="Praat erover (demo)",
        channel="bussen en trams",
        from_date=today - timedelta(days=14),
        until_date=today - timedelta(days=1),
    )
    made = actions.record_campaign(meant, by=by, fictitious=True)
    actions.record_reach(
        made, by=by, reached=120_000, counted="zag de affiche, volgens een enquête", source="verzonnen"
    )
