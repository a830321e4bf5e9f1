"""The chain of hashes: what was written down can't be changed, taken out, put in or moved without being seen.

An entry's hash is taken over its own content and the hash of the entry before it. It is enough to keep one hash
elsewhere (a day's head) to prove everything that was written until then.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.db import connections, transaction
from django.utils.timezone import localdate

from veerkracht.register.log.models import LogEntry

DATABASE = "log"
# Before the first entry.
ORIGIN = "0" * 64
CONTENT = (
    "id",
    "at",
    "day",
    "user_id",
    "user_name",
    "role",
    "capacity",
    "membership_id",
    "verb",
    "object_type",
    "object_id",
    "person_id",
    "fields",
    "sealed",
)
CLEARABLE = ("purpose", "detail")
# Any number that nothing else in the database of the log locks on.
_LOCK = 7_310_114_206_501_001


def append(entries: Sequence[LogEntry]) -> None:
    """Write entries at the end of the log, in their sequence; each gets its id, day and hashes.

    They are on disk when this returns, whatever happens to the transaction in the register.
    """
    if not entries:
        return
    with transaction.atomic(using=DATABASE):
        _wait_for_turn()
        last = LogEntry.objects.order_by("-id").values_list("id", "hash").first()
        id, previous = last or (0, ORIGIN)
        for entry in entries:
            id += 1
            entry.id = id
            previous = seal(entry, previous)
        LogEntry.objects.bulk_create(entries, batch_size=500)


def seal(entry: LogEntry, previous: str) -> str:
    """Set the day and the hashes of an entry that stands after `previous`; gives its hash."""
    entry.at = entry.at.astimezone(UTC)
    entry.day = localdate(entry.at)
    entry.salt = secrets.token_hex(16)
    entry.sealed = sealed(entry.salt, entry.purpose, entry.detail)
    entry.hash = hashed(previous, [getattr(entry, name) for name in CONTENT])
    return entry.hash


def sealed(salt: str, purpose: str, detail: dict[str, Any]) -> str:
    """The hash of what may be cleared later. The salt keeps a short text from being guessed by its hash."""
    return hashlib.sha256(f"{salt}{_canonical([purpose, detail])}".encode()).hexdigest()


def hashed(previous: str, content: Sequence[Any]) -> str:
    """The hash of an entry with these values of `CONTENT`, after `previous`."""
    return hashlib.sha256(f"{previous}{_canonical(content)}".encode()).hexdigest()


def _canonical(value: Any) -> str:
    """One text for one value, on any database and for ever."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str:
    """Days as they are; moments to the microsecond, in UTC as the databases keep them."""
    return value.isoformat()


def _wait_for_turn() -> None:
    # Two entries can't both follow the last one. On SQLite a transaction is IMMEDIATE: it is the only writer.
    connection = connections[DATABASE]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
