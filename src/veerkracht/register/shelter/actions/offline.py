"""What a desk noted without a network, done afterwards by the same verbs as with one, each note once.

A call that was noted is a call; a place that was wished is held when it is still free. Who was first there has it; the
other is told, and the search goes on.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import access
from veerkracht.register.crisis import actions as desk
from veerkracht.register.crisis.actions.places import TAKEN
from veerkracht.register.crisis.models import Call, Search, Shelter
from veerkracht.register.crisis.needs import Need
from veerkracht.register.errors import Conflict, Invalid, RegisterFault
from veerkracht.register.log.record import record
from veerkracht.register.people import letterbox
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter.models import OfflineNote
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text

MOST_LETTERS, LONGEST_LETTER = 50, 20_000
DONE, TAKEN_BY_OTHERS, WRONG = "done", "taken", "wrong"
# Somebody else wrote it down on this device: it waits until they sign in there.
OTHERS = "others"
_HELD = Text(
    nl="De oproep is opgenomen en de plaats wordt vastgehouden.",
    en="The call is kept, and the place is held.",
)
_CALL_ONLY = Text(nl="De oproep is opgenomen.", en="The call is kept.")
_UNREADABLE = Text(
    nl="Deze notitie is beschadigd: schrijf ze opnieuw op.", en="This note is damaged: write it down again."
)


@dataclass(frozen=True)
class Outcome:
    """What became of a letter. `key`: the note's own, "" for one that can't be read; `number`: of the call."""

    key: str
    outcome: str
    said: Text
    number: str = ""


@dataclass(frozen=True)
class _Note:
    key: UUID
    user: int
    at: datetime
    call: dict[str, Any]
    need: dict[str, Any] | None
    service: int | None


def reconcile(letters: Sequence[str], *, by: Actor) -> list[Outcome]:
    """Do what was noted, in the order in which it was; each letter apart, so that one that fails holds up no other.

    The same letter twice is done once. Raises `Refused` for who takes no calls, and `Invalid` for more or longer
    letters than a device keeps.
    """
    access.require_desk("call.take", by)
    if len(letters) > MOST_LETTERS or any(len(letter) > LONGEST_LETTER for letter in letters):
        raise Invalid(
            Text(
                nl=f"Hoogstens {MOST_LETTERS} notities van {LONGEST_LETTER} tekens tegelijk.",
                en=f"At most {MOST_LETTERS} notes of {LONGEST_LETTER} characters at once.",
            ),
            "letters",
        )
    return [_one(letter, by) for letter in letters]


def _one(letter: str, by: Actor) -> Outcome:
    try:
        note = _read(letterbox.opened(letter))
    except (Fault, ValueError, KeyError, TypeError):
        return Outcome("", WRONG, _UNREADABLE)
    if note.user != by.user_id:
        return Outcome(str(note.key), OTHERS, Text())
    before = OfflineNote.objects.filter(key=note.key).select_related("call").first()
    if before is not None:
        return _as_before(before)
    outcome, text, call = _do(note, by)
    with said(), transaction.atomic():
        kept = OfflineNote.objects.create(
            key=note.key,
            user=by.user,
            desk_id=by.organisation_id,
            noted_at=min(note.at, clock.now()),
            received_at=clock.now(),
            outcome=outcome,
            said={"nl": text.nl, "en": text.en},
            call=call,
        )
        record(by, "create", kept, detail={"outcome": outcome})
    return _as_before(kept)


def _do(note: _Note, by: Actor) -> tuple[str, Text, Call | None]:
    """The call first: it is kept also when there is no place, or no shift any more for a search."""
    call = None
    # A device whose clock runs ahead notes nothing that is still to come.
    at = min(note.at, clock.now())
    try:
        call = desk.take_call(desk.Told(**note.call, at=at, reference=note.key), by=by)
        if note.need is None:
            return DONE, _CALL_ONLY, call
        search = desk.search(call, Need(**note.need), by=by, reference=uuid5(note.key, "search"))
        if note.service is None:
            return DONE, _CALL_ONLY, call
        return _hold(search, note.service, by), _HELD, call
    except Conflict as fault:
        return TAKEN_BY_OTHERS, fault.text, call
    except RegisterFault as fault:
        return WRONG, fault.text, call


def _hold(search: Search, id: int, by: Actor) -> str:
    # A letter that was sent again after its hold, and before that was written down.
    if search.state == Search.State.HELD:
        return DONE
    service = Service.objects.filter(pk=id, pk__in=Shelter.objects.values("service")).first()
    if service is None:
        raise Conflict(TAKEN)
    desk.hold_for(search, service, by=by)
    return DONE


def _as_before(note: OfflineNote) -> Outcome:
    return Outcome(str(note.key), note.outcome, Text(**note.said), note.call.number if note.call else "")


def _read(text: str) -> _Note:
    """Raises `ValueError`, `KeyError` or `TypeError` for what is no note."""
    found = json.loads(text)
    at = datetime.fromisoformat(found["at"])
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    need = found.get("need")
    return _Note(
        key=UUID(found["key"]),
        user=int(found["user"]),
        at=at,
        call=_of(found["call"], ("channel", "caller", "area", "topics")),
        need=None if need is None else _of(need, _NEED),
        service=None if found.get("service") is None else int(found["service"]),
    )


_NEED = ("kind", "from_area", "adults", "children", "pets", "wheelchair", "nights", "schools", "works")
_LISTS = ("topics", "children", "schools", "works")


def _of(found: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """What is asked for and no more; lists as the verbs take them."""
    return {name: tuple(found[name]) if name in _LISTS else found[name] for name in names if name in found}
