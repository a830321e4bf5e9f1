"""A search begins, is asked again, ends, or finds nothing."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import access, identities, rules
from veerkracht.register.crisis.candidates import judged_for
from veerkracht.register.crisis.holding import give_back
from veerkracht.register.crisis.models import Call, NoneFound, Search
from veerkracht.register.crisis.needs import Need, columns, need_of
from veerkracht.register.crisis.plain_words import plain_words
from veerkracht.register.crisis.queries.probing import is_too_often
from veerkracht.register.crisis.steps import Asked, Kind, State, write_step
from veerkracht.register.errors import Conflict
from veerkracht.register.log.record import record
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.rulebook.matching import left_out
from veerkracht.rulebook.types import Text

SEARCH = "Z"
OVER = Text(
    nl="Deze zoektocht is al afgelopen: begin een nieuwe.", en="This search is over already: begin a new one."
)


def search(call: Call, need: Need, *, by: Actor, reference: UUID | None = None) -> Search:
    """Begin to look for a place. The same reference twice is the same search.

    Raises `Refused`, and `Invalid` for who is not on duty, a need for nobody or with numbers that can't be, and what
    the region's file does not name.
    """
    access.require_desk("search.place", by, call)
    access.require_duty(by)
    known = Search.objects.filter(reference=reference, call=call).first() if reference else None
    if known:
        return known
    facts = columns(need)
    with said(), transaction.atomic():
        now = clock.now()
        made = Search.objects.create(
            call=call,
            number=numbers.take(SEARCH)[0],
            reference=reference or uuid4(),
            by_name=by.name,
            made_at=now,
            updated_at=now,
            **facts,
        )
        write_step(made, Kind.ASKED, by)
    if (made.avoid_areas or made.avoid_names) and is_too_often(call.by_id):
        record(by, "search", "avoided", detail={"search": made.number, "why": "often, and no place was held"})
    return made


def search_again(of: Search, *, by: Actor) -> Search:
    """Begin a new search for the same family, by the same call: when a place may have come free. Raises as `search`."""
    access.require_desk("search.place", by, of.call)
    return search(of.call, need_of(of), by=by)


def end_search(
    of: Search, *, by: Actor, note: str = "", is_sure: bool = False, version: int | None = None
) -> Search:
    """Stop looking, or say that who was placed has left. What is held is given back.

    `version`: what was seen. Raises `Conflict` for a search that is over.
    """
    access.require_desk("search.place", by, of.call)
    words = plain_words(note, "note", names=identities.names_in(of.call), is_sure=is_sure)
    with said(), transaction.atomic():
        found = locked(of, version)
        if found.state in (State.NONE, State.ENDED):
            raise Conflict(OVER)
        if found.state == State.HELD:
            give_back(found, by)
        write_step(found, Kind.ENDED, by, Asked(note=words))
    return found


def none_found(
    of: Search, *, by: Actor, reason: str, fallback: str, note: str = "", is_sure: bool = False
) -> NoneFound:
    """Record that there was no place: why not, and what was done instead. It counts, in planning and forecast.

    Raises `Conflict` while a place is held or found, or when it is over, and `Invalid` for words that the region's file
    does not have, or a name in the note.
    """
    access.require_desk("search.place", by, of.call)
    access.require_duty(by)
    why = rules.choice("none_reason", reason, "reason").id
    instead = rules.choice("fallback", fallback).id
    words = plain_words(note, "note", names=identities.names_in(of.call), is_sure=is_sure)
    not_fitting = left_out(judged_for(of).table)
    with said(), transaction.atomic():
        found = locked(of)
        if found.state != State.OPEN:
            raise Conflict(OVER if found.state in (State.NONE, State.ENDED) else _HAS_A_PLACE)
        made = NoneFound.objects.create(
            search=found,
            reason=why,
            fallback=instead,
            asked=_asked(found),
            left_out=not_fitting,
            note=words,
            by_name=by.name,
            at=max(clock.now(), found.updated_at),
        )
        write_step(found, Kind.NONE_FOUND, by, Asked(reason=why))
    return made


_HAS_A_PLACE = Text(
    nl="Er wordt een plaats vastgehouden: geef die eerst terug.",
    en="A place is held: give that back first.",
)


def _asked(of: Search) -> int:
    asked: Iterable[int] = of.steps.filter(service__isnull=False).values_list("service", flat=True)
    return len(set(asked))
