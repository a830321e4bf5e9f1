"""A place is one person's at a time, and a hold is what its steps say."""

from collections.abc import Iterable
from itertools import pairwise

from django.db.models import Count, F, Q

from veerkracht.register.supply.models import Hold, HoldStep, Stay
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
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
    }


def _holds() -> Iterable[str]:
    last = dict(HoldStep.objects.order_by("hold_id", "at", "pk").values_list("hold_id", "kind"))
    counted = Hold.objects.annotate(count=Count("steps")).order_by("pk")
    for key, state, version, count in counted.values_list("pk", "state", "version", "count").iterator():
        if (state, version) != (last.get(key), count):
            yield f"hold {key}: {state} {version} ≠ {last.get(key)} {count}"


def _stays() -> Iterable[str]:
    is_confirmed, is_open = Q(hold__state="confirmed"), Q(until_date=None)
    elsewhere = ~Q(unit=F("hold__unit")) | Q(hold__state__in=["held", "lapsed"])
    wrong = elsewhere | (is_confirmed & ~is_open) | (is_open & ~is_confirmed)
    for key in Stay.objects.filter(wrong).order_by("pk").values_list("pk", flat=True):
        yield f"stay {key}"
    pairs = Stay.objects.order_by("pk").values_list("pk", "request", "hold__request").iterator()
    yield from (f"stay {key}: request {one} ≠ {other}" for key, one, other in pairs if one != other)
    without = Hold.objects.filter(state="confirmed", stay=None).order_by("pk")
    yield from (f"hold {key}" for key in without.values_list("pk", flat=True))


def _overlaps() -> Iterable[str]:
    """Who leaves on a day and who comes that day do not overlap."""
    rows = Stay.objects.order_by("unit", "from_date", F("until_date").asc(nulls_last=True), "pk")
    found = rows.values_list("unit", "from_date", "until_date", "pk").iterator()
    for one, other in pairwise(found):
        if one[0] == other[0] and (one[2] is None or one[2] > other[1]):
            yield f"unit {one[0]}: stays {one[3]} and {other[3]}"
