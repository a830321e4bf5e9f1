"""From a stay in crisis to longer help: one verb, with what is known already, so that nobody tells it again."""

from collections.abc import Sequence

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care.actions import ask
from veerkracht.register.care.models import Request
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import names
from veerkracht.register.rows import locked
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.access import require_of
from veerkracht.register.shelter.files import NOBODY_KNOWN, file_of
from veerkracht.register.shelter.models import CrisisStay, Guest, HandOver, StayStep
from veerkracht.register.shelter.writing import check_running, step
from veerkracht.rulebook.types import Text

# Those who ask together are helped together. Beyond the numbers of requests, by which other bundles are named.
_BUNDLES = 10**12


def hand_over(
    stay: CrisisStay,
    *,
    by: Actor,
    programme: str,
    guests: Sequence[Guest] = (),
    version: int | None = None,
) -> list[Request]:
    """Ask for longer help for guests, together when they are more. None named: everybody who is known by name, or the
    children of them where the region's file says that the help is for children.

    Who is known at the desk gets a file with what the desk knows; where they stay is not in it. Raises `Invalid` for a
    programme that isn't there or a guest who is not known by name, and `Conflict` when somebody was before us, the stay
    has ended or they were handed over to it already.
    """
    require_of("shelter.hand-over", by, stay)
    rules = programme_of(programme)
    if not norms.shelter().hands_over_to(programme):
        raise Invalid(
            Text(
                nl=f"Een crisisverblijf wordt niet doorgegeven naar “{programme}”.",
                en=f"A stay in crisis is not handed over to “{programme}”.",
            ),
            "programme",
        )
    with said(), transaction.atomic():
        stay = locked(stay, version)
        check_running(stay)
        chosen = _chosen(stay, guests, programme)
        bundle = _BUNDLES + stay.pk if len(chosen) > 1 else None
        told = _told(stay)
        requests: list[Request] = []
        for guest in chosen:
            person = file_of(guest, stay, by)
            request = ask(
                person,
                by=by,
                programme=programme,
                kind=rules.kinds[0],
                on=clock.today(),
                bundle=bundle,
                text=told.get(person.language),
            )
            HandOver.objects.create(guest=guest, request=request, at=clock.now(), by_name=by.name)
            requests.append(request)
        step(stay, StayStep.Kind.HANDED_OVER, by=by, at=clock.now(), reason=programme)
    return requests


def _chosen(stay: CrisisStay, guests: Sequence[Guest], programme: str) -> list[Guest]:
    there = list(stay.guests.select_related("known", "person").order_by("sequence"))
    asked = {guest.pk for guest in guests}
    chosen = [one for one in there if one.pk in asked] if asked else norms.meant_for(there, programme)
    if not chosen or any(one.known_id is None for one in chosen):
        raise Invalid(NOBODY_KNOWN, "guests")
    handed = HandOver.objects.filter(guest__stay=stay, request__programme=programme, request__live=True)
    done = set(handed.values_list("guest", flat=True))
    left = [one for one in chosen if one.pk not in done]
    if not left or (asked and len(left) < len(chosen)):
        raise Conflict(
            Text(
                nl="Voor wie hier staat, is deze hulp al gevraagd.",
                en="This help has been asked for those here already.",
            )
        )
    return left


def _told(stay: CrisisStay) -> Text:
    """What the next ones need to know and the desk knows. Never that they hide, where, or from whom: who speaks for a
    child reads this too.
    """
    search = stay.search
    area = names().get(search.from_area, search.from_area)
    children = ", ".join(map(str, sorted(search.children))) or "–"
    languages = ", ".join(search.languages) or "–"
    return Text(
        nl=f"Doorgegeven door het crisismeldpunt. Uit {area}. Volwassenen: "
        f"{search.adults}; kinderen (leeftijd): {children}; talen: {languages}.",
        en=f"Handed over by the crisis desk. From {area}. Adults: "
        f"{search.adults}; children (age): {children}; languages: {languages}.",
    )
