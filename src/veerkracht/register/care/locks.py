"""Who waits for whom. The order is always: the list of a programme, then a row, then the accounts."""

import hashlib

from django.db import connection

from veerkracht.register.rows import CHANGED_MEANWHILE, locked

__all__ = ["CHANGED_MEANWHILE", "change_list", "hold_list", "locked"]


def change_list(programme: str) -> None:
    """Taken by whatever changes a request: many at once, but not while a round is being handed out."""
    _advisory("pg_advisory_xact_lock_shared", programme)


def hold_list(programme: str) -> None:
    """Taken by who hands out: the list stands still until the end of the transaction."""
    _advisory("pg_advisory_xact_lock", programme)


def _advisory(function: str, programme: str) -> None:
    # On SQLite a transaction is IMMEDIATE: it is the only writer from its first line on.
    if connection.vendor != "postgresql":
        return
    digest = hashlib.blake2b(f"care.list.{programme}".encode(), digest_size=8).digest()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [int.from_bytes(digest, "big", signed=True)])
