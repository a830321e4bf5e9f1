"""Writes the log: at once, in a database of its own, so that no rollback takes it back."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import models

from veerkracht.register.clock import now
from veerkracht.register.log.models import LogEntry


class Somebody(Protocol):
    """Who acted, as far as the log needs to know (`people.actors.Actor`)."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...


def record(
    actor: Somebody,
    verb: str,
    obj: models.Model | str,
    *,
    person_id: int | None = None,
    purpose: str = "",
    detail: Mapping[str, Any] | None = None,
) -> LogEntry:
    """Write down that `actor` did `verb` (`LogEntry.Verb`) to an object, or to what the text `obj` names.

    `person_id`: whose file it concerns. `purpose`: why, when that is asked. `detail`: what JSON can hold, no
    secrets.
    """
    named = isinstance(obj, str)
    return LogEntry.objects.create(
        at=now(),
        user_id=actor.user_id,
        user_name=actor.name,
        role=actor.role,
        verb=verb,
        object_type=obj if named else obj._meta.model_name,
        object_id="" if named else str(getattr(obj, "number", obj.pk)),
        person_id=person_id,
        purpose=purpose,
        detail=dict(detail or {}),
    )
