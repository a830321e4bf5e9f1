"""Writes the log: at once, in a database of its own, so that no rollback takes it back."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.db import models

from veerkracht.register.clock import now
from veerkracht.register.log import chain
from veerkracht.register.log.in_register.heads import keep_head
from veerkracht.register.log.models import LogEntry

Verb = LogEntry.Verb
# After these the head of the log is kept in the register too, in the transaction of the change itself.
CHANGES = frozenset({Verb.CREATE, Verb.CHANGE, Verb.DELETE, Verb.SHARE})
# The last whole number that every reader of JSON keeps exactly; a larger float is written down as a text.
_EXACT = 2.0**53


class Somebody(Protocol):
    """Who acted, as far as the log needs to know (`people.actors.Actor`)."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def capacity(self) -> str: ...
    @property
    def membership_id(self) -> int | None: ...
    @property
    def person(self) -> Any: ...


def record(
    actor: Somebody,
    verb: str,
    obj: models.Model | str,
    *,
    person_id: int | None = None,
    purpose: str = "",
    detail: Mapping[str, Any] | None = None,
    fields: Iterable[str] = (),
) -> LogEntry:
    """Write down that `actor` did `verb` (`LogEntry.Verb`) to an object, or to what the text `obj` names.

    `person_id`: whose file it concerns. `purpose`: why, when that is asked. `detail`: what JSON can hold, no
    secrets. `fields`: the groups of fields (of the permission matrix) that were seen or changed. Raises
    `ValueError` for a verb that isn't one.
    """
    entry = drafted(
        actor, verb, obj, person_id=person_id, purpose=purpose, detail=detail or {}, fields=fields
    )
    chain.append([entry])
    if entry.verb in CHANGES:
        keep_head(entry)
    return entry


def drafted(actor: Somebody, verb: str, obj: models.Model | str, **facts: Any) -> LogEntry:
    """An entry that isn't written yet: who writes many at once gives them to `chain.append` together."""
    named = isinstance(obj, str)
    return LogEntry(
        at=facts.get("at") or now(),
        user_id=actor.user_id,
        user_name=_fits("user_name", _who(actor)),
        role=actor.role,
        capacity=_fits("capacity", actor.capacity),
        membership_id=actor.membership_id,
        verb=Verb(verb),
        object_type=_fits("object_type", obj if named else obj._meta.model_name),
        object_id="" if named else _fits("object_id", str(getattr(obj, "number", obj.pk))),
        person_id=facts.get("person_id"),
        fields=sorted(facts.get("fields", ())),
        purpose=_fits("purpose", facts.get("purpose", "")),
        detail=_plain(dict(facts.get("detail", {}))),
    )


def _who(actor: Somebody) -> str:
    """Staff by their name; who acts for themself by their number, so that the log holds no name of a person."""
    own = actor.membership_id is None and actor.person is not None
    return actor.person.number if own else actor.name


def _fits(column: str, text: str) -> str:
    """A text that the column holds on every database; what is too long ends in an ellipsis."""
    length = LogEntry._meta.get_field(column).max_length
    text = _clean(str(text))
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _clean(text: str) -> str:
    """Without what a database can't hold: the zero character, and half of a pair of surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _plain(value: Any) -> Any:
    """What every database gives back as it was written: the chain rests on it."""
    if isinstance(value, Mapping):
        return {_clean(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and abs(value) < _EXACT:
        return value
    return _clean(str(value))
