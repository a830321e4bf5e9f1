"""A vacancy and an offer are what their steps say, an offer keeps its places, and nobody is offered half of what they
ask together."""

from collections.abc import Iterable

from django.db.models import Count, F, Q

from veerkracht.register import clock
from veerkracht.register.offers.models import (
    LIVE_OFFERS,
    Offer,
    OfferedPlace,
    OfferStep,
    PassedOver,
    Vacancy,
    VacancyStep,
)
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "vacancy_is_what_its_steps_say": (
            Text(
                nl="Hoe het met een vrije plaats staat, is wat haar stappen zeggen.",
                en="What a vacancy says is what its steps say.",
            ),
            _vacancies,
        ),
        "offer_is_what_its_steps_say": (
            Text(
                nl="Hoe het met een aanbod staat, is wat zijn stappen zeggen.",
                en="What an offer says is what its steps say.",
            ),
            _offers,
        ),
        "offer_keeps_its_places": (
            Text(
                nl="Zolang een aanbod loopt, is zijn plaats vrijgehouden voor wie ze kreeg, en daarna niet meer.",
                en="As long as an offer runs, its place is held for whom it is offered, and no longer.",
            ),
            _places,
        ),
        "vacancy_is_offered_as_long_as_its_offer_runs": (
            Text(
                nl="Een vrije plaats is aangeboden of aanvaard zolang haar aanbod dat is.",
                en="A vacancy is offered or accepted as long as its offer is.",
            ),
            _states,
        ),
        "who_comes_together_is_offered_together": (
            Text(
                nl="Wie samen komt, staat samen in één aanbod.",
                en="Who comes together is in one offer together.",
            ),
            _together,
        ),
        "passing_over_is_signed_with_the_offer": (
            Text(
                nl="Wie voorbijgegaan werd, stond op dezelfde lijst, en wie het aanbod tekende, tekende daarvoor.",
                en="Who was passed over was on the same list, and who signed the offer signed for it.",
            ),
            _passed_over,
        ),
    }


def _vacancies() -> Iterable[str]:
    steps = VacancyStep.objects.order_by("vacancy", "pk").values_list("vacancy", "kind", "ready_on")
    last = {vacancy: (kind, ready_on) for vacancy, kind, ready_on in steps.iterator()}
    counted = Vacancy.objects.annotate(count=Count("steps")).order_by("pk")
    for key, state, ready_on, version, count in counted.values_list(
        "pk", "state", "ready_on", "version", "count"
    ).iterator():
        if (state, ready_on) != last.get(key) or version != count:
            yield f"vacancy {key}: {state} {version}"


def _offers() -> Iterable[str]:
    last: dict[int, tuple[str, object]] = {}
    steps = OfferStep.objects.order_by("offer", "pk").values_list("offer", "kind", "arrives_on")
    for offer, kind, arrives_on in steps.iterator():
        before = last.get(offer, ("", None))[1]
        last[offer] = (kind, arrives_on or before)
    counted = Offer.objects.annotate(count=Count("steps")).order_by("pk")
    for key, state, arrives_on, version, count in counted.values_list(
        "pk", "state", "arrives_on", "version", "count"
    ).iterator():
        if (state, arrives_on) != last.get(key) or version != count:
            yield f"offer {key}: {state} {version}"


def _places() -> Iterable[str]:
    is_live = Q(offer__state__in=LIVE_OFFERS)
    # A hold whose time is up may be written off before its offer is.
    is_held = Q(hold__state="held") | Q(hold__state="lapsed", hold__until__lte=clock.now())
    of_it = Q(
        hold__unit=F("vacancy__unit"), hold__request=F("entry__request"), entry__service=F("offer__service")
    )
    wrong = (is_live & ~(Q(live=True) & is_held & of_it)) | (
        ~is_live & (Q(live=True) | Q(hold__state="held"))
    )
    for key, offer in OfferedPlace.objects.filter(wrong).order_by("pk").values_list("pk", "offer"):
        yield f"offer {offer}: place {key}"
    empty = Offer.objects.filter(places=None).order_by("pk").values_list("pk", flat=True)
    yield from (f"offer {key}: no place" for key in empty)


def _states() -> Iterable[str]:
    kept = {"made": "offered", "accepted": "accepted"}
    running = dict(OfferedPlace.objects.filter(live=True).values_list("vacancy", "offer__state"))
    found = Vacancy.objects.order_by("pk").values_list("pk", "state").iterator()
    for key, state in found:
        said = kept.get(running.get(key, ""), "")
        if said != (state if state in kept.values() else ""):
            yield f"vacancy {key}: {state}"


def _together() -> Iterable[str]:
    live = OfferedPlace.objects.filter(live=True).exclude(entry__request__bundle=None)
    by_bundle = live.values("entry__request__bundle").annotate(offers=Count("offer", distinct=True))
    for row in by_bundle.filter(offers__gt=1).order_by("entry__request__bundle"):
        yield f"bundle {row['entry__request__bundle']}"


def _passed_over() -> Iterable[str]:
    elsewhere = ~Q(entry__service=F("offer__service")) | ~Q(by_id=F("offer__signed_by_id"))
    found = PassedOver.objects.filter(elsewhere).order_by("pk").values_list("pk", flat=True)
    yield from (f"passed over {key}" for key in found)
    both = PassedOver.objects.filter(offer__places__entry=F("entry")).order_by("pk")
    yield from (f"passed over {key}: offered" for key in both.values_list("pk", flat=True))
