"""Who is next for places that come free: the home's own order, and who can't be offered one now.

The same function serves the page, the proposal and the signature, so what was seen is what is signed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from veerkracht.region.offers import DECLINED_ALREADY, NO_ROOM_FOR_ALL, OFFERED_ELSEWHERE
from veerkracht.register import clock
from veerkracht.register.lists.queries.ranking import Ranked, ranked
from veerkracht.register.lists.rules import wards_of
from veerkracht.register.offers.models import Offer, OfferedPlace, Vacancy
from veerkracht.register.supply.models import Hold, Service
from veerkracht.register.supply.staffing import in_the_way


@dataclass(frozen=True)
class Candidate:
    """One person on a home's list, or all who want to come together. `place`: 1 for who is first.

    `hindrance`: why the register can't let them be offered these places now, an id of the region's file; "" for
    nothing.
    """

    place: int
    entries: tuple[Ranked, ...]
    hindrance: str = ""

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(entry.entry_id for entry in self.entries)


def line(service: Service, vacancies: Sequence[Vacancy], on: date | None = None) -> list[Candidate]:
    """Everybody who waits for vacancies of one ward of a service, in the order of the home's own rules; a fixed number
    of queries.

    For who may see the list: who asks looks to that. Raises `Invalid` for a home without rules.
    """
    on, ward = on or clock.today(), vacancies[0].unit.ward
    # A ward without a list of its own takes its residents from the list of the whole home.
    has_list = ward in {one.id for one in wards_of(service, on)}
    waiting = ranked(service, ward=ward if has_list else "", on=on)
    hindrances = _Hindrances(
        beds_of(vacancies), _held({entry.request_id for entry in waiting}), _declined(vacancies)
    )
    return [
        Candidate(place, entries, hindrances.of(entries))
        for place, entries in enumerate(_together(waiting), 1)
    ]


def beds_of(vacancies: Iterable[Vacancy]) -> int:
    """How many people vacancies have a bed for."""
    return sum(vacancy.unit.sleeps for vacancy in vacancies)


def _together(waiting: Sequence[Ranked]) -> list[tuple[Ranked, ...]]:
    """Who has one rank comes together."""
    return [tuple(entries) for _rank, entries in groupby(waiting, key=lambda entry: entry.rank)]


@dataclass(frozen=True)
class _Hindrances:
    """`beds`: how many can come at once. `elsewhere`: requests for which a place is held. `declined`: entries that were
    offered one of these places before, and did not take it.
    """

    beds: int
    elsewhere: set[int]
    declined: set[int]

    def of(self, entries: tuple[Ranked, ...]) -> str:
        if any(entry.request_id in self.elsewhere for entry in entries):
            return OFFERED_ELSEWHERE
        if len(entries) > self.beds:
            return NO_ROOM_FOR_ALL
        return DECLINED_ALREADY if any(entry.entry_id in self.declined for entry in entries) else ""


def _declined(vacancies: Sequence[Vacancy]) -> set[int]:
    """Who declined one of these places or did not answer in time, for as long as it waits for the next."""
    over = (Offer.State.DECLINED, Offer.State.LAPSED)
    found = OfferedPlace.objects.filter(vacancy__in=[one.pk for one in vacancies], offer__state__in=over)
    return set(found.values_list("entry", flat=True))


def _held(requests: set[int]) -> set[int]:
    """Those of some requests for which a place is held somewhere now."""
    return set(Hold.objects.filter(in_the_way(), request__in=requests).values_list("request", flat=True))
