"""A search is what its steps say, holds what it says it holds, and an anonymous call has nobody's name."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q

from veerkracht.register.crisis.models import Call, KnownPerson, NoneFound, Search, SearchHold, SearchStep
from veerkracht.register.crisis.steps import WITH_A_PLACE, state_after
from veerkracht.register.supply.models import Hold
from veerkracht.register.supply.staffing import in_the_way
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "search_is_what_its_steps_say": (
            Text(
                nl="Hoe het met een zoektocht staat, is wat haar stappen zeggen.",
                en="What a search says is what its steps say.",
            ),
            _states,
        ),
        "search_holds_one_place_at_a_time": (
            Text(
                nl="Een zoektocht houdt plaatsen van één dienst vast, en alleen zolang ze dat zegt.",
                en="A search holds places of one service, and only as long as it says so.",
            ),
            _holds,
        ),
        "none_found_has_its_search": (
            Text(
                nl="Een zoektocht zonder plaats zegt waarom, en een andere niet.",
                en="A search without a place says why, and no other does.",
            ),
            _none_found,
        ),
        "anonymous_call_knows_nobody": (
            Text(
                nl="Bij een anonieme oproep is niemand bij naam gekend.",
                en="Nobody is known by name at an anonymous call.",
            ),
            _anonymous,
        ),
        "known_person_has_a_place_when_their_search_has": (
            Text(
                nl="Wie gekend is, heeft een plaats zolang een zoektocht van hun oproep er een heeft.",
                en="Who is known has a place as long as a search of their call has one.",
            ),
            _families,
        ),
    }


def _states() -> Iterable[str]:
    kinds: dict[int, list[str]] = defaultdict(list)
    steps = SearchStep.objects.order_by("search", "sequence").values_list("search", "sequence", "kind")
    for search, sequence, kind in steps.iterator():
        kinds[search].append(kind)
        if sequence != len(kinds[search]):
            yield f"search {search}"
    rows = Search.objects.order_by("pk").values_list("pk", "state", "version")
    for id, state, version in rows.iterator():
        if (state, version) != (state_after(kinds[id]), len(kinds[id])):
            yield f"search {id}"


def _holds() -> Iterable[str]:
    """A hold that its service gave back, or whose time is up, is no longer one that counts."""
    live = SearchHold.objects.filter(hold__in=Hold.objects.filter(in_the_way()))
    stray = live.exclude(search__state__in=WITH_A_PLACE)
    # Whose stay has not ended yet by the service's own word may be left by the desk's.
    stray = stray.exclude(search__state=Search.State.ENDED, hold__state="confirmed")
    for one in stray.order_by("pk").values_list("search__number", flat=True):
        yield f"search {one}"
    services: dict[str, set[int]] = defaultdict(set)
    for number, service in live.values_list("search__number", "hold__unit__service"):
        services[number].add(service)
    yield from (f"search {number}" for number, of_it in sorted(services.items()) if len(of_it) > 1)


def _none_found() -> Iterable[str]:
    has = Exists(NoneFound.objects.filter(search=OuterRef("pk")))
    wrong = Search.objects.annotate(has=has).filter(
        Q(state=Search.State.NONE, has=False) | Q(has=True) & ~Q(state=Search.State.NONE)
    )
    return (f"search {number}" for number in wrong.order_by("pk").values_list("number", flat=True))


def _anonymous() -> Iterable[str]:
    known = Exists(KnownPerson.objects.filter(call=OuterRef("pk")))
    found = Call.objects.filter(known, anonymous=True).order_by("pk")
    return (f"call {number}" for number in found.values_list("number", flat=True))


def _families() -> Iterable[str]:
    placed = Exists(Search.objects.filter(call=OuterRef("call"), state__in=WITH_A_PLACE, told_apart=False))
    wrong = KnownPerson.objects.annotate(placed=placed).exclude(holds=F("placed"))
    return (f"call {number}" for number in wrong.order_by("pk").values_list("call__number", flat=True))
