"""Who is next for a vacancy, as the officer who must choose sees it: in order, with reasons, and what can't be."""

from dataclasses import dataclass
from datetime import datetime

from veerkracht.region.offers import PassingOver
from veerkracht.register import clock
from veerkracht.register.lists.models import Entry
from veerkracht.register.log.record import record
from veerkracht.register.offers import access
from veerkracht.register.offers.models import Vacancy
from veerkracht.register.offers.queries.line import Candidate, line
from veerkracht.register.offers.queries.views import SHIELDED
from veerkracht.register.offers.rules import rules_of, term
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import kept_from
from veerkracht.rulebook.home_lists import Reason
from veerkracht.rulebook.types import Text

# More of a list than this nobody passes over by hand.
SHOWN = 20


@dataclass(frozen=True)
class CandidateView:
    """One person on the list, or all who come together. `hindrance`: why they can't be offered this now, or None.

    `entry`: by which they are chosen. `shielded`: who may not be known; they are offered a place without seeing who it
    is, and nobody passes them over. `to_check`: the entries of which the home has not
    looked yet at what the family told; only then it can be offered to them.
    """

    place: int
    entry: int
    people: tuple[Text, ...]
    points: int
    reasons: tuple[Reason, ...]
    hindrance: Text | None
    to_check: tuple[int, ...]
    shielded: bool


@dataclass(frozen=True)
class Proposal:
    """`first`: the entry of who is to be offered the place by the rules; None when nobody can be. `together`: other
    vacancies of the same ward that are ready, for who comes together.
    """

    vacancy: Vacancy
    together: tuple[Vacancy, ...]
    candidates: tuple[CandidateView, ...]
    how_many: int
    first: int | None
    until: datetime
    passings: tuple[PassingOver, ...]


def proposal(actor: Actor, vacancy: Vacancy, others: tuple[int, ...] = ()) -> Proposal:
    """Who waits for a vacancy in the order of the home's rules, at least the first `SHOWN`; a fixed number of
    queries.

    `others`: vacancies offered together with it. The look is logged. Raises `Refused` for another home than one's
    own, and `Invalid` for a home without rules.
    """
    service = vacancy.unit.service
    access.require_of("offer.make", actor, service)
    together = _together(vacancy)
    record(actor, "list", "entry", detail={"service": service.pk, "vacancy": vacancy.pk})
    candidates = line(service, [vacancy, *(one for one in together if one.pk in others)])
    # However many can't be offered it now: who can is shown.
    possible = next((number for number, one in enumerate(candidates, 1) if not one.hindrance), 0)
    views = _views(actor, service.programme, candidates[: max(SHOWN, possible)])
    return Proposal(
        vacancy=vacancy,
        together=together,
        candidates=views,
        how_many=len(candidates),
        first=next((one.entry for one in views if one.hindrance is None), None),
        until=term(service.programme),
        passings=rules_of(service.programme).passings_on(clock.today()),
    )


def _together(vacancy: Vacancy) -> tuple[Vacancy, ...]:
    unit = vacancy.unit
    ready = Vacancy.objects.filter(
        unit__service=unit.service_id, unit__ward=unit.ward, state="open", ready_on__lte=clock.today()
    )
    return tuple(ready.exclude(pk=vacancy.pk).select_related("unit").order_by("unit__name", "pk"))


def _views(actor: Actor, programme: str, candidates: list[Candidate]) -> tuple[CandidateView, ...]:
    ids = [id for one in candidates for id in one.ids]
    entries = Entry.objects.select_related("request__person").in_bulk(ids)
    kept = frozenset(kept_from(actor))
    rules, today = rules_of(programme), clock.today()
    views = []
    for one in candidates:
        people = [entries[id].request.person for id in one.ids]
        is_hidden = any(person.pk in kept for person in people)
        hindrance = rules.passing(one.hindrance, today) if one.hindrance else None
        views.append(
            CandidateView(
                place=one.place,
                entry=one.ids[0],
                people=(SHIELDED,) if is_hidden else tuple(Text(str(p), str(p)) for p in people),
                points=one.entries[0].points,
                reasons=() if is_hidden else one.entries[0].reasons,
                hindrance=hindrance.name if hindrance else None,
                shielded=is_hidden,
                to_check=() if is_hidden else tuple(id for id in one.ids if entries[id].to_check),
            )
        )
    return tuple(views)
