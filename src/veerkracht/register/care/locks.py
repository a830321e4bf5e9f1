"""Who waits for whom. The order is always: the list of a programme, then a row, then the accounts."""

import hashlib
from typing import TypeVar

from django.db import connection, models

from veerkracht.register.errors import Conflict
from veerkracht.rulebook.types import Text

Row = TypeVar("Row", bound=models.Model)

CHANGED_MEANWHILE = Text(
    nl="Iemand anders heeft dit intussen gewijzigd. Kijk eerst wat er nu staat.",
    en="Somebody else has changed this in the meantime. Look at what it says now first.",
)


def change_list(programme: str) -> None:
    """Taken by whatever changes a request: many at once, but not while a round is being handed out."""
    _advisory("pg_advisory_xact_lock_shared", programme)


def hold_list(programme: str) -> None:
    """Taken by who hands out: the list stands still until the end of the transaction."""
    _advisory("pg_advisory_xact_lock", programme)


def locked(row: Row, version: int | None = None) -> Row:
    """The row as it is now, locked until the end of the transaction.

    `version`: what the person saw. Raises `Conflict` when somebody changed it since, so that nothing is lost.
    """
    # Locked before it is read: what the checks below see can't change before it is written.
    fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and fresh.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    return fresh


def _advisory(function: str, programme: str) -> None:
    # On SQLite a transaction is IMMEDIATE: it is the only writer from its first line on.
    if connection.vendor != "postgresql":
        return
    digest = hashlib.blake2b(f"care.list.{programme}".encode(), digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [int.from_bytes(digest, "big", signed=True)])
