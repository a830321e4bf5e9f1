"""Of many desks that want a place of one service at the same moment one goes first; the others wait, and look again.

This keeps nothing safe: that a place is held once is a rule of the database. It spares fifty desks the work of choosing
what one of them gets: who waits needs no processor, and all are awake again at the same moment.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.db import connection

from veerkracht.register.care.queries.freshness import folder

# Any number that no other lock of two numbers has.
_LOCK = 73_101_142
# Services that share a number wait for each other now and then, and are none the worse.
_NUMBERS = 256


@contextmanager
def first_at(service: int) -> Iterator[bool]:
    """True for who is first at a service, until the end of the block; False once whoever was first is done.

    Within a transaction that runs already everybody is first: who holds rows must not wait for who wants them.
    """
    number = service % _NUMBERS
    if connection.in_atomic_block:
        yield True
    elif connection.vendor == "postgresql":
        yield from _by_database(number)
    else:
        yield from _by_file(number)


def _by_database(number: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        # Taken, or else waited for: shared and for this statement alone, so that all who wait go on at once.
        cursor.execute(
            "SELECT CASE WHEN pg_try_advisory_lock(%(lock)s, %(number)s) THEN true"
            " ELSE pg_advisory_xact_lock_shared(%(lock)s, %(number)s)::text IS NULL END",
            {"lock": _LOCK, "number": number},
        )
        (is_first,) = cursor.fetchone()
    try:
        yield is_first
    finally:
        if is_first:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, number])


def _by_file(number: int) -> Iterator[bool]:
    """SQLite has one lock for all writers, for which it asks again and again: this waits without asking."""
    with (folder("turns") / str(number)).open("w") as held:
        is_first = _taken(held)
        if not is_first:
            fcntl.flock(held, fcntl.LOCK_SH)
            fcntl.flock(held, fcntl.LOCK_UN)
        yield is_first


def _taken(held: IO[str]) -> bool:
    try:
        # Let go by the system when its holder ends, however it ends.
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
