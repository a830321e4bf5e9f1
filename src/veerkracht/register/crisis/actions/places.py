"""A place is held for a search, confirmed, refused or given back. Of many desks that want one place, one gets it."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from veerkracht.register.constraints import MESSAGES, said
from veerkracht.register.crisis import access, identities, placed, rules
from veerkracht.register.crisis.candidates import Chosen, any_free_place, chosen_at
from veerkracht.register.crisis.holding import VERB, give_back, holds_of
from veerkracht.register.crisis.models import Search, SearchHold
from veerkracht.register.crisis.plain_words import plain_words
from veerkracht.register.crisis.steps import Asked, Kind, State, write_step
from veerkracht.register.crisis.turns import turn_at
from veerkracht.register.errors import Conflict
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.register.supply.actions.holds import confirm_together, hold_together
from veerkracht.register.supply.models import Hold, Service, Stay
from veerkracht.register.supply.staffing import in_the_way
from veerkracht.rulebook.types import Text

# So often another free place of the same service is tried, while somebody is just before us.
_TRIES = 10
NOT_OPEN = Text(
    nl="Voor deze zoektocht wordt al een plaats vastgehouden of ze is afgelopen.",
    en="A place is held for this search already, or it is over.",
)
NOT_HELD = Text(
    nl="Er wordt geen plaats meer vastgehouden: de tijd was om, of de dienst gaf haar aan iemand anders.",
    en="No place is held any more: the time was up, or the service gave it to somebody else.",
)
TAKEN = Text(
    nl="Hier is geen passende plaats meer vrij: neem de volgende.",
    en="No fitting place is free here any more: take the next one.",
)


def hold_for(search: Search, service: Service, *, by: Actor, version: int | None = None) -> list[Hold]:
    """Hold places of a service for a whole family, all or none, for as long as the region's file says.

    `version`: what was seen of the search. Raises `Refused`; `Invalid` for who is not on duty; `Conflict` when the
    service does not fit any more, somebody was just before us, or a place is held for the same people elsewhere.
    """
    access.require_desk(VERB, by, search.call)
    for tries_left in reversed(range(_TRIES)):
        with said(), turn_at(service.pk, any_free_place(service)) as turn:
            # Of all desks that want the last place at once, every one but the first ends here, after one question.
            if not turn.is_left:
                break
            # Who waited that often does not wait again: the database decides who has it.
            if not turn.is_first and tries_left:
                continue
            try:
                return _chosen_and_held(search, service, by, version)
            except Conflict as fault:
                if not tries_left or fault.text != MESSAGES["one_live_hold_per_unit"]:
                    raise
    raise Conflict(TAKEN)


def confirm(
    search: Search, *, by: Actor, transport: str = "", note: str = "", version: int | None = None
) -> list[Stay]:
    """Say that the service takes them in, and how they come: their stay begins. The service may have said so itself.

    `version`: what was seen. Raises `Conflict` when no place is held any more, and `Invalid` for who is not on duty.
    """
    access.require_desk(VERB, by, search.call)
    access.require_duty(by)
    way = rules.choice("transport", transport).id if transport else ""
    words = plain_words(note, "note", names=identities.names_in(search.call))
    with said(), transaction.atomic():
        found = locked(search, version)
        holds = holds_of(found)
        if found.state != State.HELD or not holds:
            raise Conflict(NOT_HELD)
        if any(hold.state == Hold.State.HELD for hold in holds):
            confirm_together(holds[0], by=by, verb=VERB)
        service = holds[0].unit.service
        write_step(found, Kind.CONFIRMED, by, Asked(service, places=len(holds), note=words))
        if way:
            write_step(found, Kind.TRANSPORT, by, Asked(service, reason=way))
        placed.begin_all(found, service, by)
        return list(Stay.objects.filter(hold__in=holds).order_by("pk"))


def refuse(
    search: Search, service: Service, *, by: Actor, reason: str, note: str = "", is_sure: bool = False
) -> Search:
    """Record that a service does not take them in, and why: it is not asked again. A place held there is given back.

    Raises `Conflict` for a search that is over, and `Invalid` for a reason that the region's file does not have.
    """
    access.require_desk(VERB, by, search.call)
    why = rules.choice("refusal", reason, "reason").id
    words = plain_words(note, "note", names=identities.names_in(search.call), is_sure=is_sure)
    with said(), transaction.atomic():
        found = locked(search)
        if found.state not in (State.OPEN, State.HELD):
            raise Conflict(NOT_OPEN)
        if found.state == State.HELD and any(hold.unit.service_id == service.pk for hold in holds_of(found)):
            give_back(found, by)
            write_step(found, Kind.RELEASED, by, Asked(service))
        write_step(found, Kind.REFUSED, by, Asked(service, reason=why, note=words))
    return found


def release(search: Search, *, by: Actor, version: int | None = None) -> Search:
    """Give back what is held, and go on looking. `version`: what was seen. Raises `Conflict` when nothing is."""
    access.require_desk(VERB, by, search.call)
    with said(), transaction.atomic():
        found = locked(search, version)
        if found.state != State.HELD:
            raise Conflict(NOT_HELD)
        service = give_back(found, by)
        write_step(found, Kind.RELEASED, by, Asked(service))
    return found


def lapse_searches(*, by: Actor) -> int:
    """Write down which searches hold a place no longer because its time is up; how many."""
    access.require_desk(VERB, by)
    return _lapse(by, Q(state=State.HELD))


def _clear_the_way(search: Search, by: Actor) -> None:
    """What no longer holds a place for these people, by this call or any other, is not in the way."""
    marks = list(search.call.known.values_list("mark", flat=True))
    same_family = (
        Q(call__known__mark__in=marks, state__in=[State.HELD, State.PLACED]) if marks else Q(pk=None)
    )
    _lapse(by, Q(pk=search.pk, state=State.HELD) | same_family)


def _lapse(by: Actor, which: Q) -> int:
    live = SearchHold.objects.filter(hold__in=Hold.objects.filter(in_the_way()), search=OuterRef("pk"))
    over = Search.objects.filter(which).exclude(Exists(live)).distinct()
    ids = list(over.order_by("pk").values_list("pk", flat=True))
    for id in ids:
        with said(), transaction.atomic():
            found = Search.objects.select_for_update().get(pk=id)
            if found.state in (State.HELD, State.PLACED):
                write_step(found, Kind.LAPSED if found.state == State.HELD else Kind.ENDED, by)
    return len(ids)


def _chosen_and_held(search: Search, service: Service, by: Actor, version: int | None) -> list[Hold]:
    access.require_duty(by)
    _clear_the_way(search, by)
    chosen = chosen_at(search, service)
    if chosen is None:
        raise Conflict(TAKEN)
    return _held(search, chosen, by, version)


def _held(search: Search, chosen: Chosen, by: Actor, version: int | None) -> list[Hold]:
    minutes = rules.kind_of(search.kind).hold_minutes
    with said(), transaction.atomic():
        found = locked(search, version)
        if found.state != State.OPEN:
            raise Conflict(NOT_OPEN)
        holds = hold_together(chosen.units, by=by, minutes=minutes, reference=found.number, verb=VERB)
        SearchHold.objects.bulk_create([SearchHold(search=found, hold=hold) for hold in holds])
        asked = Asked(chosen.service, zone_step=chosen.zone_step, places=len(holds))
        write_step(found, Kind.HELD, by, asked)
    return holds
