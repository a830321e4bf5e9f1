"""Of many desks that want a place of one service at the same moment one goes first; the others wait, and look again.

This keeps nothing safe: that a place is held once is a rule of the database. It spares fifty desks the work of choosing
what one of them gets: who waits needs no processor, and all are awake again at the same moment. Whether anything is
left is asked in the same breath as the turn, so that who lost needs the database once.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.db import DatabaseError, connection

from veerkracht.register.care.queries.freshness import folder
from veerkracht.register.crisis.questions import Statement

# Any number that no other lock of two numbers has.
_LOCK = 73_101_142
# Services that share a number wait for each other now and then, and are none the worse.
_NUMBERS = 256
# Taken, or else waited for: shared and for this message alone, so that all who wait go on at once.
_TAKE = (
    "SELECT CASE WHEN pg_try_advisory_lock(%s, %s) THEN true"
    " ELSE pg_advisory_xact_lock_shared(%s, %s)::text IS NULL END"
)


@dataclass(frozen=True)
class Turn:
    """`is_first`: nobody else chooses at this service. `is_left`: what the question found, after any waiting."""

    is_first: bool
    is_left: bool


@contextmanager
def turn_at(service: int, question: Statement) -> Iterator[Turn]:
    """First is who comes first at a service, until the end of the block; the others get here once that one is done.

    `question`: a statement that gives a row as long as there is anything to have. Within a transaction that runs
    already everybody is first: who holds rows must not wait for who wants them.
    """
    number = service % _NUMBERS
    if connection.in_atomic_block:
        yield Turn(is_first=True, is_left=_has_row(question))
    elif connection.vendor == "postgresql":
        yield from _by_database(number, question)
    else:
        yield from _by_file(number, question)


def _has_row(question: Statement) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(*question)
        return cursor.fetchone() is not None


def _by_database(number: int, question: Statement) -> Iterator[Turn]:
    try:
        turn = _asked(number, question)
    except DatabaseError:
        # The turn may have been given before the question failed.
        _let_go(number)
        raise
    try:
        yield turn
    finally:
        if turn.is_first:
            _let_go(number)


def _asked(number: int, question: Statement) -> Turn:
    """One message of two statements, of which the second sees all that was written before the first ended."""
    text, words = question
    with connection.cursor() as cursor:
        cursor.execute(f"{_TAKE}; {text}", [*(_LOCK, number) * 2, *words])
        (is_first,) = cursor.fetchone()
        cursor.nextset()
        return Turn(is_first, is_left=cursor.fetchone() is not None)


def _let_go(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, number])


def _by_file(number: int, question: Statement) -> Iterator[Turn]:
    """SQLite has one lock for all writers, for which it asks again and again: this waits without asking."""
    with (folder("turns") / str(number)).open("w") as held:
        is_first = _taken(held)
        if not is_first:
            fcntl.flock(held, fcntl.LOCK_SH)
            fcntl.flock(held, fcntl.LOCK_UN)
        yield Turn(is_first, is_left=_has_row(question))


def _taken(held: IO[str]) -> bool:
    try:
        # Let go by the system when its holder ends, however it ends.
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
