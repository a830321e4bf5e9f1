"""A place is one person's at a time and not closed, and a hold and an award are what their steps say."""

from collections.abc import Iterable
from itertools import pairwise

from django.db.models import Count, F, Q
from django.utils.timezone import localdate

from veerkracht.register.supply.models import Award, Hold, HoldStep, Service, Stay, UnitClosure
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {**_of_who_is_there(), **_of_places()}


def _of_who_is_there() -> dict[str, Check]:
    return {
        "hold_is_what_its_steps_say": (
            Text(
                nl="Hoe het met een vastgehouden plaats staat, is wat haar stappen zeggen.",
                en="What a hold says is what its steps say.",
            ),
            _holds,
        ),
        "stay_lasts_as_long_as_its_hold": (
            Text(
                nl="Een verblijf duurt zolang de plaats bevestigd is, op dezelfde plaats en voor dezelfde vraag.",
                en="A stay lasts as long as its hold is confirmed, in the same place and for the same request.",
            ),
            _stays,
        ),
        "no_two_stays_in_one_place": (
            Text(
                nl="Op één plaats verblijven nooit twee mensen tegelijk.",
                en="No two people stay in one place at the same time.",
            ),
            _overlaps,
        ),
        "bed_is_in_its_place": (
            Text(
                nl="Een plaats heeft niet meer bedden in gebruik dan er zijn.",
                en="A place has no more beds in use than there are.",
            ),
            _beds,
        ),
    }


def _of_places() -> dict[str, Check]:
    return {
        "closures_do_not_overlap": (
            Text(
                nl="Een plaats is niet twee keer tegelijk gesloten.",
                en="A place is not closed twice at the same time.",
            ),
            _closures,
        ),
        "closed_place_is_not_held": (
            Text(
                nl="Een gesloten plaats werd niet vastgehouden.",
                en="A closed place was not held.",
            ),
            _closed,
        ),
        "service_at_a_secret_address_is_secret": (
            Text(
                nl="Een dienst op een geheim adres is zelf geheim.",
                en="A service at a secret address is secret itself.",
            ),
            _secrets,
        ),
        "award_is_what_its_steps_say": (
            Text(
                nl="Wat van een toekenning van groei werd, is wat haar stappen zeggen.",
                en="What became of an award of growth is what its steps say.",
            ),
            _awards,
        ),
    }


def _holds() -> Iterable[str]:
    last = dict(HoldStep.objects.order_by("hold_id", "at", "pk").values_list("hold_id", "kind"))
    counted = Hold.objects.annotate(count=Count("steps")).order_by("pk")
    for key, state, version, count in counted.values_list("pk", "state", "version", "count").iterator():
        if (state, version) != (last.get(key), count):
            yield f"hold {key}: {state} {version} ≠ {last.get(key)} {count}"


def _stays() -> Iterable[str]:
    is_confirmed, is_open = Q(hold__state="confirmed"), Q(until_date=None)
    elsewhere = ~Q(unit=F("hold__unit")) | ~Q(bed=F("hold__bed")) | Q(hold__state__in=["held", "lapsed"])
    wrong = elsewhere | (is_confirmed & ~is_open) | (is_open & ~is_confirmed)
    for key in Stay.objects.filter(wrong).order_by("pk").values_list("pk", flat=True):
        yield f"stay {key}"
    pairs = Stay.objects.order_by("pk").values_list("pk", "request", "hold__request").iterator()
    yield from (f"stay {key}: request {one} ≠ {other}" for key, one, other in pairs if one != other)
    without = Hold.objects.filter(state="confirmed", stay=None).order_by("pk")
    yield from (f"hold {key}" for key in without.values_list("pk", flat=True))


def _overlaps() -> Iterable[str]:
    """Who leaves on a day and who comes that day do not overlap."""
    rows = Stay.objects.order_by("unit", "bed", "from_date", F("until_date").asc(nulls_last=True), "pk")
    found = rows.values_list("unit", "bed", "from_date", "until_date", "pk").iterator()
    for one, other in pairwise(found):
        if one[:2] == other[:2] and (one[3] is None or one[3] > other[2]):
            yield f"unit {one[0]}: stays {one[4]} and {other[4]}"


def _beds() -> Iterable[str]:
    beyond = Hold.objects.filter(bed__gt=F("unit__sleeps")).order_by("pk")
    yield from (f"hold {key}" for key in beyond.values_list("pk", flat=True).iterator())


def _closures() -> Iterable[str]:
    rows = UnitClosure.objects.exclude(reopens_on=F("from_date")).order_by("unit", "from_date", "pk")
    found = rows.values_list("unit", "from_date", "reopens_on", "pk").iterator()
    for one, other in pairwise(found):
        if one[0] == other[0] and (one[2] is None or one[2] > other[1]):
            yield f"unit {one[0]}: closures {one[3]} and {other[3]}"


def _closed() -> Iterable[str]:
    """Only for what was known to be closed when it was held."""
    rows = UnitClosure.objects.filter(unit__holds__made_at__gt=F("recorded_at")).order_by("pk")
    found = rows.values_list("pk", "from_date", "reopens_on", "unit__holds", "unit__holds__made_at")
    for closure, from_date, reopens_on, hold, made_at in found.iterator():
        day = localdate(made_at)
        if from_date <= day and (reopens_on is None or day < reopens_on):
            yield f"closure {closure}: hold {hold}"


def _secrets() -> Iterable[str]:
    told = Service.objects.filter(location__secret=True, secret=False).order_by("pk")
    yield from (f"service {key}" for key in told.values_list("pk", flat=True))


def _awards() -> Iterable[str]:
    for award in Award.objects.prefetch_related("steps").order_by("pk"):
        steps = sorted(award.steps.all(), key=lambda step: step.pk)
        said = {
            kind: sum(step.units for step in steps if step.kind == kind)
            for kind in ("awarded", "lapsed", "realised")
        }
        periods = [step.period_from for step in steps if step.period_from]
        kept = (
            award.units,
            award.lapsed,
            award.realised,
            award.version,
            [award.awarded_for, award.period_from],
        )
        if kept != (*said.values(), len(steps), [*periods[:1], *periods[-1:]]):
            yield f"award {award.pk}"
