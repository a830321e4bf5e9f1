"""Stays in crisis and counselling are what their steps say, and nobody who left holds a place."""

from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q

from veerkracht import region
from veerkracht.register.crisis.models import Search, SearchStep
from veerkracht.register.shelter import agreeing
from veerkracht.register.shelter.models import (
    Alarm,
    Counselling,
    CounsellingStep,
    CrisisStay,
    Guest,
    HandOver,
    StayStep,
)
from veerkracht.register.shelter.norms import CLOCK_FIELDS
from veerkracht.register.supply.models import Hold
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.now import CASE
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {**_of_stays(), **_of_what_follows()}


def _of_stays() -> dict[str, Check]:
    return {
        "crisis_stay_follows_its_steps": (
            Text(
                nl="Einde, instemming, verlengingen en toestand van een crisisverblijf zijn wat zijn stappen zeggen.",
                en="The end, consent, extensions and state of a stay in crisis are what its steps say.",
            ),
            _stays,
        ),
        "crisis_consent_is_what_was_said": (
            Text(
                nl="De instemming van een lopend crisisverblijf is wat wie moet instemmen het laatst zei.",
                en="The consent of a running stay in crisis is what those who must agree said last.",
            ),
            _consents,
        ),
        "placed_family_has_a_stay": (
            Text(
                nl="Een zoektocht waarvan een plaats bevestigd is, heeft een crisisverblijf.",
                en="A search of which a place is confirmed has a stay in crisis.",
            ),
            _placed,
        ),
        "who_left_holds_no_place": (
            Text(
                nl="Van een beëindigd crisisverblijf wordt geen plaats meer ingenomen.",
                en="Of a stay in crisis that has ended no place is taken any more.",
            ),
            _left,
        ),
    }


def _of_what_follows() -> dict[str, Check]:
    return {
        "alarm_stands_only_while_it_is_due": (
            Text(
                nl="Een open alarm gaat over een lopend verblijf en over het einde dat nu geldt.",
                en="An open alarm is about a running stay and the end that holds now.",
            ),
            _alarms,
        ),
        "counselling_follows_its_steps": (
            Text(
                nl="De toestand van een crisisbegeleiding is wat haar stappen zeggen.",
                en="The state of crisis counselling is what its steps say.",
            ),
            _counselling,
        ),
        "hand_over_is_of_its_guest": (
            Text(
                nl="Wat doorgegeven is, is de vraag van wie doorgegeven is.",
                en="What was handed over is the request of who was handed over.",
            ),
            _handed,
        ),
    }


def _stays() -> Iterable[str]:
    steps: dict[int, list[tuple[object, ...]]] = {}
    rows = StayStep.objects.order_by("stay", "sequence")
    for stay, *facts in rows.values_list("stay", "sequence", "kind", "due_at", "consent").iterator():
        steps.setdefault(stay, []).append(tuple(facts))
    for stay in CrisisStay.objects.order_by("pk").iterator():
        found = steps.get(stay.pk, [])
        kinds = [kind for _sequence, kind, _due, _consent in found]
        last = found[-1][2:] if found else ()
        state = CrisisStay.State.ENDED if StayStep.Kind.ENDED in kinds else CrisisStay.State.RUNNING
        numbered = [sequence for sequence, *_ in found] == list(range(1, stay.version + 1))
        same = (
            last == (stay.due_at, stay.consent)
            and stay.state == state
            and stay.extensions == kinds.count(StayStep.Kind.EXTENDED)
        )
        if not (numbered and same):
            yield f"stay {stay.pk}"


def _consents() -> Iterable[str]:
    running = CrisisStay.objects.filter(state=CrisisStay.State.RUNNING)
    guests: dict[int, list[Guest]] = {}
    for guest in Guest.objects.filter(stay__in=running).order_by("stay", "sequence"):
        guests.setdefault(guest.stay_id, []).append(guest)
    said = agreeing.said_of([one for those in guests.values() for one in those])
    for stay in running.order_by("pk"):
        if agreeing.together(guests.get(stay.pk, []), said, stay.ground) != stay.consent:
            yield f"stay {stay.pk}"


def _placed() -> Iterable[str]:
    confirmed = SearchStep.objects.filter(search=OuterRef("pk"), kind=SearchStep.Kind.CONFIRMED)
    desk = region.current().crisis
    # A team that comes to the family is counselling, and no stay.
    visits = [kind.id for kind in desk.kinds.values() if kind.fills == CASE] if desk else []
    without = (
        Search.objects.filter(Exists(confirmed), crisis_stay=None).exclude(kind__in=visits).order_by("pk")
    )
    yield from (f"search {number}" for number in without.values_list("number", flat=True))


def _left() -> Iterable[str]:
    held = Hold.objects.filter(of_search__search=OuterRef("search"), state=Hold.State.CONFIRMED)
    ended = CrisisStay.objects.filter(Exists(held) | Q(search__state=Search.State.PLACED), state="ended")
    yield from (f"stay {pk}" for pk in ended.order_by("pk").values_list("pk", flat=True))


def _alarms() -> Iterable[str]:
    for alarm in Alarm.objects.filter(settled_at=None).select_related("stay").order_by("pk").iterator():
        due = getattr(alarm.stay, CLOCK_FIELDS[alarm.clock])
        if alarm.stay.state != CrisisStay.State.RUNNING or due != alarm.due_at:
            yield f"alarm {alarm.pk}"


def _counselling() -> Iterable[str]:
    last = dict(CounsellingStep.objects.order_by("sequence").values_list("counselling", "kind"))
    rows = Counselling.objects.annotate(taken=Count("steps")).order_by("pk")
    for one in rows.iterator():
        if last.get(one.pk) != one.state or one.taken != one.version:
            yield f"counselling {one.pk}"


def _handed() -> Iterable[str]:
    other = HandOver.objects.exclude(request__person=F("guest__person")) | HandOver.objects.filter(
        guest__person=None
    )
    yield from (f"hand-over {pk}" for pk in other.order_by("pk").values_list("pk", flat=True))
